package org.qstatmesh.probe.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A command under way and its pipes, served by the one thread that reads them.
 *
 * <p>Nothing here blocks in a read: a grandchild that keeps a pipe open would hold the reader, the
 * pipe's lock and the descriptor for as long as it lives. The pipes are asked how much they hold,
 * and what they hold is read; the end is the end of the process, not of the pipe.
 */
final class RunningCommand implements AutoCloseable {
  private static final int SHORTEST_PAUSE_MILLIS = 1;
  private static final int LONGEST_PAUSE_MILLIS = 20;

  /** Why a run was broken off. */
  enum Stop {
    NONE,
    DEADLINE,
    TOO_LARGE,
    CANCELLED
  }

  private final ProcessSession session;
  private final Process process;
  private final CommandLimits limits;
  private final long deadlineNanos;
  private final BoundedText complaint;
  private final byte[] complaintBuffer = new byte[4096];
  private long outputBytes;
  private int pauseMillis = SHORTEST_PAUSE_MILLIS;
  private volatile Stop stop = Stop.NONE;

  RunningCommand(ProcessSession session, CommandLimits limits) {
    this.session = session;
    this.process = session.leader();
    this.limits = limits;
    this.deadlineNanos = System.nanoTime() + limits.deadline().toNanos();
    this.complaint = new BoundedText(limits.maxComplaintBytes());
  }

  /** Standard output as text; reading fails as soon as the run is broken off. */
  Reader output() {
    return new InputStreamReader(new Output(), StandardCharsets.UTF_8);
  }

  /** Reads what the parser left, waits for the end and returns the exit code. */
  int finish() throws IOException {
    byte[] ignored = new byte[8192];
    Output rest = new Output();
    int bytes;
    do {
      bytes = rest.read(ignored, 0, ignored.length);
    } while (bytes >= 0);
    return process.exitValue();
  }

  /** Breaks the run off because nobody can keep what it prints. */
  void stopTooLarge() {
    stop = Stop.TOO_LARGE;
    close();
  }

  /** Breaks the run off from another thread; its reader is told. */
  void cancel() throws InterruptedException {
    stop = Stop.CANCELLED;
    session.kill();
  }

  Stop stop() {
    return stop;
  }

  long outputBytes() {
    return outputBytes;
  }

  String complaint() {
    return complaint.text();
  }

  /** Leaves no process and no descriptor behind. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        session.kill();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(process.getInputStream());
      closeQuietly(process.getErrorStream());
    }
  }

  private static void closeQuietly(InputStream pipe) {
    try {
      pipe.close();
    } catch (IOException alreadyBroken) {
      // a pipe that cannot be closed is closed
      return;
    }
  }

  private int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      boolean ended = !process.isAlive(); // asked first: what it wrote before is in the pipe by now
      drainComplaint();
      int available = process.getInputStream().available();
      if (available > 0) {
        pauseMillis = SHORTEST_PAUSE_MILLIS;
        return count(process.getInputStream().read(buffer, offset, Math.min(length, available)));
      }
      if (stop != Stop.NONE) {
        throw new IOException("broken off: " + stop);
      }
      if (ended) {
        return -1;
      }
      pause();
    }
  }

  private int count(int bytes) throws IOException {
    outputBytes += bytes;
    if (outputBytes > limits.maxOutputBytes()) {
      breakOff(Stop.TOO_LARGE);
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      breakOff(Stop.DEADLINE);
    }
    if (stop != Stop.NONE) {
      throw new IOException("broken off: " + stop);
    }
    return bytes;
  }

  private void drainComplaint() throws IOException {
    InputStream pipe = process.getErrorStream();
    int available = pipe.available();
    if (available > 0) {
      pauseMillis = SHORTEST_PAUSE_MILLIS; // whoever complains at length waits until it is read
    }
    while (available > 0) {
      int bytes = pipe.read(complaintBuffer, 0, Math.min(available, complaintBuffer.length));
      complaint.append(complaintBuffer, bytes);
      available -= bytes;
    }
  }

  private void pause() throws IOException {
    if (System.nanoTime() - deadlineNanos > 0) {
      breakOff(Stop.DEADLINE);
    }
    try {
      process.waitFor(pauseMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      breakOff(Stop.CANCELLED);
    }
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  private void breakOff(Stop reason) throws IOException {
    stop = reason;
    close();
    throw new IOException("broken off: " + reason);
  }

  private final class Output extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return length == 0 ? 0 : RunningCommand.this.read(buffer, offset, length);
    }
  }
}
