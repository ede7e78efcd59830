package org.qstatmesh.poller;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * One ZeroMQ context and the few sockets that share its I/O thread, so that what ends that thread
 * takes only these with it. Used on the owner thread alone, but for the watch over its threads.
 */
final class SocketGroup {
  /** Most sockets of one context: bounds both the damage and the number of I/O threads. */
  static final int MAX_SOCKETS = 25;

  private static final Logger LOG = LoggerFactory.getLogger(SocketGroup.class);

  private final ZContext context = new ZContext();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile Throwable death;
  private int sockets;

  SocketGroup(int number) {
    context.setThreadFactor(
        (task, name) -> {
          Thread thread = new Thread(task, "poller-zmq-" + number + "-" + name);
          thread.setDaemon(true);
          thread.setUncaughtExceptionHandler((dead, cause) -> death = cause);
          threads.add(thread);
          return thread;
        });
    // JeroMQ goes on after these; a malformed PING of a peer is one.
    context.setNotificationExceptionHandler(
        (thread, cause) -> LOG.debug("ZeroMQ stumbled over a peer: {}", cause.toString()));
  }

  boolean isFull() {
    return sockets >= MAX_SOCKETS;
  }

  /** Why its sockets do nothing any more; null while they work. */
  String death() {
    Throwable cause = death;
    if (cause != null) {
      return cause.toString();
    }
    for (Thread thread : threads) {
      if (thread.getState() == Thread.State.TERMINATED) {
        return thread.getName() + " ended";
      }
    }
    return null;
  }

  ZMQ.Socket open() {
    ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
    sockets++;
    return socket;
  }

  void close(ZMQ.Socket socket) {
    socket.close();
    sockets--;
  }

  /** Waits for events of one socket; for who has no owner thread. */
  ZMQ.Poller poller() {
    return context.createPoller(1);
  }

  /** Ends the context; waits for its threads, which with linger 0 have nothing left to do. */
  void close() {
    context.close();
  }

  /**
   * Ends the context of a dead I/O thread as far as that goes. Nobody answers its close requests,
   * so it may never return: nobody waits for it.
   */
  void abandon() {
    Thread undertaker = new Thread(this::close, "poller-zmq-undertaker");
    undertaker.setDaemon(true);
    undertaker.setUncaughtExceptionHandler(
        (thread, cause) -> LOG.debug("a dead ZeroMQ context could not be closed", cause));
    undertaker.start();
  }
}
