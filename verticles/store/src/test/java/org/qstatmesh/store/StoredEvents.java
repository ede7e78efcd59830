package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer.Kept;
import org.qstatmesh.bus.WaitsAnswer.Wait;
import org.qstatmesh.bus.WaitsQuery;

/** A stage that keeps events, and what it answers about them. */
abstract class StoredEvents {
  static final long MINUTE = 60_000;
  static final long DAY = 24 * 60 * MINUTE;

  final Random random = new Random(11);
  @TempDir Path directory;
  Vertx vertx;
  int snapshots;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

  long days() {
    try {
      return number("SELECT count(*) FROM event_day");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void assertRefused(String field, org.junit.jupiter.api.function.Executable ask) {
    QueryFailure refusal = assertThrows(QueryFailure.class, ask);
    assertEquals(QueryFailure.BAD_QUERY, refusal.code());
    assertTrue(refusal.getMessage().startsWith(field), refusal.getMessage());
  }

  EventsAnswer events(String cluster, long from, long to, String owner, int limit)
      throws Exception {
    EventsQuery query = new EventsQuery(cluster, from, to, owner, limit);
    return RunningStore.await(Addresses.EVENTS.ask(vertx, query, RunningStore.PATIENCE));
  }

  List<Wait> waits(String cluster, long from, long to) throws Exception {
    WaitsQuery query = new WaitsQuery(cluster, from, to);
    return RunningStore.await(Addresses.WAITS.ask(vertx, query, RunningStore.PATIENCE)).waits();
  }

  List<Kept> kept(long from, long to) throws Exception {
    WaitsQuery query = new WaitsQuery(null, from, to);
    return RunningStore.await(Addresses.WAITS.ask(vertx, query, RunningStore.PATIENCE)).kept();
  }

  long number(String sql) throws Exception {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  void store(RunningStore store, List<SnapshotTaken> all) throws Exception {
    all.stream()
        .sorted(Comparator.comparing(taken -> taken.summary().snapshotId()))
        .forEach(taken -> Addresses.SNAPSHOT_TAKEN.publish(vertx, taken));
    store.awaitAcknowledged(all.stream().map(SnapshotTaken::summary).toList());
  }

  ClusterSummary summary(String cluster, long observedAt) {
    return Summaries.empty(cluster, "s-" + snapshots++, observedAt);
  }

  SnapshotTaken taken(String cluster, long observedAt, JobEvent... jobs) {
    return with(
        summary(cluster, observedAt), new ClusterChanges(Arrays.asList(jobs), List.of(), 0));
  }

  static SnapshotTaken with(ClusterSummary summary, ClusterChanges changes) {
    return new SnapshotTaken(summary, false, null, changes);
  }

  /** Of a wait of two minutes. */
  static JobEvent job(String id, String owner, long at) {
    long now = at / 1_000;
    return new JobEvent(
        JobChange.STARTED, at, id, owner, "batch", "chem", 1, 4, now - 130, now - 10, null, 120L);
  }

  /** Any size, queue and wait; some of no queue or of no known wait. */
  JobEvent started(long at) {
    long now = at / 1_000;
    List<String> queues = Arrays.asList("batch", "fat", "short", null);
    long wait = (long) Math.exp(random.nextDouble() * 12);
    boolean known = random.nextInt(8) > 0;
    return new JobEvent(
        JobChange.STARTED,
        at,
        random.nextInt(99_999) + ".login1",
        "bob",
        queues.get(random.nextInt(4)),
        null,
        1,
        (int) Math.exp(random.nextDouble() * 7),
        now - wait,
        now,
        null,
        known ? (Long) wait : null);
  }
}
