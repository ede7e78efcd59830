package org.qstatmesh.broadcast.browser;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A browser that speaks the bridge's frames over its raw websocket; blocks the test's thread. */
public final class Browser {
  private static final int DEADLINE_SECONDS = 10;

  private final WebSocketClient client;
  private final WebSocket socket;
  private final LinkedBlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();

  public Browser(Vertx vertx, int port) throws Exception {
    client = vertx.createWebSocketClient();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/eventbus/websocket");
    socket =
        client
            .connect(options)
            .onSuccess(
                open -> {
                  open.binaryMessageHandler(data -> frames.add(data.toJsonObject()));
                  open.closeHandler(gone -> closed.complete(open.closeStatusCode()));
                })
            .toCompletionStage()
            .toCompletableFuture()
            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public Browser send(String text) {
    socket.writeTextMessage(text);
    return this;
  }

  public Browser send(JsonObject frame) {
    return send(frame.encode());
  }

  public Browser sendBinary(String text) {
    socket.writeBinaryMessage(Buffer.buffer(text));
    return this;
  }

  public Browser register(String address) {
    return send(new JsonObject().put("type", "register").put("address", address));
  }

  public Browser unregister(String address) {
    return send(new JsonObject().put("type", "unregister").put("address", address));
  }

  public JsonObject ask(String address, JsonObject body) throws Exception {
    send(question(address, "reply-1", body));
    return next(frame -> "reply-1".equals(frame.getString("address")));
  }

  public static JsonObject question(String address, String replyAddress, JsonObject body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", address)
        .put("replyAddress", replyAddress)
        .put("body", body);
  }

  /** A ping and its pong: all frames sent before it were dealt with. */
  public void settle() throws Exception {
    send("{\"type\":\"ping\"}");
    next(frame -> "pong".equals(frame.getString("type")));
  }

  public JsonObject next() throws Exception {
    JsonObject frame = frames.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame in " + DEADLINE_SECONDS + " s");
    }
    return frame;
  }

  /** The next frame for which {@code wanted} holds; those before it are thrown away. */
  public JsonObject next(Predicate<JsonObject> wanted) throws Exception {
    JsonObject frame = next();
    while (!wanted.test(frame)) {
      frame = next();
    }
    return frame;
  }

  /** The body of the next push at this address. */
  public JsonObject row(String address) throws Exception {
    return next(frame ->
            "rec".equals(frame.getString("type")) && address.equals(frame.getString("address")))
        .getJsonObject("body");
  }

  /** The body of the next push at this address for which {@code wanted} holds. */
  public JsonObject row(String address, Predicate<JsonObject> wanted) throws Exception {
    JsonObject body = row(address);
    while (!wanted.test(body)) {
      body = row(address);
    }
    return body;
  }

  public int framesWaiting() {
    return frames.size();
  }

  /** Blocks until the server has closed; the status code. */
  public short closedWith() throws Exception {
    return closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  public void close() throws Exception {
    socket.close();
    closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    client.close();
  }
}
