package org.qstatmesh.tunnel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which sshj may block: at most {@value #MAX_CONNECTS} connects at once, because
 * each costs a key exchange here and there, and a few for closing. Results come back on the
 * verticle's context. No thread is ever interrupted: one may own a socket.
 */
final class SshWorkers {
  static final int MAX_CONNECTS = 16;
  static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
  private static final int MAX_DIALS = 64;
  private static final int MAX_CLOSES = 8;

  /** Never reached: a tunnel has one attempt and one closing under way. */
  private static final int MAX_WAITING = 4_096;

  private final Vertx vertx;
  private final Context context;
  private final ThreadPoolExecutor dials = pool("tunnel-dial-", MAX_DIALS);
  private final ThreadPoolExecutor connects = pool("tunnel-connect-", MAX_CONNECTS);
  private final ThreadPoolExecutor closes = pool("tunnel-close-", MAX_CLOSES);

  SshWorkers(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  private static ThreadPoolExecutor pool(String prefix, int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> {
              Thread thread = new Thread(work, prefix + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Runs the making of a TCP connection; fails as {@link #connect} does. */
  <T> Future<T> dial(Callable<T> work) {
    return run(dials, work);
  }

  /** Runs a connect; fails with {@link RejectedExecutionException} if too many wait. */
  <T> Future<T> connect(Callable<T> work) {
    return run(connects, work);
  }

  /**
   * Runs a closing; fails with {@link TimeoutException} after {@link #CLOSE_DEADLINE}, the work may
   * then still be under way.
   */
  Future<Void> close(Runnable work) {
    Promise<Void> within = Promise.promise();
    long timer =
        vertx.setTimer(
            CLOSE_DEADLINE.toMillis(),
            id -> within.tryFail(new TimeoutException("closing takes too long")));
    Future<Void> done =
        run(
            closes,
            () -> {
              work.run();
              return null;
            });
    done.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          if (result.succeeded()) {
            within.tryComplete();
          } else {
            within.tryFail(result.cause());
          }
        });
    return within.future();
  }

  private <T> Future<T> run(ThreadPoolExecutor pool, Callable<T> work) {
    Promise<T> promise = Promise.promise();
    try {
      pool.execute(
          () -> {
            try {
              T result = work.call();
              context.runOnContext(nothing -> promise.complete(result));
            } catch (Exception | Error e) {
              context.runOnContext(nothing -> promise.fail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  /**
   * Takes no new connects. An attempt under way may still need a closing; the threads of both end
   * by themselves when they have nothing to do.
   */
  void shutdown() {
    dials.shutdown();
    connects.shutdown();
  }
}
