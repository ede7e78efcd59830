package org.qstatmesh.probe;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.serve.SnapshotServer;

/**
 * A probe that serves, in this JVM. Any thread.
 *
 * <pre>{@code
 * try (ProbeServer probe = ProbeServer.start(config)) {
 *   connectTo(probe.endpoint());
 * }
 * }</pre>
 */
public final class ProbeServer implements AutoCloseable {
  private final Probe probe;
  private final BackgroundCollector collector;
  private final SnapshotServer server;
  private final String endpoint;

  private ProbeServer(ProbeConfig config) throws IOException, InterruptedException {
    probe = new Probe(config);
    collector = new BackgroundCollector(probe.taker(), config.backfill());
    server =
        new SnapshotServer(
            probe.runner(), probe.taker(), collector, probe.redaction(), config.curve());
    endpoint = server.start(config.bind());
  }

  /**
   * Binds and begins to serve; runs no command before somebody asks.
   *
   * @throws BindException when the endpoint cannot be bound; the message is for the user
   */
  public static ProbeServer start(ProbeConfig config) throws IOException, InterruptedException {
    return new ProbeServer(config);
  }

  /** Where it serves, with its real port. */
  public String endpoint() {
    return endpoint;
  }

  /** Completes after {@link #close()}; fails when the probe cannot serve any longer. */
  public CompletableFuture<Void> ended() {
    return server.ended();
  }

  /** Kills the command under way with all it started, frees the port; at most 2 s. */
  @Override
  public void close() {
    collector.close();
    probe.close();
    server.close();
  }
}
