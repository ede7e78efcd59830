package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.read.StoredDays.DAYS;
import static org.qstatmesh.store.read.StoredDays.HOUR;
import static org.qstatmesh.store.read.StoredDays.NOW;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.RunningStore;

/** The grid as it was and as it is, beside a reference that holds every summary. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AtTest {
  private static final List<String> CLUSTERS = List.of("hpc1", "other");

  private final Random random = new Random(17);

  @TempDir private Path directory;
  private StoredDays store;
  private NaiveMoments reference;

  @BeforeEach
  void store(Vertx vertx) throws Exception {
    store = new StoredDays(vertx, directory, random);
    reference = new NaiveMoments(store.samples);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void itIsTheNearestSampleWhateverIsCompacted() throws Exception {
    askAnyMoment(40);
    for (long until : List.of(NOW - 70 * HOUR, NOW - HOUR, NOW + 35 * 60_000)) {
      store.compact(until);
      askAnyMoment(40);
    }
  }

  private void askAnyMoment(int questions) throws Exception {
    assertEquals(reference.nearest(CLUSTERS, NOW), latest());
    for (int i = 0; i < questions; i++) {
      long moment = NOW - (long) (random.nextDouble() * (DAYS + 1) * 24 * HOUR);
      assertEquals(reference.nearest(CLUSTERS, moment), at(moment), () -> "at " + moment);
    }
  }

  private List<ClusterSummary> at(long moment) throws Exception {
    return NaiveMoments.ordered(
        RunningStore.await(store.latest.answer(new AtQuery(moment))).summaries());
  }

  private List<ClusterSummary> latest() throws Exception {
    return NaiveMoments.ordered(RunningStore.await(store.latest.answer()).summaries());
  }

  @Test
  void ofWhatIsNoLongerKeptInSamplesItIsTheNearestStep() throws Exception {
    store.compact(NOW);
    store.expire();
    int steps = 0;
    for (ClusterSummary sample : store.samples) {
      long at = sample.observedAtEpochMillis();
      long ageHours = (NOW - at) / HOUR;
      long stepMillis =
          ageHours > 55 && ageHours < 90 ? 300_000 : ageHours > 125 && ageHours < 140 ? HOUR : 0;
      boolean isKnown = sample.jobs() != null || sample.slots() != null;
      if (stepMillis > 0 && isKnown && random.nextInt(10) == 0) {
        String cluster = sample.cluster();
        ClusterSummary found =
            at(at).stream().filter(s -> s.cluster().equals(cluster)).findAny().orElseThrow();
        assertEquals(
            reference.nearestStep(cluster, at, stepMillis, NOW / HOUR * HOUR),
            found,
            () -> "at " + at);
        steps++;
      }
    }
    assertTrue(steps > 20, "hardly any step was asked for: " + steps);
  }

  @Test
  void theLastThatWasSeenOfAClusterIsFoundHoweverOldItIs() throws Exception {
    store.compact(NOW);
    store.compaction.run("DELETE FROM live");
    store.compaction.run("DELETE FROM chunk WHERE step_seconds < 3600");

    List<ClusterSummary> found = latest();

    assertEquals(
        CLUSTERS.stream()
            .map(c -> reference.nearestStep(c, NOW / HOUR * HOUR, HOUR, Long.MAX_VALUE))
            .toList(),
        found);
    assertEquals("", found.get(0).snapshotId());
    assertNull(found.get(0).queues());
  }

  @Test
  void aMomentBeforeTheEpochIsRefused() {
    QueryFailure failure =
        assertThrows(QueryFailure.class, () -> store.latest.answer(new AtQuery(-1)));

    assertEquals(400, failure.code());
  }
}
