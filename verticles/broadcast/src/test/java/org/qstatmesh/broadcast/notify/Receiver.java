package org.qstatmesh.broadcast.notify;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A real receiver of messages, which answers as a test wants. */
public final class Receiver {
  /** What arrived. */
  public record Posted(String path, MultiMap headers, Buffer body) {}

  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final String scheme;

  /** Answers the n-th request, from 1, as {@code answer} does. */
  public static Receiver start(Vertx vertx, BiConsumer<Integer, HttpServerRequest> answer) {
    return new Receiver(vertx, new HttpServerOptions(), answer);
  }

  Receiver(Vertx vertx, HttpServerOptions options, BiConsumer<Integer, HttpServerRequest> answer) {
    scheme = options.isSsl() ? "https" : "http";
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              posted.add(new Posted(request.path(), request.headers(), body));
                              answer.accept(posted.size(), request);
                            }));
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  /** Where it is. */
  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.actualPort() + "/hooks/token?key=a%20b");
  }

  /** What arrived, in this order. */
  public List<Posted> posted() {
    return posted;
  }
}
