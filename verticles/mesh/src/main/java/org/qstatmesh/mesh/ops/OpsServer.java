package org.qstatmesh.mesh.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.FiguresQuery;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.mesh.supervise.MeshStages;
import org.qstatmesh.mesh.supervise.StageReport;
import org.qstatmesh.mesh.supervise.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the operators' port.
 *
 * <pre>
 * GET  /health/live      200 while the process works                       no token
 * GET  /health/ready     200 when every stage is up, else 503, as JSON     no token
 * GET  /metrics          Prometheus text
 * GET  /stages           the stages as JSON
 * GET  /figures          what each node of the mesh counted last, as JSON; 503 at start
 * GET  /tail?address=A   messages of that address and those below it, one JSON object a line,
 *                        until the connection ends; 400, 503
 * GET  /nodes            the nodes that answer, each with its stages, as JSON
 * POST /restart/STAGE    200 when it serves again, 404, 500; ?node=NAME on that node, 504
 * POST /forget?login=L   200 what was forgotten, as JSON; 202 not done yet, ask again; 400, 409, 503
 * </pre>
 */
public final class OpsServer {
  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

  private static final Duration FIGURES_DEADLINE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpServer server;
  private final OpsToken token;
  private final Supervisor supervisor;
  private final PrometheusMeterRegistry meters;
  private final RestartRoute restarts;
  private final Tails tails;
  private final Forgetting forgetting;

  private OpsServer(
      Vertx vertx,
      OpsToken token,
      Supervisor supervisor,
      MeshStages stages,
      PrometheusMeterRegistry meters,
      BusWatch bus) {
    this.vertx = vertx;
    this.token = token;
    this.supervisor = supervisor;
    this.meters = meters;
    this.restarts = new RestartRoute(stages);
    this.tails = new Tails(vertx, bus);
    this.forgetting = new Forgetting(vertx);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setUseAlpn(false)
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout(30)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(this::route);
  }

  /** Listens; the value knows the port. Fails when the port cannot be bound. */
  public static Future<OpsServer> listen(
      Vertx vertx,
      String host,
      int port,
      OpsToken token,
      Supervisor supervisor,
      MeshStages stages,
      PrometheusMeterRegistry meters,
      BusWatch bus) {
    OpsServer ops = new OpsServer(vertx, token, supervisor, stages, meters, bus);
    return ops.server.listen(port, host).map(bound -> ops);
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Closes the port. */
  public Future<Void> close() {
    return server.close();
  }

  private void route(HttpServerRequest request) {
    String path = request.path();
    boolean get = request.method().equals(HttpMethod.GET);
    if (get && path.equals("/health/live")) {
      answer(request, 200, "text/plain", "live\n");
    } else if (get && path.equals("/health/ready")) {
      stages(request, true);
    } else if (!token.accepts(request.getHeader("Authorization"))) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      answer(request, 401, "text/plain", "the token lies in ops.token of the data directory\n");
    } else if (get && path.equals("/metrics")) {
      answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
    } else if (get && path.equals("/stages")) {
      stages(request, false);
    } else if (get && path.equals("/tail")) {
      tail(request);
    } else if (get && path.equals("/figures")) {
      figures(request);
    } else if (get && path.equals("/nodes")) {
      restarts
          .nodes()
          .onSuccess(nodes -> answer(request, 200, "application/json", json(nodes)))
          .onFailure(cause -> failed(request, cause));
    } else if (RestartRoute.isRestart(request)) {
      restarts
          .restart(request)
          .onSuccess(words -> answer(request, 200, "text/plain", words + "\n"))
          .onFailure(cause -> failed(request, cause));
    } else if (request.method().equals(HttpMethod.POST) && path.equals("/forget")) {
      forget(request);
    } else {
      answer(request, 404, "text/plain", "nothing here\n");
    }
  }

  private void stages(HttpServerRequest request, boolean asHealth) {
    supervisor
        .reports()
        .onSuccess(
            reports -> {
              boolean ready = reports.stream().allMatch(r -> r.status() == StageReport.Status.UP);
              int status = asHealth && !ready ? 503 : 200;
              answer(request, status, "application/json", json(reports));
            })
        .onFailure(cause -> failed(request, cause));
  }

  private void tail(HttpServerRequest request) {
    try {
      tails.begin(request);
    } catch (QueryFailure refused) {
      failed(request, refused);
    }
  }

  private void figures(HttpServerRequest request) {
    Addresses.FIGURES
        .ask(vertx, new FiguresQuery(), FIGURES_DEADLINE)
        .onSuccess(figures -> answer(request, 200, "application/json", json(figures)))
        .onFailure(cause -> failed(request, cause));
  }

  private void forget(HttpServerRequest request) {
    // Whose name it is does not belong into a log.
    LOG.info("forgetting a person asked for");
    forgetting
        .forget(request.getParam("login"))
        .onSuccess(
            done ->
                answer(
                    request,
                    done == null ? 202 : 200,
                    "application/json",
                    done == null ? "" : json(done)))
        .onFailure(cause -> failed(request, cause));
  }

  private static void failed(HttpServerRequest request, Throwable cause) {
    int status = cause instanceof QueryFailure failure ? failure.code() : 500;
    answer(request, status, "text/plain", cause.getMessage() + "\n");
  }

  private static String json(Object record) {
    return new String(MeshJson.encode(record), StandardCharsets.UTF_8) + "\n";
  }

  private static void answer(HttpServerRequest request, int status, String type, String body) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", type)
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(body)
          .onFailure(cause -> LOG.debug("an operator went away", cause));
    }
  }
}
