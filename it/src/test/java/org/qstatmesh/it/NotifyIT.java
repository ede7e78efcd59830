package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.OneCluster;

/** A receiver hears of jobs and outages, though another one hangs; the feed tells them, too. */
@Timeout(300)
class NotifyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLUSTER = "openpbs";

  @TempDir private Path directory;
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private ServerSocket hanging;
  private OneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          heard.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    cluster = OneCluster.start(directory, Map.of("notify.json", hooks()));
  }

  private String hooks() {
    String when =
        """
        [{"event":"jobStarted","jobOwner":"dora"},{"event":"clusterDown","afterSeconds":0},
         {"event":"clusterUp","clusters":["openpbs"],"afterSeconds":0}]
        """;
    return """
        {"notify":{"hooks":{
          "good":{"url":"http://127.0.0.1:%d/token","minimumIntervalSeconds":1,"when":%s},
          "hanging":{"url":"http://127.0.0.1:%d/","minimumIntervalSeconds":1,"when":%s}}}}
        """
        .formatted(receiver.getAddress().getPort(), when, hanging.getLocalPort(), when);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    receiver.stop(0);
    hanging.close();
  }

  private void awaitHeard(String... events) throws Exception {
    Eventually.eventually(
        List.of(events) + " of all messages",
        Eventually.PATIENCE,
        () ->
            heard.stream()
                .map(json -> json.path("event").asText())
                .toList()
                .equals(List.of(events)),
        heard::toString);
  }

  @Test
  void jobsAndOutagesAreToldOnce() throws Exception {
    try (GridClient client = GridClient.watching(cluster.mesh().page(), CLUSTER)) {
      client.awaitHealthy(CLUSTER);
      cluster.startJob();
      awaitHeard("jobStarted");
      assertEquals("dora", heard.get(0).path("jobs").path("jobOwner").asText());
      cluster.mesh().restartStage("notify");
      cluster.probe().process().kill();
      awaitHeard("jobStarted", "clusterDown");
      assertEquals(
          "PROBE_UNREACHABLE", heard.get(1).path("failure").path("code").asText(), heard::toString);
      int rows = client.arrived(CLUSTER).size();
      cluster.probe().start();
      client.awaitHealthy(CLUSTER);
      awaitHeard("jobStarted", "clusterDown", "clusterUp");
      assertTrue(client.arrived(CLUSTER).size() > rows, "rows come though a receiver hangs");
      awaitFeed(client);
    }
    LogRules.assertNoException(cluster.mesh().log());
  }

  /** The newest three lines: back, away, and the cores that were taken. */
  private static void awaitFeed(GridClient client) throws Exception {
    JsonNode[] feed = new JsonNode[1];
    Eventually.eventually(
        "the feed",
        Eventually.PATIENCE,
        () -> {
          feed[0] =
              client.ask(
                  "grid.feed.query",
                  JSON.createObjectNode()
                      .put("cluster", CLUSTER)
                      .put("fromEpochMillis", 0)
                      .put("toEpochMillis", System.currentTimeMillis() + 60_000));
          JsonNode entries = feed[0].path("entries");
          return entries.path(0).path("cluster").path("change").asText().equals("CLUSTER_UP")
              && entries.path(1).path("cluster").path("change").asText().equals("CLUSTER_DOWN")
              && entries.path(2).path("use").path("user").asText().equals("dora")
              && entries.path(2).path("use").path("startedSlots").asInt() == 40;
        },
        () -> String.valueOf(feed[0]));
  }
}
