package org.qstatmesh.broadcast.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;

/** Sends one message that says it is a test. */
public final class HookTrial {
  private HookTrial() {}

  /**
   * Tries once.
   *
   * @return what the receiver said; fails, with a message for a person, when it did not take it
   */
  public static Future<String> send(Vertx vertx, HookConfig hook) {
    Clock clock = Clock.systemUTC();
    long now = clock.millis();
    Notice notice =
        new Notice(
            Notice.id(hook.name(), "test", Long.toString(now)),
            HookEvent.TEST,
            null,
            null,
            now,
            Sentence.of("qstat-mesh tries its hook " + hook.name() + ": it works"),
            Map.of());
    HookCall call = new HookCall(vertx, hook, HookTimings.ONCE.deadline(), clock);
    return call.post(notice)
        .recover(cause -> Future.failedFuture(HookSender.wording(cause)))
        .compose(HookTrial::judge)
        .eventually(call::close);
  }

  private static Future<String> judge(int status) {
    String said = "HTTP status " + status;
    return status >= 200 && status < 300 ? Future.succeededFuture(said) : Future.failedFuture(said);
  }
}
