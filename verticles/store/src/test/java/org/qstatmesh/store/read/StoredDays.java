package org.qstatmesh.store.read;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.write.SampleWriter;

/** A database with some days of two clusters, and who answers questions about them. */
final class StoredDays {
  static final long HOUR = 3_600_000;
  static final long NOW = RunningStore.NOON / HOUR * HOUR + 25 * 60_000;
  static final int DAYS = 6;

  static final Retention RETENTION =
      new Retention(2, List.of(new Step(300, 4), new Step(3_600, null)), 730, 90);

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  final List<ClusterSummary> samples;
  final PlainCompaction compaction;
  final HistoryReader history;
  final LatestReader latest;
  final WordCache words = new WordCache();
  private final SampleWriter writer;
  private final Connection connection;
  private final ReadPool pool;

  StoredDays(Vertx vertx, Path directory, Random random) throws Exception {
    Database database = TestDatabase.database(directory);
    samples = samples(random);
    writer = RunningStore.writer(database);
    writer.open();
    for (int from = 0; from < samples.size(); from += 500) {
      writer.write(
          samples.subList(from, Math.min(samples.size(), from + 500)).stream()
              .map(SnapshotTaken::new)
              .toList());
    }
    connection = TestDatabase.connect(directory);
    compaction =
        new PlainCompaction(connection, RETENTION.steps().stream().map(Step::seconds).toList());
    pool = new ReadPool(vertx, database.forReading(), database.dialect());
    Damages damages = new Damages("here", new Alarms());
    history = new HistoryReader(vertx, pool, words, damages, RETENTION, CLOCK);
    latest = new LatestReader(pool, new SummaryReader(vertx, words, damages, RETENTION), CLOCK);
  }

  /** Days with holes, late ones, users who come and go, parts that are not known. */
  private static List<ClusterSummary> samples(Random random) {
    List<ClusterSummary> samples = new ArrayList<>();
    long at = NOW - DAYS * 24 * HOUR;
    for (int i = 0; at < NOW; i++) {
      Summaries summaries = new Summaries(random.nextLong(), 1 + i / 150, 6);
      String cluster = random.nextInt(6) == 0 ? "other" : "hpc1";
      ClusterSummary whole = summaries.next(cluster, "s-" + i, at);
      samples.add(
          switch (random.nextInt(20)) {
            case 0 -> Summaries.empty(cluster, "s-" + i, at);
            case 1 -> Summaries.without(whole, true, false);
            case 2 -> Summaries.without(whole, false, true);
            default -> whole;
          });
      at += random.nextInt(80) == 0 ? random.nextInt(5 * (int) HOUR) : random.nextInt(480_000);
    }
    Collections.shuffle(samples.subList(samples.size() / 2, samples.size() / 2 + 100), random);
    return samples;
  }

  /** Puts both clusters' hours before that of a moment into chunks. */
  void compact(long untilMillis) throws Exception {
    compaction.compact("hpc1", samples, untilMillis / HOUR * HOUR);
    compaction.compact("other", samples, untilMillis / HOUR * HOUR);
    words.clear();
  }

  /** What is older than its limit goes, whole chunks at a time. */
  void expire() throws Exception {
    for (StoredStep step : StoredStep.of(RETENTION)) {
      if (step.days() != null) {
        compaction.run(
            "DELETE FROM chunk WHERE step_seconds = ? AND start_epoch_seconds < ?",
            step.seconds(),
            NOW / 1_000 - Duration.ofDays(step.days()).toSeconds() - step.chunkSeconds());
      }
    }
  }

  void close() throws Exception {
    RunningStore.await(pool.close());
    connection.close();
    writer.close();
  }
}
