package org.qstatmesh.tunnel;

import io.vertx.core.Future;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.TunnelState;

/** The way to one cluster's probe. Lives on the verticle's context. */
interface Way {
  TunnelState state();

  /** Somebody asks for it: it is wanted for another while. */
  void asked();

  /** Called every second. */
  void tick();

  /** Whether nobody has used it for long; it is then closed until somebody asks again. */
  boolean isIdle();

  /** Whether the way can serve this configuration without being made anew. */
  boolean takes(ClusterConfig changed);

  /** Ends it; completes within the closing deadline. */
  Future<Void> close();
}
