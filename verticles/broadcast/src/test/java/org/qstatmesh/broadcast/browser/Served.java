package org.qstatmesh.broadcast.browser;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The browsers' side with a page of the tests, on a free port. */
final class Served implements AutoCloseable {
  /** A body as a row would be. */
  record Body(String text, int revision) {}

  final Vertx vertx = Vertx.vertx();
  private final Vertx clients = Vertx.vertx();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final BrowserServer server;
  private int revision;

  Served(GridQuestions questions) {
    this(questions, BrowserLimits.DEFAULT, List.of());
  }

  Served(GridQuestions questions, BrowserLimits limits, List<String> origins) {
    this(questions, new BrowserServer.Settings("127.0.0.1", 0, false, origins, List.of(), limits));
  }

  Served(GridQuestions questions, BrowserServer.Settings settings) {
    server = await(BrowserServer.start(vertx, settings, questions, meters, "page"));
    server.offer(Set.of("hpc1", "hpc2"));
  }

  static GridQuestions nobody() {
    return question -> Future.succeededFuture("{}".getBytes(StandardCharsets.UTF_8));
  }

  static BrowserLimits patience(Duration ping, Duration stall, Duration idle) {
    BrowserLimits d = BrowserLimits.DEFAULT;
    return new BrowserLimits(
        d.sockets(),
        ping,
        stall,
        idle,
        d.unsentBytes(),
        d.noticesWaiting(),
        d.framesPerSecond(),
        d.frameBurst(),
        d.queriesAtWork(),
        d.queriesWaiting(),
        d.queriesAtWorkInAll(),
        d.answerBytes(),
        d.answerBytesInAll());
  }

  int port() {
    return server.address().port();
  }

  Browser browser() throws Exception {
    return new Browser(clients, port());
  }

  void push(String cluster, String text) {
    server.pushRow(cluster, new Body(text, ++revision), System.currentTimeMillis());
  }

  double counter(String name) {
    var counter = meters.find("qstatmesh.broadcast." + name).counter();
    return counter == null ? 0 : counter.count();
  }

  double drops(GridTraffic.Drop reason) {
    var counter = meters.find("qstatmesh.broadcast.drops").tag("reason", reason.name()).counter();
    return counter == null ? 0 : counter.count();
  }

  int gauge(String name) {
    return (int) meters.get("qstatmesh.broadcast." + name).gauge().value();
  }

  static JsonObject json(String text) {
    return new JsonObject(text);
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    // The clients first: one that closes while its server vanishes waits long for an answer.
    await(clients.close());
    await(server.stop());
    await(vertx.close());
  }
}
