package org.qstatmesh.tunnel;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeCommand;

/**
 * Carries accepted sockets over one ssh session, each on a channel of its own and two threads of
 * its own (three for a command). What goes wrong with one of them closes that one.
 */
final class Forwarder {
  /** More channels than this at once are a fault of whoever connects, and are closed at once. */
  static final int MAX_CHANNELS = 16;

  /**
   * After a refusal the far end is not asked again for this long: its sshd writes a log line for
   * every question, and a poller connects several times a second.
   */
  static final Duration REFUSAL_PAUSE = Duration.ofSeconds(1);

  /**
   * A poller needs one; a second may still be ending. More hang, and no further one is started
   * beside them: sshd does not end a command whose channel is closed.
   */
  static final int MAX_COMMANDS = 4;

  /**
   * A socket that was closed on this side holds its channel no longer than this, even if the probe
   * says nothing: one that is stopped would collect a channel for every request in vain.
   */
  static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** What a forwarder tells; called on its threads. */
  interface Watcher {
    /** Does not care. */
    Watcher NONE = new Watcher() {};

    /** A channel stands. */
    default void opened() {}

    /** There is a probe at its end, as far as that shows. */
    default void works() {}

    /**
     * The far end refused a channel, or ended one that was wanted; its socket is closed after this.
     */
    default void refused(SshFailure failure) {}

    /** A channel that stood is closed. */
    default void closed() {}

    /** A socket was closed because there are too many. */
    default void tooMany() {}

    /** Bytes went from the probe to us. */
    default void received(int bytes) {}

    /** Bytes went from us to the probe. */
    default void sent(int bytes) {}
  }

  private final String name;
  private final SshSession session;
  private final ProbeAccess probe;
  private final Watcher watcher;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final int maxChannels;
  private volatile boolean closed;
  private volatile long refusedNanos = System.nanoTime() - REFUSAL_PAUSE.toNanos();

  Forwarder(String name, SshSession session, ProbeAccess probe, Watcher watcher) {
    this.name = name;
    this.session = session;
    this.probe = probe;
    this.watcher = watcher;
    this.maxChannels = probe instanceof ProbeCommand ? MAX_COMMANDS : MAX_CHANNELS;
  }

  /** Takes over an accepted socket; returns at once, the channel is opened elsewhere. */
  void accept(Socket socket) {
    if (System.nanoTime() - refusedNanos < REFUSAL_PAUSE.toNanos()) {
      SshSocket.closeQuietly(socket);
      return;
    }
    if (count.incrementAndGet() > maxChannels) {
      count.decrementAndGet();
      watcher.tooMany();
      SshSocket.closeQuietly(socket);
      return;
    }
    sockets.add(socket);
    if (closed) {
      SshSocket.closeQuietly(socket);
    }
    thread("up", () -> carry(socket)).start();
  }

  private void carry(Socket socket) {
    try (socket) {
      carryThere(socket);
    } catch (IOException e) {
      // One side went away: the other is told by the closing of both.
    } finally {
      sockets.remove(socket);
      count.decrementAndGet();
    }
  }

  private void carryThere(Socket socket) throws IOException {
    ProbeChannel channel = null;
    try {
      channel = session.open(probe);
      watcher.opened();
      socket.setTcpNoDelay(true);
      if (channel instanceof CommandChannel command) {
        new CommandCarriage(socket, command, watcher, this::thread).run();
      } else {
        watcher.works();
        pumpBothWays(socket, channel);
      }
    } catch (SshFailure e) {
      refusedNanos = System.nanoTime();
      watcher.refused(e);
      // Closing the channel may take a while.
      SshSocket.closeQuietly(socket);
    } finally {
      if (channel != null) {
        channel.closeQuietly();
        watcher.closed();
      }
    }
  }

  /** Returns when one side is gone; the caller closes what is left, which ends both threads. */
  private void pumpBothWays(Socket socket, ProbeChannel channel) throws IOException {
    Thread down = thread("down", () -> pumpDown(socket, channel));
    down.start();
    try {
      Pump.run(socket.getInputStream(), channel.getOutputStream(), watcher::sent);
      channel.getOutputStream().close();
      Pump.awaitEnd(down, LAST_WORDS);
    } finally {
      SshSocket.closeQuietly(socket);
    }
  }

  private void pumpDown(Socket socket, ProbeChannel channel) {
    try {
      Pump.run(channel.getInputStream(), socket.getOutputStream(), watcher::received);
      socket.shutdownOutput();
      if (!channel.isOpen()) {
        // The far end closed both directions: nothing that is still read here could be delivered.
        socket.close();
      }
    } catch (IOException e) {
      SshSocket.closeQuietly(socket);
      channel.closeQuietly();
    }
  }

  private Thread thread(String direction, Runnable work) {
    Thread thread = new Thread(work, "tunnel-" + direction + "-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Sockets that are carried now. */
  int channels() {
    return count.get();
  }

  /** Closes every socket; the channels end with their session. Any thread, returns at once. */
  void close() {
    closed = true;
    sockets.forEach(SshSocket::closeQuietly);
  }
}
