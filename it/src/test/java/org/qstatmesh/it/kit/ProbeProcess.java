package org.qstatmesh.it.kit;

import java.io.IOException;
import java.util.List;

/** {@code qstat-probe serve}, that can be killed and started again at the same port. */
public final class ProbeProcess implements AutoCloseable {
  private final FakeScheduler scheduler;
  private RunningProcess process;
  private String endpoint = "tcp://127.0.0.1:*";

  private ProbeProcess(FakeScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A probe that serves. */
  public static ProbeProcess serving(FakeScheduler scheduler) throws Exception {
    ProbeProcess probe = launch(scheduler);
    probe.awaitServing();
    return probe;
  }

  /** A probe that is about to serve. */
  public static ProbeProcess launch(FakeScheduler scheduler) throws IOException {
    ProbeProcess probe = new ProbeProcess(scheduler);
    probe.launch();
    return probe;
  }

  private void launch() throws IOException {
    process =
        RunningProcess.start(
            "probe",
            Checkout.probe(
                List.of(
                    "serve",
                    "--bind",
                    endpoint,
                    "--command-path",
                    scheduler.directory().toString(),
                    "--minimum-interval",
                    "0")));
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
