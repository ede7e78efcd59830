package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.StageNote;

/** Two stores with one server: one writes, the other stands by. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag(TestDatabase.SERVER_ONLY)
class StandByTest {
  private final Summaries summaries = new Summaries(12, 20, 5);
  private final BlockingQueue<StageNote> notes = new LinkedBlockingQueue<>();
  private final BlockingQueue<StageDied> deaths = new LinkedBlockingQueue<>();
  @TempDir private Path directory;
  private Vertx vertx;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    MeshCodec.install(vertx);
    RunningStore.await(Addresses.STAGE_NOTE.subscribe(vertx, notes::add).ready());
    RunningStore.await(Addresses.STAGE_DIED.subscribe(vertx, deaths::add).ready());
  }

  private static <T> T next(BlockingQueue<T> heard) throws InterruptedException {
    T next = heard.poll(RunningStore.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertTrue(next != null, "nothing was heard");
    return next;
  }

  private void assertStandsBy() throws InterruptedException {
    StageNote note = next(notes);
    assertTrue(
        note.note().startsWith("stands by: another store writes to this database: qstat-mesh"),
        note.note());
  }

  @Test
  void theSecondTakesOverWhereTheFirstStopped() throws Exception {
    RunningStore first = RunningStore.in(vertx, directory);
    RunningStore second = RunningStore.in(vertx, directory);
    assertStandsBy();
    List<ClusterSummary> all = new ArrayList<>();
    all.add(summaries.next("hpc1", "a-1", NOON));
    first.store(all);
    assertEquals(Set.copyOf(all), Set.copyOf(second.latest()));
    assertEquals(0, second.count("stored") + second.count("duplicates"));

    first.stop();
    assertEquals(new StageNote("store", null), next(notes));
    all.add(summaries.next("hpc2", "a-1", NOON));
    second.store(all.subList(1, 2));
    assertEquals(Set.copyOf(all), Set.copyOf(second.latest()));
    RunningStore back = RunningStore.in(vertx, directory);
    assertStandsBy();
    second.stop();
    assertEquals(new StageNote("store", null), next(notes));
    assertEquals(Set.copyOf(all), Set.copyOf(back.latest()));
    back.stop();
    assertEquals(0, deaths.size());
  }

  @Test
  void whoStandsByCanStop() throws Exception {
    RunningStore first = RunningStore.in(vertx, directory);
    RunningStore second = RunningStore.in(vertx, directory);
    assertStandsBy();
    second.stop();
    first.store(List.of(summaries.next("hpc1", "a-1", NOON)));
    first.stop();
    assertEquals(0, notes.size());
  }

  /** The server, or a firewall before it, ended the writer's connection. */
  @Test
  void aWriterThatLostItsPlaceToTheOtherMakesWay() throws Exception {
    RunningStore first = RunningStore.in(vertx, directory);
    RunningStore second = RunningStore.in(vertx, directory);
    assertStandsBy();
    try (Connection other = TestDatabase.server().connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
    }
    assertEquals(new StageNote("store", null), next(notes));
    ClusterSummary summary = summaries.next("hpc1", "a-1", NOON);
    second.store(List.of(summary));
    assertTrue(next(deaths).detail().contains("another store writes"), "the first makes way");
    first.stop();
    assertEquals(Set.of(summary), Set.copyOf(second.latest()));
    second.stop();
  }
}
