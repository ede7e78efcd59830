package org.qstatmesh.mesh.ops;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.NodePresent;

/** Asks a running node's operators' port; blocking, for the command line. */
public final class OpsClient {
  /** Where a node leaves the address of its port, in the data directory. */
  public static final String URL_FILE = "ops.url";

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int NOT_DONE_YET = 202;

  private final URI node;
  private final OpsToken token;

  private OpsClient(URI node, OpsToken token) {
    this.node = node;
    this.token = token;
  }

  /**
   * A client of the node that runs with {@code data}, or of another one whose token was copied
   * there.
   *
   * @param url the node's operators' port; null for the one that {@code data} names
   * @throws IOException that says what is missing
   */
  public static OpsClient of(Path data, URI url) throws IOException {
    try {
      URI node = url != null ? url : URI.create(Files.readString(data.resolve(URL_FILE)).strip());
      return new OpsClient(node, OpsToken.read(data));
    } catch (NoSuchFileException e) {
      throw new IOException(
          e.getFile() + " is not there: does a mesh run with --data " + data + "?", e);
    }
  }

  /**
   * Sends one request; returns the answer's body, or throws {@link IOException} that words what is
   * wrong.
   */
  public String call(String method, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path);
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    return answer.body();
  }

  /**
   * Has the node's store forget a person, for as long as that takes; throws {@link IOException}
   * that words what is wrong.
   */
  public ForgetAnswer forget(String login) throws IOException, InterruptedException {
    String path = "/forget?login=" + URLEncoder.encode(login, StandardCharsets.UTF_8);
    HttpResponse<String> answer = send("POST", path);
    while (answer.statusCode() == NOT_DONE_YET) {
      answer = send("POST", path);
    }
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    return MeshJson.decode(answer.body().getBytes(StandardCharsets.UTF_8), ForgetAnswer.class);
  }

  /**
   * Starts a stage again, of that node or, for null, of the one that is asked; what the node says
   * to it. Throws {@link IOException} that words what is wrong.
   */
  public String restart(String stage, String node) throws IOException, InterruptedException {
    String where = node == null ? "" : "?node=" + URLEncoder.encode(node, StandardCharsets.UTF_8);
    return call("POST", "/restart/" + stage + where);
  }

  /** Names of the nodes that answer and have the stage, sorted. */
  public List<String> nodesWith(String stage) throws IOException, InterruptedException {
    byte[] answer = call("GET", "/nodes").getBytes(StandardCharsets.UTF_8);
    return Stream.of(MeshJson.decode(answer, NodePresent[].class))
        .filter(node -> node.stages().contains(stage))
        .map(NodePresent::node)
        .toList();
  }

  /**
   * What each node of the mesh counted last; throws {@link IOException} that words what is wrong.
   */
  public FiguresAnswer figures() throws IOException, InterruptedException {
    byte[] json = call("GET", "/figures").getBytes(StandardCharsets.UTF_8);
    return MeshJson.decode(json, FiguresAnswer.class);
  }

  /**
   * Messages of an address and those below it, as {@link OpsServer} sends them: a JSON object or
   * nothing on a line. Whoever closes it ends it; throws {@link IOException} that words what is
   * wrong.
   */
  public InputStream tail(String address) throws IOException, InterruptedException {
    HttpRequest request =
        request("GET", "/tail?address=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
            .build();
    HttpResponse<InputStream> answer = send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() == 200) {
      return answer.body();
    }
    try (InputStream words = answer.body()) {
      throw refused(answer.statusCode(), new String(words.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private HttpRequest.Builder request(String method, String path) {
    return HttpRequest.newBuilder(node.resolve(path))
        .header("Authorization", token.header())
        .method(method, HttpRequest.BodyPublishers.noBody());
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return send(
        request(method, path).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return HttpClient.newBuilder().connectTimeout(DEADLINE).build().send(request, handler);
    } catch (ConnectException e) {
      throw new IOException("nothing listens at " + node + ": does the mesh run?", e);
    }
  }

  private static IOException refused(HttpResponse<String> answer) {
    return refused(answer.statusCode(), answer.body());
  }

  private static IOException refused(int status, String words) {
    return new IOException(status + ": " + words.strip());
  }
}
