package org.qstatmesh.broadcast.notify;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts bodies to one receiver, each over a connection of its own. Event loop only.
 *
 * <p>Redirects are not followed: they would take a signed body elsewhere. The answer's body is not
 * read, however long it is: the connection ends with the status.
 */
final class HookCall {
  private static final int ANSWER_HEADER_BYTES = 8_192;

  private final Vertx vertx;
  private final HookConfig hook;
  private final Duration deadline;
  private final Clock clock;
  private final HttpClient client;

  HookCall(Vertx vertx, HookConfig hook, Duration deadline, Clock clock) {
    this.vertx = vertx;
    this.hook = hook;
    this.deadline = deadline;
    this.clock = clock;
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl("https".equals(hook.url().getScheme()))
            .setVerifyHost(true)
            .setConnectTimeout((int) deadline.toMillis())
            .setSslHandshakeTimeout(deadline.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxHeaderSize(ANSWER_HEADER_BYTES)
            .setKeepAlive(false);
    if (hook.caFile() != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(hook.caFile().toString()));
    }
    client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(2).setMaxWaitQueueSize(2))
            .build();
  }

  /**
   * One try; the status of the answer. Fails with what the network or the secret's file say, {@link
   * TimeoutException} after the deadline.
   */
  Future<Integer> post(Notice notice) {
    byte[] body = notice.body(hook.format());
    Exchange exchange = new Exchange();
    return headers(notice, body)
        .compose(headers -> client.request(options(headers)))
        .compose(request -> exchange.send(request, Buffer.buffer(body)))
        .map(HttpClientResponse::statusCode)
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> exchange.end());
  }

  Future<Void> close() {
    return client.close();
  }

  private RequestOptions options(MultiMap headers) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(hook.url().toString())
        .setHeaders(headers)
        .setFollowRedirects(false)
        .setConnectTimeout(deadline.toMillis());
  }

  private Future<MultiMap> headers(Notice notice, byte[] body) {
    long timestamp = clock.millis() / 1_000;
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(HttpHeaders.CONTENT_TYPE, hook.format().contentType())
            .add(HttpHeaders.USER_AGENT, "qstat-mesh")
            .add("webhook-id", notice.id())
            .add("webhook-timestamp", Long.toString(timestamp));
    if (hook.secretFile() == null) {
      return Future.succeededFuture(headers);
    }
    // Read each time, so that a secret can be renewed while the mesh runs.
    return vertx
        .fileSystem()
        .readFile(hook.secretFile().toString())
        .map(
            text ->
                headers.add(
                    "webhook-signature",
                    HookSecret.parse(text.toString()).sign(notice.id(), timestamp, body)));
  }

  /** Ends the connection whatever became of the try, also one that comes after the deadline. */
  private static final class Exchange {
    private HttpClientRequest request;
    private boolean over;

    Future<HttpClientResponse> send(HttpClientRequest opened, Buffer body) {
      request = opened;
      if (over) {
        end();
        return Future.failedFuture(new TimeoutException());
      }
      return request
          .send(body)
          .onSuccess(
              response ->
                  // That we end it ourselves is no error of the answer.
                  response.exceptionHandler(ended -> {}));
    }

    void end() {
      over = true;
      if (request != null) {
        // Nobody waits for the connection's end; the client closes what is left of it.
        request.connection().close();
      }
    }
  }
}
