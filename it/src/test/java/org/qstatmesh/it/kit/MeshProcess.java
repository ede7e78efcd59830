package org.qstatmesh.it.kit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code qstat-mesh run} with a conf directory and a data directory of its own. */
public final class MeshProcess implements AutoCloseable {
  private static final Duration TERM_DEADLINE = Duration.ofSeconds(10);

  private final Path conf;
  private final Path data;
  private RunningProcess process;
  private URI page;

  private MeshProcess(Path conf, Path data) {
    this.conf = conf;
    this.data = data;
  }

  /** Starts it and blocks until its page is served. */
  public static MeshProcess start(MeshConf conf, Path data) throws Exception {
    MeshProcess mesh = new MeshProcess(conf.directory(), data);
    mesh.start();
    return mesh;
  }

  /** Starts it, again at the same port. */
  public void start() throws Exception {
    process =
        RunningProcess.start(
            "mesh",
            Checkout.mesh(List.of("run", "--conf", conf.toString(), "--data", data.toString())));
    page = URI.create(process.awaitLine("the page is at (http://\\S+)").group(1));
  }

  /** Starts one stage again, as an operator does; fails when the command does. */
  public void restartStage(String stage) throws Exception {
    try (RunningProcess command =
        RunningProcess.start(
            "restart", Checkout.mesh(List.of("restart", stage, "--data", data.toString())))) {
      int code = command.exitCode(Eventually.PATIENCE);
      if (code != 0) {
        throw new IOException("restart " + stage + " ended with " + code + command.output());
      }
    }
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
