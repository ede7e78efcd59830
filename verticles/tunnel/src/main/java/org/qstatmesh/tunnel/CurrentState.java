package org.qstatmesh.tunnel;

import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one tunnel as the others see it: every change is published and counted, a change of
 * status or of the kind of failure also logged, unless one failure goes on through it. Lives on the
 * verticle's context.
 */
final class CurrentState {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentState.class);

  private final TunnelContext shared;
  private final ProbeAddress endpoint;
  private TunnelState state;

  /** Begins as CONNECTING. */
  CurrentState(TunnelContext shared, ClusterConfig cluster, ProbeAddress endpoint) {
    this.shared = shared;
    this.endpoint = endpoint;
    this.state =
        new TunnelState(
            shared.node(),
            cluster.cluster(),
            Status.CONNECTING,
            endpoint.toString(),
            shared.clock().millis(),
            null);
    shared.meters().entered(Status.CONNECTING);
    shared.onChange().accept(state);
  }

  TunnelState state() {
    return state;
  }

  Status status() {
    return state.status();
  }

  /** Changes to this status and failure; a failure of the same kind keeps the time it began. */
  void enter(ClusterConfig cluster, Status status, SshFailure why) {
    TunnelState old = state;
    long now = shared.clock().millis();
    Failure failure = null;
    if (why != null) {
      boolean known = codeOf(old) == why.code();
      failure = why.since(known ? old.failure().sinceEpochMillis() : now, cluster);
    }
    boolean sameStatus = old.status() == status;
    TunnelState next =
        new TunnelState(
            shared.node(),
            cluster.cluster(),
            status,
            status == Status.CLOSED ? null : endpoint.toString(),
            sameStatus ? old.sinceEpochMillis() : now,
            failure);
    if (next.equals(old)) {
      return;
    }
    state = next;
    if (!sameStatus) {
      count(old.status(), status);
    }
    boolean sameFailure = codeOf(old) != null && codeOf(old) == codeOf(next);
    if (!sameFailure && (!sameStatus || codeOf(old) != codeOf(next))) {
      log(next);
    }
    shared.onChange().accept(next);
  }

  private void count(Status old, Status next) {
    shared.meters().left(old);
    if (next != Status.CLOSED) {
      shared.meters().entered(next);
    }
  }

  private static FailureCode codeOf(TunnelState state) {
    return state.failure() == null ? null : state.failure().code();
  }

  private static void log(TunnelState now) {
    if (now.failure() == null) {
      String at = now.endpoint() == null ? "" : " at " + now.endpoint();
      LOG.info("{}: tunnel {}{}", now.cluster(), now.status(), at);
    } else {
      LOG.warn(
          "{}: tunnel {}, {}: {}",
          now.cluster(),
          now.status(),
          now.failure().code(),
          now.failure().detail());
    }
  }
}
