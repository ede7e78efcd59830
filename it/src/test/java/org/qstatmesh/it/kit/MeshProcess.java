package org.qstatmesh.it.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code qstat-mesh run} with a conf directory and a data directory of its own. */
public final class MeshProcess implements AutoCloseable {
  private static final Duration TERM_DEADLINE = Duration.ofSeconds(10);

  private final List<String> command;
  private final Path data;
  private RunningProcess process;
  private URI page;

  private MeshProcess(List<String> command, Path data) {
    this.command = command;
    this.data = data;
  }

  /** Starts it and blocks until its page is served. */
  public static MeshProcess start(MeshConf conf, Path data) throws Exception {
    MeshProcess mesh = new MeshProcess(command(List.of(), conf, data, List.of()), data);
    mesh.start();
    return mesh;
  }

  /**
   * Starts a node of a mesh of several, and blocks until it runs.
   *
   * @param through the words before the command itself, that have it run in another network for
   *     example
   * @param roles its stages, parted by commas
   */
  public static MeshProcess node(List<String> through, MeshConf conf, Path data, String roles)
      throws Exception {
    List<String> options = List.of("--clustered", "--roles", roles);
    MeshProcess node = new MeshProcess(command(through, conf, data, options), data);
    node.launch();
    node.process.awaitLine("node \\S+ runs");
    if (roles.contains("broadcast")) {
      node.awaitPage();
    }
    return node;
  }

  private static List<String> command(
      List<String> through, MeshConf conf, Path data, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--conf", conf.directory().toString(), "--data", data.toString()));
    arguments.addAll(options);
    List<String> command = new ArrayList<>(through);
    command.addAll(Checkout.mesh(arguments));
    return command;
  }

  private void launch() throws Exception {
    process = RunningProcess.start("mesh", command);
  }

  /** Starts it, again at the same port, and blocks until its page is served. */
  public void start() throws Exception {
    launch();
    awaitPage();
  }

  private void awaitPage() throws Exception {
    page = URI.create(process.awaitLine("the page is at (http://\\S+)").group(1));
  }

  /** Starts one stage again, as an operator does; fails when the command does. */
  public void restartStage(String stage) throws Exception {
    try (RunningProcess command = restart(stage)) {
      int code = command.exitCode(Eventually.PATIENCE);
      if (code != 0) {
        throw new IOException("restart " + stage + " ended with " + code + command.output());
      }
    }
  }

  /** The command {@code restart}, given to this node. */
  public RunningProcess restart(String stage, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("restart", stage, "--data", data.toString()));
    words.addAll(List.of(options));
    return RunningProcess.start("restart", Checkout.mesh(words));
  }

  /** What its operators' port answers; fails when that is not 200. */
  public String ops(String path) throws Exception {
    URI port = URI.create(Files.readString(data.resolve("ops.url")).strip());
    String token = Files.readString(data.resolve("ops.token")).strip();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(port.resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** The page's URL. */
  public URI page() {
    return page;
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** The history's file. */
  public Path database() {
    return data.resolve("qstat-mesh.db");
  }

  /** The process that runs now, or ran last. */
  public RunningProcess process() {
    return process;
  }

  /** Its log. */
  public String log() {
    return process.output();
  }

  /** SIGTERM; its exit code, within the 10 s that it has. */
  public int terminate() {
    process.terminate();
    return process.exitCode(TERM_DEADLINE);
  }

  /** Leaves its log with the test's output, then kills it. */
  @Override
  public void close() {
    System.out.println("---- mesh:\n" + process.output());
    process.close();
  }
}
