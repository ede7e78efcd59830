package org.qstatmesh.mesh.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import org.qstatmesh.mesh.node.StartException;
import org.qstatmesh.tunnel.KeyPairFile;

/**
 * A node in a folder of its own that is asked what a first browser asks, and ends. It is for a JVM
 * that notes which classes that takes: an installation keeps them ready. Its two clusters are not
 * there, so nothing outside this machine is touched. Blocks.
 */
public final class Rehearsal {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String REPLY = "rehearsal";

  private Rehearsal() {}

  /** Throws when the page or the history does not answer within a minute. */
  public static void hold() throws IOException, InterruptedException, StartException {
    Path folder = Files.createTempDirectory("qstat-mesh-rehearsal-");
    try {
      Path conf = Files.createDirectory(folder.resolve("conf"));
      var unused = KeyPairFile.generateEd25519(conf.resolve("key"), "rehearsal");
      Files.writeString(conf.resolve("mesh.json"), configuration().encode());
      try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, folder.resolve("data")))) {
        ask(URI.create(node.pageUrl()));
      }
    } finally {
      Demonstration.delete(folder);
    }
  }

  private static JsonObject configuration() {
    JsonObject nowhere =
        new JsonObject()
            .put("host", "127.0.0.1")
            .put("port", 1)
            .put("user", "nobody")
            .put("identityFile", "key");
    JsonObject clusters =
        new JsonObject()
            .put("far", new JsonObject().put("ssh", nowhere))
            .put("near", new JsonObject().put("probe", "tcp://127.0.0.1:1").putNull("ssh"));
    return new JsonObject()
        .put("web", new JsonObject().put("port", 0))
        .put("ops", new JsonObject().put("port", 0))
        .put("clusters", clusters);
  }

  private static void ask(URI page) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(page).header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("the page answered " + answer.statusCode());
    }
    CompletableFuture<Void> answered = new CompletableFuture<>();
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .header("Origin", "http://" + page.getAuthority())
              .buildAsync(
                  URI.create("ws://" + page.getAuthority() + "/eventbus/websocket"),
                  new Listener(answered))
              .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      for (JsonObject frame : questions()) {
        socket.sendText(frame.encode(), true).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      }
      answered.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      socket.abort();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the history did not answer: " + e, e);
    }
  }

  private static List<JsonObject> questions() {
    long now = System.currentTimeMillis();
    JsonObject query =
        new JsonObject()
            .put("cluster", "near")
            .put("dimension", "user")
            .put("measure", "runningSlots")
            .put("fromEpochMillis", now - Duration.ofDays(1).toMillis())
            .put("toEpochMillis", now)
            .put("maxPoints", 600)
            .put("top", 8);
    return List.of(
        new JsonObject().put("type", "register").put("address", "grid.clusters"),
        new JsonObject().put("type", "register").put("address", "grid.cluster.near"),
        new JsonObject()
            .put("type", "send")
            .put("address", "grid.history.query")
            .put("replyAddress", REPLY)
            .put("body", query));
  }

  /** Knows the reply by its address, in text or in bytes. */
  private record Listener(CompletableFuture<Void> answered) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      look(part.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      look(StandardCharsets.UTF_8.decode(part).toString());
      socket.request(1);
      return null;
    }

    private void look(String frame) {
      if (frame.contains('"' + REPLY + '"')) {
        answered.complete(null);
      }
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      answered.completeExceptionally(error);
    }
  }
}
