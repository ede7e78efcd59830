package org.qstatmesh.broadcast.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.bus.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver's messages: one after the other, each tried a few times, at most {@link
 * #MOST_WAITING} waiting, the oldest goes first. Event loop only.
 */
final class HookSender {
  private static final Logger LOG = LoggerFactory.getLogger(HookSender.class);
  static final int MOST_WAITING = 100;

  private enum Standing {
    UNKNOWN,
    GOOD,
    FAILING
  }

  private final Vertx vertx;
  private final HookConfig hook;
  private final HookTimings timings;
  private final HookCall call;
  private final HookMeters meters;
  private final ArrayDeque<Notice> waiting = new ArrayDeque<>();
  private Standing standing = Standing.UNKNOWN;
  private boolean sending;
  private boolean stopped;

  HookSender(
      Vertx vertx, HookConfig hook, HookTimings timings, HookCall call, MeterRegistry registry) {
    this.vertx = vertx;
    this.hook = hook;
    this.timings = timings;
    this.call = call;
    this.meters = new HookMeters(registry, hook.name(), waiting::size);
  }

  void offer(Notice notice) {
    if (waiting.size() >= MOST_WAITING) {
      waiting.remove();
      meters.dropped();
    }
    waiting.add(notice);
    sendNext();
  }

  /** Gives up what waits and what is under way. */
  Future<Void> stop() {
    stopped = true;
    waiting.clear();
    meters.forget();
    return call.close();
  }

  private void sendNext() {
    if (sending || stopped || waiting.isEmpty()) {
      return;
    }
    sending = true;
    attempt(waiting.remove(), 0);
  }

  private void attempt(Notice notice, int pausesTaken) {
    call.post(notice)
        .onComplete(
            status -> answered(notice, pausesTaken, status),
            cause -> missed(notice, pausesTaken, true, wording(cause)));
  }

  private void answered(Notice notice, int pausesTaken, int status) {
    if (status >= 200 && status < 300) {
      meters.sent();
      enter(Standing.GOOD, "");
      done();
    } else {
      missed(notice, pausesTaken, isPassing(status), "HTTP status " + status);
    }
  }

  /** Whether the same message may be taken another time. */
  private static boolean isPassing(int status) {
    return status >= 500 || status == 408 || status == 429;
  }

  private void missed(Notice notice, int pausesTaken, boolean passing, String why) {
    if (passing && pausesTaken < timings.pauses().size() && !stopped) {
      meters.retried();
      vertx.setTimer(
          timings.pauses().get(pausesTaken).toMillis(), again -> retry(notice, pausesTaken + 1));
      return;
    }
    meters.failed();
    enter(Standing.FAILING, why);
    done();
  }

  private void retry(Notice notice, int pausesTaken) {
    if (!stopped) {
      attempt(notice, pausesTaken);
    }
  }

  private void done() {
    sending = false;
    sendNext();
  }

  /** One line a change; never the URL, which is often a secret. */
  private void enter(Standing next, String why) {
    if (next == standing || stopped) {
      return;
    }
    standing = next;
    if (next == Standing.GOOD) {
      LOG.info("{} takes messages", hook);
    } else {
      LOG.warn(
          "{} takes no messages: {}; try: qstat-mesh check --hooks", hook, Printable.escape(why));
    }
  }

  /** What went wrong with a try, down to its root. */
  static String wording(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    String reason = String.valueOf(root.getMessage());
    return message.contains(reason) ? message : message + ": " + reason;
  }
}
