package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoreVerticleTest {
  private static final long MINUTE = 60_000;

  private final Summaries summaries = new Summaries(7, 60, 10);
  @TempDir private Path directory;
  private Vertx vertx;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

  @Test
  void whatWasStoredIsReadBackWhole() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<ClusterSummary> stored =
        List.of(
            summaries.next("hpc1", "a-1", NOON),
            Summaries.empty("hpc2", "b-1", NOON + 1),
            summaries.next("hpc3", "1795348800000", NOON + 2));

    store.store(stored);

    assertEquals(Set.copyOf(stored), Set.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void whatIsFilledInIsMarkedCountedOnceAndGivesWayToTheSameSeenLive() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary live = summaries.next("hpc1", "a-1", NOON);
    ClusterSummary missed = summaries.next("hpc1", "a-2", NOON + MINUTE);
    ClusterSummary late = summaries.next("hpc1", "a-3", NOON + 2 * MINUTE);
    store.store(List.of(live));
    store.fillIn(live);
    store.fillIn(missed);
    store.fillIn(missed);
    store.fillIn(late);
    store.store(List.of(late));
    store.store(List.of(late));

    HistoryAnswer answer =
        store.history(
            new HistoryQuery(
                "hpc1", Dimension.USER, Measure.RUNNING_JOBS, NOON, NOON + 3 * MINUTE, 3, 1));
    assertFalse(answer.total().contains(null), answer.total()::toString);
    store.stop();
    assertEquals(List.of("a-1 0", "a-2 1", "a-3 0"), markedRows());
  }

  private List<String> markedRows() throws Exception {
    List<String> rows = new ArrayList<>();
    try (var connection = TestDatabase.connect(directory);
        var statement = connection.createStatement();
        var answer =
            statement.executeQuery("SELECT snapshot_id, body FROM live ORDER BY snapshot_id")) {
      while (answer.next()) {
        RowSample row = RowReader.sample(answer.getString(1), answer.getBytes(2));
        rows.add(row.head().snapshotId() + (row.head().backfilled() ? " 1" : " 0"));
      }
    }
    return rows;
  }

  @Test
  void namesOfAnyKindSurvive() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<Use> odd = new ArrayList<>();
    for (String key : List.of("", "ü\u2400x", "a'b\"--", "\uD83D\uDE00", "?", "x".repeat(9_000))) {
      odd.add(new Use(key, 1, Integer.MAX_VALUE, 0, 0, 3, 0));
    }
    ClusterSummary summary =
        withUsage(summaries.next("hpc1", "a-1", NOON), new Usage(odd, List.of(), odd, List.of()));

    store.store(List.of(summary));

    assertEquals(List.of(summary), List.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void aLoneSurrogateIsStoredAsAQuestionMarkBesideARealOne() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<Use> broken =
        List.of(
            new Use("?", 1, 1, 0, 0, 0, 0),
            new Use("\uD83D", 1, 1, 0, 0, 0, 0),
            new Use("\uDE00", 1, 1, 0, 0, 0, 0));

    store.store(
        List.of(
            withUsage(
                summaries.next("hpc1", "a-1", NOON),
                new Usage(broken, List.of(), List.of(), List.of()))));

    List<String> keys =
        store.latest().iterator().next().usage().user().stream().map(Use::key).toList();
    assertEquals(List.of("?", "?", "?"), keys);
    store.stop();
  }

  @Test
  void aNulIsStoredAsItsPicture() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<Use> odd =
        List.of(new Use("a\u0000b", 1, 1, 0, 0, 0, 0), new Use("a\u2400b", 1, 1, 0, 0, 0, 0));

    store.store(
        List.of(
            withUsage(
                summaries.next("hpc1", "a-1", NOON),
                new Usage(odd, List.of(), List.of(), List.of()))));

    List<String> keys =
        store.latest().iterator().next().usage().user().stream().map(Use::key).toList();
    assertEquals(List.of("a\u2400b", "a\u2400b"), keys);
    store.stop();
  }

  @Test
  void aDuplicateIsAcknowledgedAgainAndStoredOnce() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary summary = summaries.next("hpc1", "a-1", NOON);
    ClusterSummary seenAgain = summaries.next("hpc1", "a-1", NOON + 7);

    store.store(List.of(summary));
    store.store(List.of(summary));
    store.store(List.of(seenAgain));

    assertEquals(1, store.count("stored"));
    assertEquals(2, store.count("duplicates"));
    assertEquals(List.of(summary), List.copyOf(store.latest()));
    assertEquals(1, rows());
    store.stop();
  }

  @Test
  void aProbeThatCountsAnewIsStillStored() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary first = summaries.next("hpc1", "1", NOON - 2 * 24 * 60 * MINUTE);
    ClusterSummary afterRestart = summaries.next("hpc1", "1", NOON);

    store.store(List.of(first));
    store.store(List.of(afterRestart));

    assertEquals(2, store.count("stored"));
    assertEquals(List.of(afterRestart), List.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void aLateSummaryFillsTheHistoryAndLeavesTheLatest() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary newer = summaries.next("hpc1", "a-2", NOON + MINUTE);
    ClusterSummary late = summaries.next("hpc1", "a-1", NOON);

    store.store(List.of(newer));
    store.store(List.of(late));

    assertEquals(List.of(newer), List.copyOf(store.latest()));
    HistoryAnswer answer = store.history(slotsByUser("hpc1", NOON, NOON + 3 * MINUTE, 8));
    assertEquals(List.of(NOON, NOON + MINUTE, NOON + 2 * MINUTE), answer.times());
    assertEquals((double) late.slots().free(), answer.free().get(0));
    assertEquals((double) newer.slots().free(), answer.free().get(1));
    assertEquals(null, answer.free().get(2));
    store.stop();
  }

  @Test
  void aSummaryFromAWrongClockIsNotTheLatest() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary now = summaries.next("hpc1", "a-2", NOON - 1_000);

    store.store(List.of(summaries.next("hpc1", "a-1", NOON + 10 * 365 * 24 * 60 * MINUTE), now));

    assertEquals(List.of(now), List.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void theLatestAreFoundAmongTheReasonsOfYears() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary now = summaries.next("hpc1", "a-1", NOON);
    store.store(List.of(now));
    try (var connection = TestDatabase.connect(directory);
        var statement = connection.createStatement()) {
      statement.execute(
          "WITH RECURSIVE n(i) AS (VALUES (1000) UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
              + " INSERT INTO word (cluster_number, kind, number, word) SELECT 1, 4, i, 'not enough cores at ' || i FROM n");
    }

    assertEquals(List.of(now), List.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void twoSnapshotsOfOneMomentAreBothKept() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);

    store.store(List.of(summaries.next("hpc1", "a-1", NOON), summaries.next("hpc1", "b-1", NOON)));

    assertEquals(2, rows());
    assertEquals(1, store.latest().size());
    store.stop();
  }

  @Test
  void aSummaryWithoutItsKeyIsRefusedAndTheOthersAreStored() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.publish(ClusterSummary.neverSeen("hpc1", "HPC 1", 60_000));

    store.store(List.of(summaries.next("hpc2", "a-1", NOON)));

    assertEquals(1, store.count("refused"));
    assertEquals(1, rows());
    store.stop();
  }

  @Test
  void questionsThatCannotBeAnsweredSayWhy() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(List.of(summaries.next("hpc1", "a-1", NOON)));

    assertRefused(400, "cluster", store, slotsByUser(null, NOON, NOON + MINUTE, 8));
    assertRefused(400, "maxPoints", store, slotsByUser("hpc1", 0, Long.MAX_VALUE, 8));
    assertRefused(400, "toEpochMillis", store, slotsByUser("hpc1", NOON, NOON, 8));
    store.stop();
  }

  @Test
  void aClusterWithoutDataInTheRangeHasGapsAlsoOneThatWasNeverStored() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(List.of(summaries.next("hpc1", "a-1", NOON)));

    for (String cluster : List.of("hpc1", "new")) {
      HistoryAnswer answer = store.history(slotsByUser(cluster, NOON - 5 * MINUTE, NOON, 8));

      assertEquals(5, answer.times().size());
      assertTrue(answer.series().isEmpty());
      for (List<Double> values : List.of(answer.others(), answer.free(), answer.total())) {
        assertEquals(java.util.Collections.nCopies(5, null), values);
      }
    }
    store.stop();
  }

  @Test
  void stopWritesWhatWaits() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<ClusterSummary> burst = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      burst.add(summaries.next("hpc" + i, "a-1", NOON));
    }
    // The first opens the second of one commit; the rest waits for the next.
    store.store(burst.subList(0, 1));
    burst.forEach(store::publish);
    assertEquals(1, store.latest().size());

    store.stop();

    assertEquals(50, rows());
    assertFalse(store.hasGauge("pending"));
    assertFalse(Files.exists(directory.resolve("history.db-wal")), "the log is left behind");
  }

  @Test
  void oneCommitASecondAtMost() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    long started = System.nanoTime();

    for (int i = 0; i < 3; i++) {
      store.store(List.of(summaries.next("hpc1", "a-" + i, NOON + i)));
    }

    assertTrue(System.nanoTime() - started >= 2_000_000_000L);
    store.stop();
  }

  @Test
  void aNewerSchemaIsRefusedByName() throws Exception {
    RunningStore.in(vertx, directory).stop();
    try (var connection = TestDatabase.connect(directory);
        var statement = connection.createStatement()) {
      RunningStore.config(directory).database().dialect().setSchemaVersion(statement, 4711);
    }

    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                RunningStore.await(
                    vertx.deployVerticle(
                        new StoreVerticle(
                            RunningStore.config(directory), new SimpleMeterRegistry()))));

    assertTrue(failure.getMessage().contains("4711"), failure.getMessage());
    assertTrue(failure.getMessage().contains("newer release"), failure.getMessage());
    String name = TestDatabase.isServer() ? "jdbc:postgresql://" : directory + "/history.db";
    assertTrue(failure.getMessage().contains(name), failure.getMessage());
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void theDataDirectoryIsPrivateAndHoldsTheNativeLibrary() throws Exception {
    Path data = directory.resolve("a/data");
    Path leftOver = Files.createDirectories(data.resolve("native")).resolve("sqlite-1-libx.so");
    Files.createFile(leftOver);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));

    RunningStore.in(vertx, directory.resolve("b")).stop();
    RunningStore.in(vertx, data).stop();

    assertFalse(Files.exists(leftOver));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("b"))));
  }

  private void assertRefused(int code, String word, RunningStore store, HistoryQuery query) {
    QueryFailure failure = assertThrows(QueryFailure.class, () -> store.history(query));
    assertEquals(code, failure.code(), failure.getMessage());
    assertTrue(failure.getMessage().contains(word), failure.getMessage());
  }

  private static HistoryQuery slotsByUser(String cluster, long from, long to, int top) {
    return new HistoryQuery(cluster, Dimension.USER, Measure.RUNNING_SLOTS, from, to, 600, top);
  }

  private int rows() throws Exception {
    try (var connection = TestDatabase.connect(directory);
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT count(*) FROM live")) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private static ClusterSummary withUsage(ClusterSummary s, Usage usage) {
    return new ClusterSummary(
        s.cluster(),
        s.title(),
        s.drms(),
        s.drmsVersion(),
        s.serverName(),
        s.visibility(),
        s.status(),
        s.failure(),
        s.revision(),
        s.snapshotId(),
        s.observedAtEpochMillis(),
        s.receivedAtEpochMillis(),
        s.staleAfterMillis(),
        s.jobs(),
        s.slots(),
        s.gpus(),
        s.nodes(),
        usage,
        s.waiting(),
        s.queues());
  }
}
