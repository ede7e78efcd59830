package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.StoreConfig.Retention;
import org.qstatmesh.store.StoreConfig.Step;
import org.qstatmesh.store.database.Database;

/** Answers from rows, chunks and both, beside those of a reference that holds every summary. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CompactedHistoryTest {
  private static final long HOUR = 3_600_000;
  private static final long NOW = RunningStore.NOON / HOUR * HOUR + 25 * 60_000;
  private static final int DAYS = 6;

  private static final Retention RETENTION =
      new Retention(2, List.of(new Step(300, 4), new Step(3_600, null)), 730, 90);

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  @TempDir private Path directory;

  private final Random random = new Random(11);
  private final List<ClusterSummary> samples = samples(random);
  private final NaiveHistory reference = new NaiveHistory(samples);
  private final WordCache words = new WordCache();
  private SampleWriter writer;
  private Connection connection;
  private PlainCompaction compaction;
  private ReadPool pool;
  private HistoryReader history;

  @BeforeEach
  void store(Vertx vertx) throws Exception {
    Database database = RunningStore.config(directory).database();
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
    history = new HistoryReader(vertx, pool, words, new Damages("here"), RETENTION, CLOCK);
  }

  @AfterEach
  void close() throws Exception {
    RunningStore.await(pool.close());
    connection.close();
    writer.close();
  }

  /** Days with holes, late ones, users who come and go, parts that are not known. */
  private static List<ClusterSummary> samples(Random random) {
    List<ClusterSummary> samples = new ArrayList<>();
    long at = NOW - DAYS * 24 * HOUR;
    for (int i = 0; at < NOW; i++) {
      Summaries summaries = new Summaries(random.nextLong(), 1 + i / 300, 6);
      String cluster = random.nextInt(6) == 0 ? "other" : "hpc1";
      ClusterSummary whole = summaries.next(cluster, "s-" + i, at);
      samples.add(
          switch (random.nextInt(20)) {
            case 0 -> Summaries.empty(cluster, "s-" + i, at);
            case 1 -> Summaries.without(whole, true, false);
            case 2 -> Summaries.without(whole, false, true);
            default -> whole;
          });
      at += random.nextInt(150) == 0 ? random.nextInt(5 * (int) HOUR) : random.nextInt(240_000);
    }
    Collections.shuffle(samples.subList(samples.size() / 2, samples.size() / 2 + 100), random);
    return samples;
  }

  @Test
  void everyAnswerIsThatOfTheReferenceWhateverIsCompacted() throws Exception {
    assertEquals(0, askAnything(30));
    for (long until : List.of(NOW - 70 * HOUR, NOW - HOUR, NOW + 35 * 60_000)) {
      long hour = until / HOUR * HOUR;
      compaction.compact("hpc1", samples, hour);
      words.clear();
      assertTrue(askAnything(40) > 0);
    }
    expire();
    assertTrue(askAnything(60) > 0);
  }

  /** What is older than its limit goes, whole chunks at a time. */
  private void expire() throws Exception {
    for (StoredStep step : StoredStep.of(RETENTION)) {
      if (step.days() != null) {
        compaction.run(
            "DELETE FROM chunk WHERE step_seconds = ? AND start_epoch_seconds < ?",
            step.seconds(),
            NOW / 1_000 - Duration.ofDays(step.days()).toSeconds() - step.chunkSeconds());
      }
    }
  }

  /** How many answers were made from steps. */
  private int askAnything(int questions) throws Exception {
    int coarse = 0;
    for (int i = 0; i < questions; i++) {
      HistoryQuery query = query();
      HistoryAnswer answer = ask(query);
      coarse += answer.sourceStepMillis() > 0 ? 1 : 0;
      assertEquals(
          reference.answer(query, answer.stepMillis(), answer.sourceStepMillis()),
          answer,
          query::toString);
    }
    return coarse;
  }

  private HistoryQuery query() {
    long from = NOW - (long) (random.nextDouble() * (DAYS + 1) * 24 * HOUR);
    long range = (long) Math.exp(Math.log(8 * 24 * HOUR) * (0.75 + 0.25 * random.nextDouble()));
    return new HistoryQuery(
        random.nextInt(10) == 0 ? "other" : "hpc1",
        any(Dimension.values()),
        any(Measure.values()),
        from,
        from + range,
        20 + random.nextInt(1_000),
        random.nextInt(12),
        random.nextBoolean());
  }

  private <T> T any(T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private HistoryAnswer ask(HistoryQuery query) throws Exception {
    return RunningStore.await(history.answer(query));
  }

  @Test
  void whatIsNoLongerKeptInSamplesIsAskedInLongerSteps() throws Exception {
    compaction.compact("hpc1", samples, NOW / HOUR * HOUR);
    HistoryQuery old = minutesOf(NOW - 80 * HOUR);
    HistoryQuery older = minutesOf(NOW - 120 * HOUR);
    HistoryQuery young = minutesOf(NOW - 10 * HOUR);

    assertEquals(300_000, ask(old).stepMillis());
    assertEquals(300_000, ask(old).sourceStepMillis());
    assertEquals(HOUR, ask(older).stepMillis());
    assertEquals(HOUR, ask(older).sourceStepMillis());
    assertEquals(60_000, ask(young).stepMillis());
    assertEquals(0, ask(young).sourceStepMillis());
  }

  private static HistoryQuery minutesOf(long from) {
    return new HistoryQuery(
        "hpc1", Dimension.USER, Measure.RUNNING_SLOTS, from, from + 2 * HOUR, 600, 8);
  }

  @Test
  void aDeletedWordHasNoNameAndADamagedChunkIsAGap() throws Exception {
    compaction.compact("hpc1", samples, NOW / HOUR * HOUR);
    long from = (NOW / HOUR - 20) * HOUR;
    HistoryQuery query = minutesOf(from);
    String first = ask(query).series().get(0).key();
    compaction.run("DELETE FROM word WHERE word = ?", first);
    words.clear();

    assertNull(ask(query).series().get(0).key());

    compaction.run(
        "UPDATE chunk SET body = ? WHERE step_seconds = 0 AND start_epoch_seconds = ?",
        new byte[] {1, 2, 3, 4, 5, 6, 7},
        from / 1_000);
    HistoryAnswer gap = ask(query);
    assertTrue(gap.others().subList(0, 60).stream().allMatch(value -> value == null));
    assertTrue(gap.others().subList(60, 120).stream().anyMatch(value -> value != null));
  }
}
