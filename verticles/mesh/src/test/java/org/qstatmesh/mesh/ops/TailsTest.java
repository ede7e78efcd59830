package org.qstatmesh.mesh.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.mesh.supervise.Backoff;
import org.qstatmesh.mesh.supervise.MeshStages;
import org.qstatmesh.mesh.supervise.Stage;
import org.qstatmesh.mesh.supervise.Supervisor;

/** Reads the operators' port byte by byte: a slow reader is part of it. */
@Timeout(60)
class TailsTest {
  @TempDir Path data;
  private Vertx vertx;
  private OpsServer server;
  private OpsToken token;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    token = OpsToken.ofServer(data);
    Supervisor supervisor =
        new Supervisor(
            vertx, null, EnumSet.of(Stage.STORE), (stage, config) -> new Empty(), Backoff.USUAL);
    server =
        await(
            OpsServer.listen(
                vertx,
                "127.0.0.1",
                0,
                token,
                supervisor,
                new MeshStages(vertx, "front", supervisor),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                BusWatch.install(vertx, (address, nanos) -> {})));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void showsWhatIsAtAnAddressAndBelowIt() throws Exception {
    try (Reader reader = new Reader("mesh.tunnel")) {
      Addresses.SNAPSHOT_STORED.publish(vertx, new SnapshotStored("hpc1", "other"));
      Addresses.TUNNEL_STATE.publish(
          vertx, new TunnelState("n", "hpc1", TunnelState.Status.OPEN, "tcp://h:1", 5, null));
      JsonNode line = reader.next();
      assertEquals("mesh.tunnel.state", line.path("address").asText());
      assertEquals("published", line.path("kind").asText());
      assertEquals("TunnelState", line.path("type").asText());
      assertEquals("hpc1", line.path("body").path("cluster").asText());
      assertTrue(line.path("atEpochMillis").asLong() > 0, line::toString);
    }
  }

  @Test
  void messagesOfTheNodeItselfAreShownToo() throws Exception {
    try (Reader reader = new Reader("mesh.people")) {
      People people =
          new People(List.of(new People.Person("a", "\"A\"\n", null, Map.of())), List.of());
      Addresses.PEOPLE_CONFIGURED.publish(vertx, new PeopleConfigured(people));
      assertTrue(reader.next().path("body").toString().contains("\\\"A\\\"\\n"));
    }
  }

  @Test
  void aSlowReaderLosesMessagesAndIsToldHowMany() throws Exception {
    String large = "s".repeat(20_000);
    int sent = 4 * Tail.WAITING;
    try (Reader reader = new Reader("mesh.snapshot")) {
      for (int number = 0; number < sent; number++) {
        Addresses.SNAPSHOT_STORED.publish(vertx, new SnapshotStored("c" + number, large));
      }
      List<Integer> got = new ArrayList<>();
      long lost = 0;
      while (got.size() + lost < sent) {
        JsonNode line = reader.next();
        if (line.path("lost").isNumber()) {
          lost += line.path("lost").asLong();
        } else {
          got.add(Integer.parseInt(line.path("body").path("cluster").asText().substring(1)));
        }
      }
      assertEquals(sent, got.size() + lost);
      assertTrue(lost > 0, "80 MB went through whatever is between");
      assertEquals(got.stream().sorted().distinct().toList(), got);
      Addresses.SNAPSHOT_STORED.publish(vertx, new SnapshotStored("after", "s"));
      assertEquals("after", reader.next().path("body").path("cluster").asText());
    }
  }

  @Test
  void whoGoesAwayMakesRoomForOthers() throws Exception {
    List<Reader> readers = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      readers.add(new Reader("mesh"));
    }
    try (Reader ninth = new Reader("mesh")) {
      assertEquals("HTTP/1.1 503 Service Unavailable", ninth.status());
    }
    for (Reader reader : readers) {
      reader.close();
    }
    long until = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try (Reader again = new Reader("mesh")) {
        if (again.status().contains(" 200 ")) {
          return;
        }
      }
      assertTrue(System.nanoTime() < until, "nobody who went made room");
    }
  }

  @Test
  void whatIsNoAddressIsRefused() throws Exception {
    for (String bad : List.of("", "*", "mesh..x", "mesh.%0a")) {
      try (Reader reader = new Reader(bad)) {
        assertEquals("HTTP/1.1 400 Bad Request", reader.status(), bad);
      }
    }
  }

  private final class Reader implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Socket socket;
    private final BufferedReader lines;
    private final String status;

    /** Has read the head, and the first line when there is one: it is heard from now on. */
    Reader(String address) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
      out.write("GET /tail?address=" + address + " HTTP/1.1\r\nHost: localhost\r\n");
      out.write("Authorization: " + token.header() + "\r\n\r\n");
      out.flush();
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      status = lines.readLine();
      String line = lines.readLine();
      while (!line.isEmpty()) {
        line = lines.readLine();
      }
    }

    String status() {
      return status;
    }

    /** Lines of the chunks themselves begin with no brace. */
    JsonNode next() throws IOException {
      String line = lines.readLine();
      while (!line.startsWith("{")) {
        line = lines.readLine();
      }
      return json.readTree(line);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static final class Empty extends VerticleBase {}
}
