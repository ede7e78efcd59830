package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.read.StoredDays.DAYS;
import static org.qstatmesh.store.read.StoredDays.HOUR;
import static org.qstatmesh.store.read.StoredDays.NOW;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.store.RunningStore;

/** Answers from rows, chunks and both, beside those of a reference that holds every summary. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CompactedHistoryTest {
  private final Random random = new Random(11);

  @TempDir private Path directory;
  private StoredDays store;
  private NaiveHistory reference;

  @BeforeEach
  void store(Vertx vertx) throws Exception {
    store = new StoredDays(vertx, directory, random);
    reference = new NaiveHistory(store.samples);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void everyAnswerIsThatOfTheReferenceWhateverIsCompacted() throws Exception {
    assertEquals(0, askAnything(30));
    for (long until : List.of(NOW - 70 * HOUR, NOW - HOUR, NOW + 35 * 60_000)) {
      store.compact(until);
      assertTrue(askAnything(40) > 0);
    }
    store.expire();
    assertTrue(askAnything(60) > 0);
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
    return RunningStore.await(store.history.answer(query));
  }

  @Test
  void whatIsNoLongerKeptInSamplesIsAskedInLongerSteps() throws Exception {
    store.compact(NOW);
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
    store.compact(NOW);
    long from = (NOW / HOUR - 20) * HOUR;
    HistoryQuery query = minutesOf(from);
    String first = ask(query).series().get(0).key();
    store.compaction.run("DELETE FROM word WHERE word = ?", first);
    store.words.clear();

    assertNull(ask(query).series().get(0).key());

    store.compaction.run(
        "UPDATE chunk SET body = ? WHERE step_seconds = 0 AND start_epoch_seconds = ?",
        new byte[] {1, 2, 3, 4, 5, 6, 7},
        from / 1_000);
    HistoryAnswer gap = ask(query);
    assertTrue(gap.others().subList(0, 60).stream().allMatch(Objects::isNull));
    assertTrue(gap.others().subList(60, 120).stream().anyMatch(Objects::nonNull));
  }
}
