package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelWanted;

/**
 * The way to a probe through this node's tunnel. The tunnel is asked anew for every question, which
 * costs a few microseconds: one that was restarted has another port, and must learn that it is
 * wanted.
 */
final class TunnelRoute implements ProbeRoute {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final String cluster;
  private TunnelState last;

  TunnelRoute(Vertx vertx, String cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
  }

  /** What a new state of the tunnel means for what is under way or waits. */
  enum Turn {
    NONE,
    OPENED,
    /** What was sent through it is gone; {@link #why} knows more. */
    BROKE
  }

  /** Takes note of a state. */
  Turn changed(TunnelState state) {
    boolean worked = works(last);
    last = state;
    if (works(state) == worked) {
      return Turn.NONE;
    }
    return worked ? Turn.BROKE : Turn.OPENED;
  }

  /** Why the tunnel does not work. */
  ExchangeFailure why() {
    return failure(last);
  }

  @Override
  public Future<String> endpoint(String open) {
    return Addresses.TUNNEL_OPEN
        .ask(vertx, new TunnelWanted(cluster), ANSWER_WITHIN)
        .compose(
            state -> {
              last = state;
              boolean usable =
                  state.endpoint() != null
                      && state.status() != TunnelState.Status.BACKING_OFF
                      && state.status() != TunnelState.Status.CLOSED;
              return usable
                  ? Future.succeededFuture(state.endpoint())
                  : Future.failedFuture(failure(state));
            },
            cause -> Future.failedFuture(unserved(cause)));
  }

  @Override
  public Future<ExchangeFailure> explainSilence(String endpoint) {
    ExchangeFailure why =
        last == null || works(last)
            ? new ExchangeFailure(
                FailureCode.PROBE_TIMEOUT, "the tunnel is open but the probe does not answer")
            : failure(last);
    return Future.succeededFuture(why);
  }

  private static boolean works(TunnelState state) {
    return state != null && state.status() == TunnelState.Status.OPEN && state.failure() == null;
  }

  private static ExchangeFailure failure(TunnelState state) {
    Failure failure = state.failure();
    return failure == null
        ? new ExchangeFailure(FailureCode.SSH_UNREACHABLE, "the tunnel is " + state.status())
        : new ExchangeFailure(failure.code(), failure.detail());
  }

  private static ExchangeFailure unserved(Throwable cause) {
    boolean nobody =
        cause instanceof QueryFailure failure && failure.code() == QueryFailure.UNAVAILABLE;
    return new ExchangeFailure(
        FailureCode.SSH_UNREACHABLE,
        nobody ? "tunnel stage is not running here" : "tunnel stage: " + cause.getMessage());
  }
}
