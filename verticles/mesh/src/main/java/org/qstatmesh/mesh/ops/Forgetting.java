package org.qstatmesh.mesh.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.ForgetQuery;
import org.qstatmesh.bus.QueryFailure;

/**
 * Has the store forget people, one after the other. Years of history take longer than a request may
 * wait, so whoever asks again for the same login gets the answer of what is under way. One event
 * loop.
 */
final class Forgetting {
  /** Shorter than the port's idle time-out. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration DEADLINE = Duration.ofHours(1);

  /** How long an answer is kept for somebody who asks again. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final int LONGEST_LOGIN = 1_000;
  private static final int CONFLICT = 409;

  private final Vertx vertx;
  private String login;
  private Future<ForgetAnswer> running;

  Forgetting(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What was forgotten; null when it is not done yet: ask again. Fails with {@link QueryFailure}:
   * 400 no login, 409 another one is under way, 503 no store runs here.
   */
  Future<ForgetAnswer> forget(String wanted) {
    if (wanted == null || wanted.isBlank() || wanted.length() > LONGEST_LOGIN) {
      return Future.failedFuture(QueryFailure.badField("login", "1 to 1000 characters"));
    }
    if (running == null) {
      begin(wanted);
    } else if (!wanted.equals(login)) {
      return Future.failedFuture(
          new QueryFailure(CONFLICT, "another login is being forgotten: try again later"));
    }
    Future<ForgetAnswer> asked = running;
    return asked
        .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .onComplete(done -> told(asked))
        .recover(
            cause ->
                cause instanceof TimeoutException && !asked.isComplete()
                    ? Future.succeededFuture()
                    : Future.failedFuture(cause));
  }

  private void begin(String wanted) {
    login = wanted;
    Future<ForgetAnswer> begun = Addresses.FORGET.ask(vertx, new ForgetQuery(wanted), DEADLINE);
    running = begun;
    begun.onComplete(done -> vertx.setTimer(KEPT.toMillis(), late -> told(begun)));
  }

  /** A new question begins anew. */
  private void told(Future<ForgetAnswer> asked) {
    if (running == asked && asked.isComplete()) {
      running = null;
    }
  }
}
