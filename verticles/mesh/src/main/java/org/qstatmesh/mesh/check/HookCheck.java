package org.qstatmesh.mesh.check;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookTrial;

/** Sends a test message to receivers, one after the other. Blocks its caller. */
public final class HookCheck {
  /** Longer than a try may take. */
  private static final long DEADLINE_SECONDS = 30;

  private final PrintWriter out;

  /** Prints to {@code out} as it goes. */
  public HookCheck(PrintWriter out) {
    this.out = out;
  }

  /** Tries all of them; true when each took its message. */
  public boolean check(List<HookConfig> hooks) {
    if (hooks.isEmpty()) {
      out.println("the configuration is valid and names no receiver in notify.hooks");
      return true;
    }
    StepPrinter steps = new StepPrinter(out);
    Vertx vertx = Vertx.vertx();
    try {
      for (HookConfig hook : hooks) {
        check(vertx, hook, steps);
      }
    } finally {
      vertx.close().onFailure(cause -> steps.warn("end", "did not close cleanly: " + cause));
    }
    return !steps.failed();
  }

  private static void check(Vertx vertx, HookConfig hook, StepPrinter steps) {
    try {
      steps.ok(
          hook.name(),
          HookTrial.send(vertx, hook)
              .toCompletionStage()
              .toCompletableFuture()
              .get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      steps.fail(hook.name(), e.getCause().getMessage(), hint(hook));
    } catch (TimeoutException e) {
      steps.fail(hook.name(), "not done within " + DEADLINE_SECONDS + " s", hint(hook));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      steps.fail(hook.name(), "interrupted", hint(hook));
    }
  }

  private static String hint(HookConfig hook) {
    return "is notify.hooks.%s.url still the one that %s gave out, and reached from here?"
        .formatted(hook.name(), hook.url().getHost());
  }
}
