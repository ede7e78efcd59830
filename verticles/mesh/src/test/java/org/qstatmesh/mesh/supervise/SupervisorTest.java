package org.qstatmesh.mesh.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookFormat;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.StageNote;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.store.keep.Retention;

@Timeout(30)
class SupervisorTest {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofHours(1));
  private static final MeshConfig CONFIG =
      new MeshConfig(
          new MeshConfig.Web("127.0.0.1", 0, false, "Clusters", List.of(), List.of()),
          new MeshConfig.Ops("127.0.0.1", 0),
          new MeshConfig.Store("jdbc:sqlite:a.db", Retention.USUAL, null),
          List.of());

  /** What happened, in order: "+store", "-store", "!store" for a start that failed. */
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** How many starts of a stage are still to fail. */
  private final Map<Stage, AtomicInteger> failing = new ConcurrentHashMap<>();

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void startsThePageFirstAndStopsProducersFirst() throws Exception {
    Supervisor supervisor = supervisor(EnumSet.allOf(Stage.class));
    assertEquals(List.of(), await(supervisor.start()));
    await(supervisor.stop());
    assertEquals(
        List.of(
            "+broadcast",
            "+store",
            "+notify",
            "+tunnel",
            "+poller",
            "-poller",
            "-tunnel",
            "-notify",
            "-store",
            "-broadcast"),
        List.copyOf(events));
  }

  @Test
  void oneThatDiesIsStartedAgainAndTheOthersGoOn() throws Exception {
    Supervisor supervisor = started(EnumSet.of(Stage.STORE, Stage.POLLER));
    Addresses.STAGE_DIED.publish(vertx, new StageDied("store", "owner thread ended"));
    assertEquals("-store", next());
    assertEquals("+store", next());
    assertEquals(1, report(supervisor, Stage.STORE).restarts());
    assertEquals(0, report(supervisor, Stage.POLLER).restarts());
  }

  @Test
  void oneThatDoesNotStartIsTriedAgainAndTheOthersServe() throws Exception {
    failing.put(Stage.STORE, new AtomicInteger(3));
    Supervisor supervisor = supervisor(EnumSet.of(Stage.STORE, Stage.POLLER));
    List<Throwable> failed = await(supervisor.start());
    assertEquals("no luck", failed.get(0).getMessage());
    assertEquals("!store", next());
    List<String> soon = List.of(next(), next(), next(), next());
    assertTrue(soon.contains("+poller") && soon.contains("+store"), soon.toString());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (report(supervisor, Stage.STORE).status() != StageReport.Status.UP) {
      assertTrue(System.nanoTime() < deadline, "the store never came up");
    }
  }

  @Test
  void restartTouchesOneStage() throws Exception {
    Supervisor supervisor = started(EnumSet.allOf(Stage.class));
    await(supervisor.restart(Stage.TUNNEL));
    assertEquals(List.of("-tunnel", "+tunnel"), List.copyOf(events));
  }

  @Test
  void whatAStageSaysOfItselfIsReportedUntilItSaysNoMoreOrStops() throws Exception {
    Supervisor supervisor = started(EnumSet.of(Stage.STORE, Stage.POLLER));
    note(supervisor, "stands by", "stands by");
    assertEquals(StageReport.Status.UP, report(supervisor, Stage.STORE).status());
    assertEquals(null, report(supervisor, Stage.POLLER).note());
    note(supervisor, null, null);
    note(supervisor, "stands by", "stands by");
    await(supervisor.restart(Stage.STORE));
    assertEquals(null, report(supervisor, Stage.STORE).note());
  }

  private void note(Supervisor supervisor, String note, String expected) throws Exception {
    Addresses.STAGE_NOTE.publish(vertx, new StageNote("store", note));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!Objects.equals(expected, report(supervisor, Stage.STORE).note())) {
      assertTrue(System.nanoTime() < deadline, "the note never came");
    }
  }

  @Test
  void restartOfAStageThatRunsElsewhereIsRefused() throws Exception {
    Supervisor supervisor = started(EnumSet.of(Stage.POLLER));
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> await(supervisor.restart(Stage.STORE)));
    assertEquals(
        QueryFailure.NOT_FOUND, assertInstanceOf(QueryFailure.class, thrown.getCause()).code());
  }

  @Test
  void aStoppedStageStaysStopped() throws Exception {
    failing.put(Stage.STORE, new AtomicInteger(Integer.MAX_VALUE));
    Supervisor supervisor = supervisor(EnumSet.of(Stage.STORE));
    await(supervisor.start());
    await(supervisor.stop());
    events.clear();
    Addresses.STAGE_DIED.publish(vertx, new StageDied("store", "late news"));
    await(supervisor.reports());
    assertEquals(null, events.poll(100, TimeUnit.MILLISECONDS));
  }

  @Test
  void newConfigurationReachesStagesAndRestartsOnlyWhatMustBe() throws Exception {
    Supervisor supervisor = started(EnumSet.allOf(Stage.class));
    BlockingQueue<ClustersConfigured> told = new LinkedBlockingQueue<>();
    await(Addresses.CLUSTERS_CONFIGURED.subscribe(vertx, told::add).ready());
    await(supervisor.apply(CONFIG.withClusters(List.of())));
    assertEquals(List.of(), told.poll(5, TimeUnit.SECONDS).clusters());
    assertEquals(List.of(), List.copyOf(events));
    MeshConfig.Web renamed =
        new MeshConfig.Web("127.0.0.1", 0, false, "New title", List.of(), List.of());
    await(
        supervisor.apply(new MeshConfig(renamed, CONFIG.ops(), CONFIG.store(), CONFIG.clusters())));
    assertEquals(List.of("-broadcast", "+broadcast"), List.copyOf(events));
    events.clear();
    Retention shorter = new Retention(7, List.of(), 30, 30);
    MeshConfig.Store store = new MeshConfig.Store(CONFIG.store().url(), shorter, null);
    await(supervisor.apply(new MeshConfig(renamed, CONFIG.ops(), store, CONFIG.clusters())));
    assertEquals(List.of("-store", "+store"), List.copyOf(events));
    events.clear();
    HookConfig hook =
        new HookConfig(
            "chat",
            URI.create("https://chat.example/"),
            HookFormat.JSON,
            null,
            null,
            List.of(),
            HookConfig.USUAL_INTERVAL);
    await(
        supervisor.apply(
            new MeshConfig(
                CONFIG.node(),
                renamed,
                CONFIG.ops(),
                store,
                CONFIG.clusters(),
                List.of(hook),
                People.NONE)));
    assertEquals(List.of("-notify", "+notify"), List.copyOf(events));
  }

  private Supervisor started(Set<Stage> roles) throws Exception {
    Supervisor supervisor = supervisor(roles);
    await(supervisor.start());
    events.clear();
    return supervisor;
  }

  private Supervisor supervisor(Set<Stage> roles) {
    return new Supervisor(vertx, CONFIG, roles, (stage, config) -> new Toy(stage), QUICK);
  }

  private StageReport report(Supervisor supervisor, Stage stage) throws Exception {
    return await(supervisor.reports()).stream()
        .filter(report -> report.stage().equals(stage.label()))
        .findFirst()
        .orElseThrow();
  }

  private String next() throws InterruptedException {
    return events.poll(5, TimeUnit.SECONDS);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** A stage that only says that it started and stopped. */
  private final class Toy extends VerticleBase {
    private final Stage stage;

    Toy(Stage stage) {
      this.stage = stage;
    }

    @Override
    public Future<?> start() {
      if (failing.getOrDefault(stage, new AtomicInteger()).getAndDecrement() > 0) {
        events.add("!" + stage.label());
        return Future.failedFuture("no luck");
      }
      events.add("+" + stage.label());
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      events.add("-" + stage.label());
      return Future.succeededFuture();
    }
  }
}
