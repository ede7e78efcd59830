package org.qstatmesh.mesh.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.supervise.Backoff;
import org.qstatmesh.mesh.supervise.MeshStages;
import org.qstatmesh.mesh.supervise.Stage;
import org.qstatmesh.mesh.supervise.Supervisor;
import org.qstatmesh.store.keep.Retention;

@Timeout(30)
class OpsServerTest {
  private static final MeshConfig CONFIG =
      new MeshConfig(
          new MeshConfig.Web("127.0.0.1", 0, false, "Clusters", List.of(), List.of()),
          new MeshConfig.Ops("127.0.0.1", 0),
          new MeshConfig.Store("jdbc:sqlite:a.db", Retention.USUAL, null),
          List.of());

  @TempDir Path data;
  private Vertx vertx;
  private Supervisor supervisor;
  private URI url;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    supervisor =
        new Supervisor(
            vertx, CONFIG, EnumSet.of(Stage.STORE), (stage, config) -> new Empty(), Backoff.USUAL);
    MeshStages stages = new MeshStages(vertx, "front", supervisor);
    await(stages.serve());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.counter("qstatmesh.poller.polls", "cluster", "hpc1").increment();
    OpsServer server =
        await(
            OpsServer.listen(
                vertx,
                "127.0.0.1",
                0,
                OpsToken.ofServer(data),
                supervisor,
                stages,
                meters,
                BusWatch.install(vertx, (address, nanos) -> {})));
    url = URI.create("http://127.0.0.1:" + server.port() + "/");
    Files.writeString(data.resolve(OpsClient.URL_FILE), url + "\n");
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void healthNeedsNoTokenAndFollowsTheStages() throws Exception {
    assertEquals(200, get("health/live").statusCode());
    assertEquals(503, get("health/ready").statusCode());
    await(supervisor.start());
    assertEquals(200, get("health/ready").statusCode());
  }

  @Test
  void everythingElseNeedsTheToken() throws Exception {
    for (String path :
        List.of(
            "metrics",
            "stages",
            "nodes",
            "figures",
            "tail?address=mesh",
            "restart/store",
            "forget?login=alice",
            "nowhere")) {
      assertEquals(401, get(path).statusCode(), path);
    }
  }

  @Test
  void tokenIsForItsOwnerOnlyAndSurvivesARestart() throws Exception {
    Path file = data.resolve("ops.token");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(OpsToken.read(data).header(), OpsToken.ofServer(data).header());
  }

  @Test
  void anEmptyTokenOpensNothing() throws Exception {
    Files.writeString(data.resolve("ops.token"), "\n");
    IOException refused = assertThrows(IOException.class, () -> OpsToken.ofServer(data));
    assertTrue(refused.getMessage().contains("ops.token is empty"), refused.getMessage());
  }

  @Test
  void metricsAreForPrometheus() throws Exception {
    String metrics = client().call("GET", "metrics");
    assertTrue(metrics.contains("qstatmesh_poller_polls_total{cluster=\"hpc1\"} 1.0"), metrics);
  }

  @Test
  void restartsAStage() throws Exception {
    await(supervisor.start());
    assertEquals("store is up again\n", client().call("POST", "/restart/store"));
    String stages = client().call("GET", "/stages");
    assertTrue(stages.contains("\"restarts\":1"), stages);
  }

  @Test
  void saysWhichStagesThereAre() {
    IOException unknown =
        assertThrows(IOException.class, () -> client().call("POST", "/restart/kitchen"));
    assertTrue(
        unknown.getMessage().contains("broadcast, store, notify, tunnel, poller"),
        unknown.getMessage());
    IOException elsewhere =
        assertThrows(IOException.class, () -> client().call("POST", "/restart/poller"));
    assertTrue(elsewhere.getMessage().contains("does not run here"), elsewhere.getMessage());
  }

  @Test
  void forgetsThroughTheStoreAndSaysWhatCameOfIt() throws Exception {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    await(
        Addresses.FORGET
            .serve(
                vertx,
                question -> {
                  asked.add(question.login());
                  return Future.succeededFuture(new ForgetAnswer(2, 70, 1_000));
                })
            .ready());
    assertEquals(new ForgetAnswer(2, 70, 1_000), client().forget("a&b=c d\u00e9"));
    assertEquals(Set.of("a&b=c d\u00e9"), asked);
    asked.clear();
    client().forget("a&b=c d\u00e9");
    assertEquals(1, asked.size(), "a later question must not get an earlier answer");
  }

  @Test
  void forgetsOnePersonAfterTheOther() throws Exception {
    Promise<ForgetAnswer> slow = Promise.promise();
    CountDownLatch begun = new CountDownLatch(1);
    await(
        Addresses.FORGET
            .serve(
                vertx,
                question -> {
                  begun.countDown();
                  return slow.future();
                })
            .ready());
    CompletableFuture<ForgetAnswer> first = CompletableFuture.supplyAsync(() -> forget("alice"));
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    IOException other = assertThrows(IOException.class, () -> client().forget("bob"));
    assertTrue(other.getMessage().contains("another login"), other.getMessage());
    CompletableFuture<ForgetAnswer> second = CompletableFuture.supplyAsync(() -> forget("alice"));
    slow.complete(new ForgetAnswer(1, 1, 1));
    assertEquals(new ForgetAnswer(1, 1, 1), first.get(10, TimeUnit.SECONDS));
    assertEquals(new ForgetAnswer(1, 1, 1), second.get(10, TimeUnit.SECONDS));
  }

  @Test
  void saysWhenNoStoreIsThereToForget() {
    IOException nobody = assertThrows(IOException.class, () -> client().forget("alice"));
    assertTrue(nobody.getMessage().startsWith("503: nobody serves"), nobody.getMessage());
    IOException noName = assertThrows(IOException.class, () -> client().forget(" "));
    assertTrue(noName.getMessage().startsWith("400: login"), noName.getMessage());
  }

  @Test
  void saysWhenNoMeshRunsThere(@TempDir Path elsewhere) {
    IOException thrown = assertThrows(IOException.class, () -> OpsClient.of(elsewhere, null));
    assertTrue(thrown.getMessage().contains("does a mesh run"), thrown.getMessage());
  }

  private ForgetAnswer forget(String login) {
    try {
      return client().forget(login);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private OpsClient client() throws IOException {
    return OpsClient.of(data, null);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static final class Empty extends VerticleBase {}
}
