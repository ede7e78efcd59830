package org.qstatmesh.mesh.ops;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.qstatmesh.bus.NodePresent;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.mesh.supervise.MeshStages;
import org.qstatmesh.mesh.supervise.Stage;

/** {@code GET /nodes} and {@code POST /restart/STAGE}. */
final class RestartRoute {
  private static final String RESTART = "/restart/";

  private final MeshStages stages;

  RestartRoute(MeshStages stages) {
    this.stages = stages;
  }

  static boolean isRestart(HttpServerRequest request) {
    return request.method().equals(HttpMethod.POST) && request.path().startsWith(RESTART);
  }

  /** The nodes that answer, by name. */
  Future<List<NodePresent>> nodes() {
    return stages.nodes();
  }

  /** What came of it, in words; {@link QueryFailure} where it did not. */
  Future<String> restart(HttpServerRequest request) {
    Stage stage = Stage.of(request.path().substring(RESTART.length())).orElse(null);
    if (stage == null) {
      return Future.failedFuture(
          new QueryFailure(QueryFailure.NOT_FOUND, "no such stage; there are: " + Stage.labels()));
    }
    String node = request.getParam("node");
    return node == null ? stages.restart(stage) : stages.restart(stage, node);
  }
}
