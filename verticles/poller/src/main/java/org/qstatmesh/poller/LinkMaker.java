package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeCommand;

/** Makes links to one cluster's probe, in the way that it speaks. Event loop only. */
interface LinkMaker {
  /** Opens one; {@code user} hears what comes of it. */
  interface Opening {
    long open(String endpoint, Links.User user);
  }

  /** Gets ready what a link needs; fails with {@link ExchangeFailure}. */
  Future<Opening> prepare();

  /**
   * For this cluster; {@code files} reads its keys, anew for each link, so that changed ones are
   * taken up.
   */
  static LinkMaker of(ClusterConfig cluster, Links links, WorkerExecutor files) {
    int maxReplyBytes = cluster.maxReplyBytes();
    if (cluster.probe() instanceof ProbeCommand) {
      Opening stream = (endpoint, user) -> links.openStream(endpoint, maxReplyBytes, user);
      return () -> Future.succeededFuture(stream);
    }
    CurveConfig curve = cluster.curve();
    if (curve == null) {
      Opening socket =
          (endpoint, user) -> links.openSocket(endpoint, maxReplyBytes, Mechanism.NULL, user);
      return () -> Future.succeededFuture(socket);
    }
    return () ->
        files
            .executeBlocking(() -> CurveKeys.read(curve), false)
            .<Opening>map(
                keys -> (endpoint, user) -> links.openSocket(endpoint, maxReplyBytes, keys, user))
            .recover(LinkMaker::withoutKeys);
  }

  private static Future<Opening> withoutKeys(Throwable cause) {
    return Future.failedFuture(
        cause instanceof IOException
            ? new ExchangeFailure(FailureCode.PROBE_UNREACHABLE, "keys: " + cause.getMessage())
            : cause);
  }
}
