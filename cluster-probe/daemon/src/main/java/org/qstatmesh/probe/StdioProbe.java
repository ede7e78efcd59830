package org.qstatmesh.probe;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.serve.FrameServer;

/** A probe that serves one peer over its own standard input and output, until that peer leaves. */
final class StdioProbe implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StdioProbe.class.getName());

  private final Probe probe;
  private final BackgroundCollector collector;
  private final FrameServer server;

  StdioProbe(ProbeConfig config, InputStream in, OutputStream out) {
    probe = new Probe(config);
    collector = new BackgroundCollector(probe.taker());
    server = new FrameServer(probe.runner(), probe.taker(), collector, probe.redaction(), in, out);
  }

  /**
   * The same over this process's own streams. Whatever else is printed goes to standard error from
   * now on: one stray character would be read as the length of a frame.
   */
  static StdioProbe ofThisProcess(ProbeConfig config) {
    System.setOut(System.err);
    return new StdioProbe(
        config, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  /** Serves until the end and returns the exit code. */
  int serve() throws InterruptedException {
    try {
      return switch (server.serve()) {
        case PEER_LEFT, CLOSED -> ExitCode.OK;
        case PEER_BROKE_PROTOCOL -> ExitCode.FAILED;
      };
    } catch (ExecutionException died) {
      LOG.log(Level.ERROR, "the probe cannot serve any longer", died.getCause());
      return ExitCode.DEFECT;
    }
  }

  /** Kills the command under way with all it started. */
  @Override
  public void close() {
    collector.close();
    probe.close();
    server.close();
  }
}
