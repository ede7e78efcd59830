package org.qstatmesh.it.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code qstat-probe serve}, that can be killed and started again at the same port. */
public final class ProbeProcess implements AutoCloseable {
  private final FakeScheduler scheduler;
  private final List<String> options;
  private RunningProcess process;
  private String endpoint;

  private ProbeProcess(String endpoint, FakeScheduler scheduler, String... options) {
    this.endpoint = endpoint;
    this.scheduler = scheduler;
    this.options = List.of(options);
  }

  /** A probe that serves, with further options. */
  public static ProbeProcess serving(FakeScheduler scheduler, String... options) throws Exception {
    ProbeProcess probe = launch(scheduler, options);
    probe.awaitServing();
    return probe;
  }

  /** A probe that serves at {@code endpoint}, with further options. */
  public static ProbeProcess servingAt(String endpoint, FakeScheduler scheduler, String... options)
      throws Exception {
    ProbeProcess probe = new ProbeProcess(endpoint, scheduler, options);
    probe.start();
    return probe;
  }

  /** A probe that is about to serve, with further options. */
  public static ProbeProcess launch(FakeScheduler scheduler, String... options) throws IOException {
    String endpoint = "tcp://127.0.0.1:" + Checkout.freePort();
    ProbeProcess probe = new ProbeProcess(endpoint, scheduler, options);
    probe.launch();
    return probe;
  }

  private void launch() throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "serve",
                "--bind",
                endpoint,
                "--command-path",
                scheduler.directory().toString(),
                "--minimum-interval",
                "0"));
    words.addAll(options);
    process = RunningProcess.start("probe", Checkout.probe(words));
  }

  /** Blocks until it serves. */
  public void awaitServing() throws InterruptedException {
    endpoint = process.awaitLine("listening on (tcp://\\S+)").group(1);
  }

  /** Starts it at the port that it had. */
  public void start() throws Exception {
    launch();
    awaitServing();
  }

  /** {@code tcp://127.0.0.1:port}. */
  public String endpoint() {
    return endpoint;
  }

  /** Its port. */
  public int port() {
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  /** The process that runs now, or ran last. */
  public RunningProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
