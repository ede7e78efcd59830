package org.qstatmesh.tunnel;

import io.vertx.core.Future;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;

/** A cluster without ssh: the probe's own address. */
final class DirectWay implements Way {
  private final TunnelState state;
  private final TunnelMeters meters;

  DirectWay(TunnelContext shared, ClusterConfig cluster) {
    this.meters = shared.meters();
    this.state =
        new TunnelState(
            shared.node(),
            cluster.cluster(),
            Status.DIRECT,
            cluster.probe().toString(),
            shared.clock().millis(),
            null);
    meters.entered(Status.DIRECT);
    shared.onChange().accept(state);
  }

  @Override
  public TunnelState state() {
    return state;
  }

  @Override
  public void asked() {
    // it costs nothing and so is never idle
  }

  @Override
  public void tick() {
    // nothing here changes by itself
  }

  @Override
  public boolean isIdle() {
    return false;
  }

  @Override
  public boolean takes(ClusterConfig changed) {
    return changed.ssh() == null && changed.probe().toString().equals(state.endpoint());
  }

  @Override
  public Future<Void> close() {
    meters.left(Status.DIRECT);
    return Future.succeededFuture();
  }
}
