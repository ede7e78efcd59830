package org.qstatmesh.mesh.ops;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.MeshJson;

/**
 * One operator who reads along. Messages are handed in on any thread and wait in a bounded queue;
 * they become text on a worker, and go out on the connection's event loop as fast as it takes them.
 */
final class Tail implements BusWatch.Listener {
  /** Beyond it the newest messages are left out, and counted. */
  static final int WAITING = 1_000;

  private static final int BATCH = 50;

  /** A line with nothing on it keeps the connection, and finds out whether somebody is there. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private record Waiting(long atEpochMillis, BusWatch.Seen seen) {}

  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final String address;
  private final String below;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long lost;
  private boolean scheduled;
  private boolean ended;

  /**
   * @param address messages of it and of addresses below it are shown
   */
  Tail(Vertx vertx, HttpServerResponse response, String address) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.address = address;
    this.below = address + ".";
  }

  /** Sends the head; {@code gone} is run when the connection ends. */
  void begin(Runnable gone) {
    response
        .setChunked(true)
        .putHeader("Content-Type", "application/x-ndjson")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    long timer =
        vertx.setPeriodic(
            SIGN_OF_LIFE.toMillis(),
            tick -> {
              if (!response.writeQueueFull()) {
                write(Buffer.buffer("\n"));
              }
            });
    response.closeHandler(
        closed -> {
          vertx.cancelTimer(timer);
          end();
          gone.run();
        });
    response.drainHandler(drained -> schedule());
    write(Buffer.buffer("\n"));
  }

  @Override
  public void seen(BusWatch.Seen message) {
    if (!message.address().equals(address) && !message.address().startsWith(below)) {
      return;
    }
    synchronized (this) {
      if (waiting.size() < WAITING) {
        waiting.add(new Waiting(System.currentTimeMillis(), message));
      } else {
        lost++;
      }
    }
    schedule();
  }

  private synchronized void end() {
    ended = true;
    waiting.clear();
  }

  private void schedule() {
    synchronized (this) {
      if (scheduled || ended) {
        return;
      }
      scheduled = true;
    }
    context.runOnContext(run -> flush());
  }

  private void flush() {
    if (response.writeQueueFull()) {
      rest();
      return;
    }
    List<Waiting> batch = new ArrayList<>();
    long lostNow = 0;
    synchronized (this) {
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      // Those that are left out came after all that waited.
      if (waiting.isEmpty()) {
        lostNow = lost;
        lost = 0;
      }
    }
    if (batch.isEmpty() && lostNow == 0) {
      rest();
      return;
    }
    long left = lostNow;
    vertx
        .executeBlocking(() -> text(batch, left), false)
        .onSuccess(this::write)
        .onComplete(written -> flush());
  }

  /** Nothing to do until something is seen, or the connection takes more. */
  private void rest() {
    boolean more;
    synchronized (this) {
      scheduled = false;
      more = !ended && (!waiting.isEmpty() || lost > 0) && !response.writeQueueFull();
    }
    if (more) {
      schedule();
    }
  }

  private static Buffer text(List<Waiting> batch, long lost) {
    Buffer text = Buffer.buffer();
    for (Waiting one : batch) {
      text.appendBytes(MeshJson.encode(TailLine.of(one.atEpochMillis(), one.seen())));
      text.appendString("\n");
    }
    if (lost > 0) {
      text.appendBytes(MeshJson.encode(TailLine.lost(System.currentTimeMillis(), lost)));
      text.appendString("\n");
    }
    return text;
  }

  private void write(Buffer text) {
    if (!response.closed() && !response.ended()) {
      response.write(text);
    }
  }
}
