package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.SetClock;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.write.SampleWriter;

/**
 * Days go by: samples come live, late, twice and filled in, hours are put together, old ones are
 * deleted, the store is started anew. At every moment each answer is that of a reference that holds
 * every sample.
 */
@ExtendWith(VertxExtension.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LivingHistoryTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final int HOURS = 80;
  private static final long BEGIN = RunningStore.NOON / HOUR * HOUR;
  private static final Retention RETENTION =
      new Retention(2, List.of(new Step(600, 3), new Step(3_600, null)), 730, 90);

  private final Random random = new Random(23);
  private final Summaries summaries = new Summaries(29, 8, 3);
  private final SetClock clock = new SetClock(BEGIN);
  private final Alarms alarms = new Alarms();

  /** In the order of their storing. */
  private final List<ClusterSummary> samples = new ArrayList<>();

  private final Set<String> filledIn = new HashSet<>();

  @TempDir private Path directory;
  private Database database;
  private SampleWriter writer;
  private ReadPool pool;
  private HistoryReader history;
  private LatestReader latest;
  private int fromSteps;

  @BeforeEach
  void open(Vertx vertx) throws Exception {
    database = TestDatabase.database(directory);
    startWriter();
    pool = new ReadPool(vertx, database.forReading(), database.dialect());
    WordCache words = new WordCache();
    Damages damages = new Damages("here", alarms);
    history = new HistoryReader(vertx, pool, words, damages, RETENTION, clock);
    latest = new LatestReader(pool, new SummaryReader(vertx, words, damages, RETENTION), clock);
  }

  @AfterEach
  void close() throws Exception {
    RunningStore.await(pool.close());
    writer.close();
  }

  private void startWriter() throws Exception {
    writer = new SampleWriter(database, RETENTION, clock, alarms);
    writer.open();
  }

  @Test
  void everyAnswerIsThatOfTheReferenceWhileDaysGoBy() throws Exception {
    for (int hour = 0; hour < HOURS; hour++) {
      if (random.nextInt(12) > 0) {
        write(live(hour));
      }
      if (hour > 5) {
        write(late(hour));
        writeTwice();
        fillInWhatComesLive(hour);
      }
      clock.millis = BEGIN + (hour + 1) * HOUR + random.nextInt(10) * MINUTE;
      if (random.nextInt(3) == 0) {
        // What is late waits for more of its hour, but not for longer than a start takes.
        writer.close();
        startWriter();
        assertFalse(writer.keep(Duration.ofSeconds(60)), "there is still something to do");
        compare();
      } else {
        writer.keep(Duration.ofMillis(random.nextInt(20)));
      }
    }
    assertTrue(fromSteps > 10, "hardly any step was read: " + fromSteps);
    assertEquals(List.of(), alarms.sentences());
  }

  private List<SnapshotTaken> live(int hour) {
    List<SnapshotTaken> taken = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 1 + random.nextInt(8)) {
      taken.add(new SnapshotTaken(sample(hour, minute)));
    }
    return taken;
  }

  /** Of hours that are put together already, some of them filled in. */
  private List<SnapshotTaken> late(int hour) {
    List<SnapshotTaken> taken = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int ago = random.nextInt(Math.min(hour, 23));
      taken.add(new SnapshotTaken(sample(hour - ago, random.nextInt(60)), random.nextBoolean()));
    }
    return taken;
  }

  private ClusterSummary sample(int hour, int minute) {
    long at = BEGIN + hour * HOUR + minute * MINUTE + random.nextInt(60_000);
    ClusterSummary whole = summaries.next("hpc1", "s-" + samples.size() + "-" + at, at);
    boolean jobs = samples.size() > 9 && random.nextInt(9) == 0;
    return jobs ? Summaries.without(whole, true, random.nextBoolean()) : whole;
  }

  private void write(List<SnapshotTaken> taken) throws Exception {
    assertEquals(taken.size(), writer.write(taken).stored());
    for (SnapshotTaken one : taken) {
      samples.add(one.summary());
      if (one.backfilled()) {
        filledIn.add(one.summary().snapshotId());
      }
    }
  }

  /** A poller repeats what it does not know to be stored. */
  private void writeTwice() throws Exception {
    int from = Math.max(0, samples.size() - 200);
    ClusterSummary again = samples.get(from + random.nextInt(samples.size() - from));

    boolean backfilled = filledIn.contains(again.snapshotId()) || random.nextBoolean();
    assertEquals(0, writer.write(List.of(new SnapshotTaken(again, backfilled))).stored());
  }

  /** What was seen live stands for the same filled in. */
  private void fillInWhatComesLive(int hour) throws Exception {
    ClusterSummary early = sample(hour - random.nextInt(3), random.nextInt(60));
    assertEquals(1, writer.write(List.of(new SnapshotTaken(early, true))).stored());
    if (random.nextBoolean()) {
      writer.keep(Duration.ofMillis(50));
    }
    long at = early.observedAtEpochMillis() + 700;
    write(List.of(new SnapshotTaken(summaries.next("hpc1", early.snapshotId(), at))));
  }

  private void compare() throws Exception {
    NaiveHistory reference = new NaiveHistory(samples);
    for (int i = 0; i < 12; i++) {
      HistoryQuery query = query();
      HistoryAnswer answer = RunningStore.await(history.answer(query));
      fromSteps += answer.sourceStepMillis() > 0 ? 1 : 0;
      assertEquals(
          reference.answer(query, answer.stepMillis(), answer.sourceStepMillis()),
          answer,
          query::toString);
    }
    NaiveMoments moments = new NaiveMoments(samples);
    long moment = clock.millis - (long) (random.nextDouble() * 40 * HOUR);
    assertEquals(
        moments.nearest(List.of("hpc1"), moment),
        NaiveMoments.ordered(RunningStore.await(latest.answer(new AtQuery(moment))).summaries()));
    assertEquals(
        moments.nearest(List.of("hpc1"), clock.millis),
        NaiveMoments.ordered(RunningStore.await(latest.answer()).summaries()));
  }

  private HistoryQuery query() {
    long from = clock.millis - (long) (random.nextDouble() * (HOURS + 5) * HOUR);
    long range = 1 + (long) (random.nextDouble() * random.nextDouble() * HOURS * HOUR);
    return new HistoryQuery(
        "hpc1",
        List.of(Dimension.values()).get(random.nextInt(5)),
        List.of(Measure.values()).get(random.nextInt(5)),
        Math.max(from, 0),
        from + range,
        30 + random.nextInt(800),
        random.nextInt(9),
        random.nextBoolean());
  }
}
