package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.write.SampleWriter;

/** Answers beside those of a naive reference that holds every summary in memory. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HistoryTest {
  private static final long HOUR = 3_600_000;

  @TempDir private Path directory;

  @BeforeEach
  void codec(Vertx vertx) {
    MeshCodec.install(vertx);
  }

  @Test
  void everyAnswerIsThatOfTheReference(Vertx vertx) throws Exception {
    Random random = new Random(4);
    List<ClusterSummary> samples = samples(random, 2_000);
    SampleWriter writer = RunningStore.writer(TestDatabase.database(directory));
    writer.open();
    assertEquals(samples.size(), writer.write(live(samples)).stored());
    writer.close();
    // No hour is over yet: which step answers is asked elsewhere.
    Clock before = Clock.fixed(Instant.ofEpochMilli(NOON - 31 * HOUR), ZoneOffset.UTC);
    RunningStore store = RunningStore.in(vertx, directory, before);
    NaiveHistory reference = new NaiveHistory(samples);

    for (int i = 0; i < 150; i++) {
      HistoryQuery query = query(random);
      assertEquals(reference.answer(query), store.history(query), query::toString);
    }
    store.stop();
  }

  /** Thirty hours with holes, some late, some without jobs or nodes. */
  private static List<ClusterSummary> samples(Random random, int size) {
    Summaries summaries = new Summaries(5, 30, 6);
    List<ClusterSummary> samples = new ArrayList<>();
    long at = NOON - 30 * HOUR;
    for (int i = 0; i < size; i++) {
      at += random.nextInt(100) == 0 ? random.nextInt((int) HOUR) : random.nextInt(60_000);
      String cluster = random.nextInt(5) == 0 ? "other" : "hpc1";
      samples.add(
          random.nextInt(20) == 0
              ? Summaries.empty(cluster, "s-" + i, at)
              : summaries.next(cluster, "s-" + i, at));
    }
    Collections.shuffle(samples.subList(size / 2, size / 2 + 50), random);
    return samples;
  }

  private static HistoryQuery query(Random random) {
    long from = NOON - 40 * HOUR + random.nextInt((int) (35 * HOUR));
    long to = from + 1 + random.nextInt((int) (20 * HOUR));
    return new HistoryQuery(
        "hpc1",
        any(random, Dimension.values()),
        any(random, Measure.values()),
        from,
        to,
        2 + random.nextInt(600),
        random.nextInt(12));
  }

  private static <T> T any(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static List<SnapshotTaken> live(List<ClusterSummary> samples) {
    return samples.stream().map(SnapshotTaken::new).toList();
  }
}
