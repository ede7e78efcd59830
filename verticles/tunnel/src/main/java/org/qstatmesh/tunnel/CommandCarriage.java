package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Carries between one accepted socket and a command that is a probe: the caller's thread up, a
 * second one down, a third listens to what the command complains of.
 *
 * <p>The socket's peer never sees the socket closed before it is known here why: {@link #run} ends
 * first, and its caller tells.
 */
final class CommandCarriage {
  /**
   * A frame of the longest reply that conf/ allows, 1 GiB, begins with this byte; every letter is
   * beyond it.
   */
  private static final int LAST_FIRST_BYTE = 0x40;

  /** The server says how a command ended when its output has. */
  private static final Duration EXIT_WITHIN = Duration.ofSeconds(2);

  private final Socket socket;
  private final CommandChannel channel;
  private final Forwarder.Watcher watcher;
  private final BiFunction<String, Runnable, Thread> threads;
  private volatile boolean hungUp;
  private volatile SshFailure failure;

  /**
   * @param threads makes one for a direction
   */
  CommandCarriage(
      Socket socket,
      CommandChannel channel,
      Forwarder.Watcher watcher,
      BiFunction<String, Runnable, Thread> threads) {
    this.socket = socket;
    this.channel = channel;
    this.watcher = watcher;
    this.threads = threads;
  }

  /**
   * Carries until the socket's peer hangs up or the command ends.
   *
   * @throws SshFailure the command is no probe, or ended though the peer still wanted it
   */
  void run() throws SshFailure {
    Thread complaints = threads.apply("err", channel::listenToComplaints);
    complaints.start();
    Thread down = threads.apply("down", () -> down(complaints));
    down.start();
    up();
    // For as long as it takes: closing the channel would not end a command that hangs, only hide
    // it, and another would be started beside it.
    Pump.awaitEnd(down);
    if (failure != null) {
      throw failure;
    }
  }

  private void up() {
    byte[] buffer = new byte[Pump.BUFFER_BYTES];
    try (OutputStream to = channel.getOutputStream()) {
      for (int length = fromSocket(buffer); length >= 0; length = fromSocket(buffer)) {
        to.write(buffer, 0, length);
        to.flush();
        watcher.sent(length);
      }
    } catch (IOException e) {
      // The command has ended: what carries down learns how.
    }
  }

  private int fromSocket(byte[] buffer) {
    try {
      int length = socket.getInputStream().read(buffer);
      hungUp |= length < 0;
      return length;
    } catch (IOException e) {
      hungUp = true;
      return -1;
    }
  }

  private void down(Thread complaints) {
    try {
      byte[] buffer = new byte[Pump.BUFFER_BYTES];
      InputStream from = channel.getInputStream();
      int length = from.read(buffer);
      if (length > 0 && (buffer[0] & 0xff) > LAST_FIRST_BYTE) {
        String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
        failure = SshFailureWords.ofTextBefore(channel.command(), text);
        return;
      }
      if (length > 0) {
        watcher.works();
        OutputStream to = socket.getOutputStream();
        to.write(buffer, 0, length);
        watcher.received(length);
        Pump.run(from, to, watcher::received);
      }
      if (!hungUp) {
        channel.awaitExit(EXIT_WITHIN);
        Pump.awaitEnd(complaints, EXIT_WITHIN);
        failure = SshFailureWords.ofEnding(channel);
      }
    } catch (IOException e) {
      // The session is lost, which is told elsewhere, or the peer has hung up.
    } finally {
      wakeUp();
    }
  }

  /** Ends the wait for the peer's bytes; the peer does not notice. */
  private void wakeUp() {
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      // It is closed already.
    }
  }
}
