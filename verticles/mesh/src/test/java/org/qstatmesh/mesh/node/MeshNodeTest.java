package org.qstatmesh.mesh.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.NodeFigures;
import org.qstatmesh.mesh.ops.OpsClient;
import org.qstatmesh.mesh.supervise.Stage;

@Timeout(120)
class MeshNodeTest {
  @TempDir Path directory;
  private Path conf;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    conf = Files.createDirectory(directory.resolve("conf"));
    data = directory.resolve("data");
    conf("{\"web\":{\"port\":0,\"title\":\"T\"},\"ops\":{\"port\":0}}");
  }

  @Test
  void servesPageAndOperatorsAndRestartsAStage() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      assertEquals(200, get(node.pageUrl()).statusCode());
      assertEquals(200, get(node.opsUrl() + "health/ready").statusCode());
      OpsClient ops = OpsClient.of(data, null);
      for (Stage stage : Stage.values()) {
        assertEquals(
            stage.label() + " is up again\n", ops.call("POST", "/restart/" + stage.label()));
      }
      String metrics = ops.call("GET", "/metrics");
      assertTrue(
          metrics.contains("vertx_eventbus_handlers{address=\"mesh.latest.query\""), metrics);
    }
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
  }

  @Test
  void tellsWhatItCounts() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      OpsClient ops = OpsClient.of(data, null);
      NodeFigures figures = awaitFigures(ops, MeshNodeTest::complete);
      assertEquals(node.name(), figures.node());
      assertEquals(
          List.of("broadcast", "store", "notify", "tunnel", "poller"),
          figures.stages().stream().map(NodeFigures.StageFigures::stage).toList());
      assertTrue(figures.memory().residentBytes() > 1_000_000, figures::toString);
      assertTrue(figures.store().databaseBytes() > 1_000, figures::toString);
      assertEquals(0, figures.browsers().browsers());
      String metrics = ops.call("GET", "/metrics");
      assertTrue(
          metrics.contains("qstatmesh_bus_latency_seconds{address=\"mesh.node.figures\""), metrics);
      NodeFigures later =
          awaitFigures(ops, next -> beats(next).delivered() > beats(figures).delivered());
      assertTrue(later.atEpochMillis() > figures.atEpochMillis());
    }
  }

  private static boolean complete(NodeFigures figures) {
    return figures.stages().stream().allMatch(stage -> stage.status().equals("UP"))
        && figures.store() != null
        && figures.addresses().stream().anyMatch(one -> one.address().equals("mesh.poller.alive"))
        && beats(figures).p99Millis() != null;
  }

  private static NodeFigures.AddressFigures beats(NodeFigures figures) {
    return figures.addresses().stream()
        .filter(one -> one.address().equals("mesh.poller.alive"))
        .findFirst()
        .orElseThrow();
  }

  private static NodeFigures awaitFigures(OpsClient ops, Predicate<NodeFigures> wanted)
      throws Exception {
    long until = System.nanoTime() + 30_000_000_000L;
    while (true) {
      String json = ops.call("GET", "/figures");
      FiguresAnswer answer =
          MeshJson.decode(json.getBytes(StandardCharsets.UTF_8), FiguresAnswer.class);
      if (answer.nodes().size() == 1 && wanted.test(answer.nodes().get(0).figures())) {
        return answer.nodes().get(0).figures();
      }
      assertTrue(System.nanoTime() < until, json);
    }
  }

  @Test
  void aSecondNodeMayNotShareTheDataDirectory() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      StartException refused =
          assertThrows(
              StartException.class, () -> MeshNode.start(NodeOptions.everything(conf, data)));
      assertEquals(StartException.UNAVAILABLE, refused.exitCode());
      assertEquals(200, get(node.pageUrl()).statusCode());
    }
    MeshNode.start(NodeOptions.everything(conf, data)).close();
  }

  @Test
  void aTakenPortIsSaidWithItsNumber() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      conf("{\"web\":{\"port\":" + taken.getLocalPort() + "},\"ops\":{\"port\":0}}");
      StartException refused =
          assertThrows(
              StartException.class, () -> MeshNode.start(NodeOptions.everything(conf, data)));
      assertEquals(StartException.UNAVAILABLE, refused.exitCode());
      assertTrue(refused.getMessage().contains(":" + taken.getLocalPort()), refused.getMessage());
    }
  }

  @Test
  void aNodeWithoutBroadcastHasNoPage() throws Exception {
    NodeOptions options = new NodeOptions(conf, data, EnumSet.of(Stage.STORE));
    try (MeshNode node = MeshNode.start(options)) {
      assertNull(node.pageUrl());
    }
  }

  @Test
  void aStoreThatCannotBeIsAMatterOfConfiguration() throws Exception {
    conf("{\"web\":{\"port\":0},\"ops\":{\"port\":0},\"store\":{\"url\":\"jdbc:oracle:x\"}}");
    StartException refused =
        assertThrows(
            StartException.class, () -> MeshNode.start(NodeOptions.everything(conf, data)));
    assertEquals(StartException.CONFIGURATION, refused.exitCode());
    assertTrue(refused.getMessage().contains("mesh.json#/store/url"), refused.getMessage());
  }

  @Test
  void severalNodesNeedToBeTold() throws Exception {
    assertTrue(refusalOfClustered("").contains("node.members"));
  }

  @Test
  void severalNodesOnANetworkNeedCertificates() throws Exception {
    String refusal =
        refusalOfClustered(",\"node\":{\"host\":\"192.0.2.10\",\"members\":[\"192.0.2.10:5701\"]}");
    assertTrue(refusal.contains("node.tls"), refusal);
  }

  private String refusalOfClustered(String node) throws Exception {
    conf("{\"web\":{\"port\":0},\"ops\":{\"port\":0}" + node + "}");
    NodeOptions options = new NodeOptions(conf, data, EnumSet.of(Stage.STORE), true);
    StartException refused = assertThrows(StartException.class, () -> MeshNode.start(options));
    assertEquals(StartException.CONFIGURATION, refused.exitCode());
    return refused.getMessage();
  }

  @Test
  void ipv6AddressesStandInBracketsInAUrl() {
    assertEquals("http://[::1]:7622/", MeshNode.url("::1", 7622));
    assertEquals("http://[::1]:7622/", MeshNode.url("[::1]", 7622));
    assertEquals("http://127.0.0.1:8080/", MeshNode.url("127.0.0.1", 8080));
  }

  private void conf(String json) throws IOException {
    Files.writeString(conf.resolve("mesh.json"), json);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
