package org.qstatmesh.broadcast.browser;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.broadcast.browser.rest.RestApi;
import org.qstatmesh.broadcast.browser.rest.RestDocument;
import org.qstatmesh.bus.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, on the browsers' own event loop. */
final class BrowserVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BrowserVerticle.class);
  private static final String BRIDGE = "/eventbus";
  private static final String BRIDGE_WEBSOCKET = BRIDGE + "/websocket";
  private static final Duration CHECK = Duration.ofMillis(500);

  /** Longest frame and message of a browser; a question takes a few hundred bytes. */
  private static final int INBOUND_BYTES = 16 * 1_024;

  /** A kernel that buffers megabytes for a browser that sleeps hides that it sleeps. */
  private static final int SEND_BUFFER_BYTES = 64 * 1_024;

  private static final int CLOSING_SECONDS = 2;

  private final BrowserServer.Settings settings;
  private final PageServer page;
  private final GridTraffic traffic;
  private final GridQuestions questions;
  private final RequestGuard guard;
  private final RestDocument document;
  private GridBridge bridge;
  private RestApi programs;
  private Router router;
  private HttpServer server;

  BrowserVerticle(
      BrowserServer.Settings settings,
      PageServer page,
      GridTraffic traffic,
      GridQuestions questions,
      RestDocument document) {
    this.settings = settings;
    this.page = page;
    this.traffic = traffic;
    this.questions = questions;
    this.document = document;
    this.guard = new RequestGuard(RequestGuard.isLoopback(settings.host()), settings.origins());
  }

  @Override
  public Future<?> start() {
    BrowserLimits limits = settings.limits();
    bridge =
        new GridBridge(
            limits, traffic, new QueryDesk(context, questions, limits, traffic), Clock.systemUTC());
    RestDesk desk = new RestDesk(context, bridge, questions, guard, traffic);
    programs = new RestApi(desk, settings.programs(), document, Clock.systemUTC());
    router = Router.router(vertx);
    router.route(BRIDGE + "/*").subRouter(sockJs());
    server =
        vertx
            .createHttpServer(options(limits))
            .requestHandler(this::handle)
            .invalidRequestHandler(this::refuse)
            .exceptionHandler(
                broken -> LOG.debug("connection: {}", Printable.escape(broken.getMessage())));
    check();
    return server.listen(SocketAddress.inetSocketAddress(settings.port(), settings.host()));
  }

  /** Ends within {@link #CLOSING_SECONDS}; at once where every browser answers its close frame. */
  @Override
  public Future<?> stop() {
    if (server == null) {
      return Future.succeededFuture();
    }
    // An event loop that ends amid a closing handshake leaves the connection open for ever.
    bridge.close();
    return server.shutdown(CLOSING_SECONDS, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  /** On this verticle's context. */
  void offer(Set<String> clusters) {
    context.runOnContext(go -> bridge.offer(clusters));
  }

  /** Any thread; frames keep their order. */
  void push(Frame frame) {
    context.runOnContext(go -> bridge.push(frame));
  }

  /** Asks what browsers will ask; on this verticle's context. */
  void rehearse() {
    Rehearsal rehearsal = new Rehearsal(questions, Clock.systemUTC());
    context.runOnContext(go -> rehearsal.begin(bridge.clusters()));
  }

  private Router sockJs() {
    SockJSHandlerOptions options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
    for (Transport transport : Transport.values()) {
      if (transport != Transport.WEBSOCKET) {
        options.addDisabledTransport(transport.name());
      }
    }
    return SockJSHandler.create(vertx, options).socketHandler(bridge::accept);
  }

  private static HttpServerOptions options(BrowserLimits limits) {
    int idleSeconds = (int) limits.idleTimeout().toSeconds();
    return new HttpServerOptions()
        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setReadIdleTimeout(idleSeconds)
        .setWriteIdleTimeout(idleSeconds)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setMaxWebSocketFrameSize(INBOUND_BYTES)
        .setMaxWebSocketMessageSize(INBOUND_BYTES)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        // Frames are shared by all sockets; compression would make one for each.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private void check() {
    try {
      bridge.check();
    } finally {
      vertx.setTimer(CHECK.toMillis(), again -> check());
    }
  }

  private void refuse(HttpServerRequest request) {
    SecurityHeaders.put(request.response().headers());
    HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
  }

  private void handle(HttpServerRequest request) {
    SecurityHeaders.put(request.response().headers());
    if (!guard.allowsHost(request.getHeader("Host"))) {
      traffic.dropped(GridTraffic.Drop.FORBIDDEN);
      refuse(request, 403, "this name does not lead here; see web.origins");
    } else if (hasBody(request)) {
      request.response().putHeader("Connection", "close");
      refuse(request, 413, "no request here has a body");
    } else if (BRIDGE_WEBSOCKET.equals(request.path())) {
      open(request);
    } else if (RestApi.owns(request.path())) {
      programs.answer(request);
    } else {
      SecurityHeaders.allowFrames(
          request.response().headers(), request.path(), request.query(), settings.embedders());
      page.answer(request);
    }
  }

  private void refuse(HttpServerRequest request, int status, String why) {
    if (RestApi.owns(request.path())) {
      programs.refuse(request, status, why);
    } else {
      PageServer.text(request, status, why);
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  private void open(HttpServerRequest request) {
    if (!guard.allowsOrigin(request.getHeader("Origin"), request.getHeader("Host"))) {
      traffic.dropped(GridTraffic.Drop.FORBIDDEN);
      PageServer.text(request, 403, "this origin may not listen here; see web.origins");
    } else if (traffic.sockets() >= settings.limits().sockets()) {
      traffic.dropped(GridTraffic.Drop.FULL);
      PageServer.text(request, 503, "too many browsers");
    } else {
      router.handle(request);
    }
  }
}
