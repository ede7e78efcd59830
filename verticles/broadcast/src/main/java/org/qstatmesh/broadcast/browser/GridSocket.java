package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One browser. What is on its way to it is bounded: a frame that cannot go now takes the place of
 * the one of its address that waits, and who takes nothing for too long is closed. Browsers' event
 * loop.
 */
final class GridSocket {
  static final int GOING_AWAY = 1001;
  static final String STOPPING = "the server stops";

  private static final int POLICY = 1008;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Something that must arrive or the socket goes: an answer, a pong, a refusal. */
  private record Letter(Buffer buffer, Runnable gone) {}

  private final SockJSSocket socket;
  private final BrowserLimits limits;
  private final GridTraffic traffic;
  private final Consumer<GridSocket> whenClosed;
  private final Set<GridTopic> topics = new LinkedHashSet<>();
  private final Map<String, Frame> waiting = new LinkedHashMap<>();
  private final ArrayDeque<Letter> letters = new ArrayDeque<>();
  private final QueryLine queries = new QueryLine();
  private long unsentBytes;
  private long lastTakenNanos;
  private long lastPingNanos;
  private double allowance;
  private long allowanceAtNanos;
  private boolean closed;

  GridSocket(
      SockJSSocket socket,
      BrowserLimits limits,
      GridTraffic traffic,
      long nowNanos,
      Consumer<GridSocket> whenClosed) {
    this.socket = socket;
    this.limits = limits;
    this.traffic = traffic;
    this.whenClosed = whenClosed;
    this.allowance = limits.frameBurst();
    this.allowanceAtNanos = nowNanos;
    this.lastPingNanos = nowNanos;
    this.lastTakenNanos = nowNanos;
  }

  Set<GridTopic> topics() {
    return topics;
  }

  QueryLine queries() {
    return queries;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether a frame may be taken from this browser; if not, it is closed. */
  boolean admit(long nowNanos) {
    double earned =
        (double) (nowNanos - allowanceAtNanos) * limits.framesPerSecond() / NANOS_PER_SECOND;
    allowance = Math.min(limits.frameBurst(), allowance + earned) - 1;
    allowanceAtNanos = nowNanos;
    if (allowance < 0) {
      close(GridTraffic.Drop.FLOOD, "too many frames");
    }
    return !closed;
  }

  void pinged(long nowNanos) {
    lastPingNanos = nowNanos;
  }

  /** An update: only the newest of an address waits. */
  void push(Frame frame) {
    if (closed) {
      return;
    }
    if (letters.isEmpty() && waiting.isEmpty() && fits(frame.length())) {
      deliver(frame);
    } else if (waiting.put(frame.address(), frame) != null) {
      traffic.dropped(GridTraffic.Drop.SUPERSEDED);
    }
  }

  /** No update of this address is wanted any more. */
  void forget(String address) {
    waiting.remove(address);
  }

  /** A pong or a refusal. */
  void notice(Buffer buffer) {
    if (letters.size() >= limits.noticesWaiting()) {
      close(GridTraffic.Drop.FLOOD, "answers are not read");
    } else {
      letter(buffer, () -> {});
    }
  }

  /**
   * An answer.
   *
   * @param gone called once, when it was taken or never will be
   */
  void letter(Buffer buffer, Runnable gone) {
    if (closed) {
      gone.run();
    } else {
      letters.add(new Letter(buffer, gone));
      flush();
    }
  }

  /** Closes a browser that does not ping or does not read. */
  void check(long nowNanos) {
    if (nowNanos - lastPingNanos > limits.pingTimeout().toNanos()) {
      close(GridTraffic.Drop.SILENT, "no ping");
    } else if (unsentBytes > 0 && nowNanos - lastTakenNanos > limits.stallTimeout().toNanos()) {
      close(GridTraffic.Drop.STALLED, "does not read");
    } else {
      holdBack();
    }
  }

  /** Websocket pings are answered below us: stops reading until the answers were taken. */
  private void holdBack() {
    try {
      if (socket.writeQueueFull()) {
        socket.pause();
        socket.drainHandler(drained -> socket.resume());
      }
    } catch (IllegalStateException e) {
      // Closed by the other side, and its close handler has not been called yet.
      release();
    }
  }

  private boolean fits(int length) {
    return unsentBytes == 0 || unsentBytes + length <= limits.unsentBytes();
  }

  private void flush() {
    while (!closed && !letters.isEmpty() && fits(letters.peek().buffer().length())) {
      Letter letter = letters.remove();
      write(letter.buffer(), letter.gone());
    }
    while (!closed && letters.isEmpty() && !waiting.isEmpty()) {
      Frame frame = waiting.values().iterator().next();
      if (!fits(frame.length())) {
        return;
      }
      waiting.remove(frame.address());
      deliver(frame);
    }
  }

  private void deliver(Frame frame) {
    traffic.delivered();
    write(frame.buffer(), () -> {});
  }

  private void write(Buffer buffer, Runnable gone) {
    int length = buffer.length();
    if (unsentBytes == 0) {
      lastTakenNanos = System.nanoTime();
    }
    unsentBytes += length;
    traffic.sent(length);
    socket
        .write(buffer)
        .onComplete(
            taken -> {
              unsentBytes -= length;
              lastTakenNanos = System.nanoTime();
              gone.run();
              flush();
            },
            broken -> {
              unsentBytes -= length;
              gone.run();
              fail();
            });
  }

  /** The connection or the browser's framing is broken. */
  void fail() {
    close(GridTraffic.Drop.BROKEN, "broken");
  }

  private void close(GridTraffic.Drop reason, String words) {
    if (!closed) {
      traffic.dropped(reason);
      release();
      socket.close(POLICY, words);
    }
  }

  /** The server stops; harmless to repeat. */
  void sendAway() {
    if (!closed) {
      release();
      socket.close(GOING_AWAY, STOPPING);
    }
  }

  /** The browser is gone; harmless to repeat. */
  void release() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    letters.forEach(letter -> letter.gone().run());
    letters.clear();
    queries.clear();
    whenClosed.accept(this);
  }
}
