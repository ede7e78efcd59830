package org.qstatmesh.it.kit;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A browser without a screen: speaks the bridge's frames over a raw websocket. */
public final class GridClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The bridge closes a connection that has been silent for ten. */
  private static final long PING_SECONDS = 3;

  private static final String OVERVIEW = "grid.clusters";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConcurrentMap<String, List<Arrived>> rows = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<JsonNode>> asked =
      new ConcurrentHashMap<>();
  private final ScheduledExecutorService pings =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pings");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger questions = new AtomicInteger();
  private final WebSocket socket;
  private final ScheduledFuture<?> pinging;
  private volatile JsonNode overview;

  /**
   * A row, and when it came.
   *
   * @param nanos {@link System#nanoTime()} of its arrival
   * @param row its body
   */
  public record Arrived(long nanos, JsonNode row) {}

  private GridClient(URI page) throws Exception {
    URI bridge = URI.create("ws://" + page.getAuthority() + "/eventbus/websocket");
    socket =
        http.newWebSocketBuilder()
            .header("Origin", "http://" + page.getAuthority())
            .buildAsync(bridge, new Frames())
            .get(30, SECONDS);
    pinging = pings.scheduleWithFixedDelay(this::ping, PING_SECONDS, PING_SECONDS, SECONDS);
  }

  /** Connects to a page's bridge and asks for the rows of these clusters. */
  public static GridClient watching(URI page, String... clusters) throws Exception {
    GridClient client = new GridClient(page);
    for (String cluster : clusters) {
      client.rows.put(cluster, new CopyOnWriteArrayList<>());
      client.send(frame("register", "grid.cluster." + cluster));
    }
    return client;
  }

  /** Asks for the overview of all clusters and of the mesh. */
  public void watchOverview() throws Exception {
    send(frame("register", OVERVIEW));
  }

  /** Blocks until the newest overview's {@code mesh.history} is as wanted; that. */
  public JsonNode awaitHistoryState(String what, Duration deadline, Predicate<JsonNode> wanted)
      throws Exception {
    Eventually.eventually(
        what,
        deadline,
        () -> overview != null && wanted.test(historyState()),
        () -> String.valueOf(overview));
    return historyState();
  }

  /** Blocks until the newest overview is as wanted; that. */
  public JsonNode awaitOverview(String what, Predicate<JsonNode> wanted) throws Exception {
    Eventually.eventually(
        what,
        Eventually.PATIENCE,
        () -> overview != null && wanted.test(overview),
        () -> String.valueOf(overview));
    return overview;
  }

  /** The newest overview; null before the first, or when nobody asked for it. */
  public JsonNode overview() {
    return overview;
  }

  private JsonNode historyState() {
    return overview.path("mesh").path("history");
  }

  private static ObjectNode frame(String type, String address) {
    return JSON.createObjectNode().put("type", type).put("address", address);
  }

  private synchronized void send(JsonNode frame) throws Exception {
    socket.sendText(frame.toString(), true).get(30, SECONDS);
  }

  private void ping() {
    try {
      send(JSON.createObjectNode().put("type", "ping"));
    } catch (Exception e) {
      // A server that is gone is told by what does not come.
      pings.shutdown();
    }
  }

  /** Every row of a cluster that came, oldest first. */
  public List<Arrived> arrived(String cluster) {
    return rows.get(cluster);
  }

  /** The newest row of a cluster; null before the first. */
  public JsonNode row(String cluster) {
    List<Arrived> all = rows.get(cluster);
    return all.isEmpty() ? null : all.get(all.size() - 1).row();
  }

  /** Blocks until the newest row of a cluster is as wanted; that row. */
  public JsonNode awaitRow(String cluster, String what, Predicate<JsonNode> wanted)
      throws Exception {
    return awaitRow(cluster, what, Eventually.PATIENCE, wanted);
  }

  /** As the other, with a deadline of its own. */
  public JsonNode awaitRow(
      String cluster, String what, Duration deadline, Predicate<JsonNode> wanted) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    Eventually.eventually(
        cluster + ": " + what,
        deadline,
        () -> {
          JsonNode row = row(cluster);
          if (row != null && wanted.test(row)) {
            found.add(row);
          }
          return !found.isEmpty();
        },
        () -> String.valueOf(row(cluster)));
    return found.get(0);
  }

  /** Blocks until a row is UP without a failure. */
  public JsonNode awaitHealthy(String cluster) throws Exception {
    return awaitRow(cluster, "UP without a failure", GridClient::healthy);
  }

  /** Blocks until a row names this failure. */
  public JsonNode awaitFailure(String cluster, String code) throws Exception {
    return awaitRow(cluster, code, row -> code.equals(failureCode(row)));
  }

  /** UP and nothing failed. */
  public static boolean healthy(JsonNode row) {
    return row.path("status").asText().equals("UP") && row.path("failure").isNull();
  }

  /** What failed; null when nothing. */
  public static String failureCode(JsonNode row) {
    return row.path("failure").path("code").textValue();
  }

  /** Asks one of the grid's queries and returns the answer's body, or the bridge's error frame. */
  public JsonNode ask(String address, ObjectNode body) throws Exception {
    String reply = "reply-" + questions.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(reply, answer);
    ObjectNode question = frame("send", address).put("replyAddress", reply);
    question.set("body", body);
    send(question);
    return answer.get(30, SECONDS);
  }

  @Override
  public void close() {
    pinging.cancel(false);
    pings.shutdownNow();
    socket.abort();
  }

  private void received(byte[] text) {
    long now = System.nanoTime();
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(new String(text, StandardCharsets.UTF_8), e);
    }
    String address = frame.path("address").asText();
    CompletableFuture<JsonNode> answer = asked.remove(address);
    if (answer != null) {
      answer.complete(frame.has("body") ? frame.get("body") : frame);
    } else if (address.equals(OVERVIEW) && frame.has("body")) {
      overview = frame.get("body");
    } else if (address.startsWith("grid.cluster.") && frame.has("body")) {
      rows.get(address.substring("grid.cluster.".length()))
          .add(new Arrived(now, frame.get("body")));
    }
  }

  /** Puts the parts of a message together; the bridge sends binary ones. */
  private final class Frames implements WebSocket.Listener {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      return add(from, part, last);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      return add(from, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private CompletionStage<?> add(WebSocket from, byte[] part, boolean last) {
      message.writeBytes(part);
      if (last) {
        byte[] whole = message.toByteArray();
        message.reset();
        received(whole);
      }
      from.request(1);
      return null;
    }
  }
}
