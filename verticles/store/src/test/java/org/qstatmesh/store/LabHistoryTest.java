package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;

@Timeout(60)
class LabHistoryTest {
  private static final long MINUTE = 60_000;

  @TempDir Path directory;
  private final Summaries summaries = new Summaries(11, 3, 2);
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    RunningStore.await(vertx.close());
  }

  /** While labs were not configured, or not known, there is no data: not 0. */
  @Test
  void whatIsNoLabsIsAmongTheOthersAndWithoutLabsIsNoData() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(
        List.of(
            sample("a-1", NOON, List.of(running("chem", 40), running("", 6), running("bio", 2))),
            sample("a-2", NOON + MINUTE, null),
            sample("a-3", NOON + 2 * MINUTE, List.of(running("", 9))),
            sample("a-4", NOON + 3 * MINUTE, List.of(running("chem", 8)))));

    HistoryAnswer answer = history(store, Dimension.LAB, 1);

    assertEquals(1, answer.series().size());
    assertEquals("chem", answer.series().get(0).key());
    assertEquals(Arrays.asList(40.0, null, 0.0, 8.0), answer.series().get(0).values());
    assertEquals(Arrays.asList(8.0, null, 9.0, 0.0), answer.others());
    assertFalse(history(store, Dimension.USER, 8).others().contains(null));
    store.stop();
  }

  @Test
  void theLastPictureHasItsLabs() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary known =
        sample("a-1", NOON, List.of(running("chem", 40), running("", 6), running("bio", 0)));
    store.store(List.of(known));
    assertEquals(List.of(known), List.copyOf(store.latest()));
    ClusterSummary unknown = sample("a-2", NOON + MINUTE, null);
    store.store(List.of(unknown));
    assertEquals(List.of(unknown), List.copyOf(store.latest()));
    store.stop();
  }

  private ClusterSummary sample(String id, long atMillis, List<Use> labs) {
    ClusterSummary sample = summaries.next("hpc1", id, atMillis);
    return sample.using(sample.usage().byLab(labs));
  }

  private static Use running(String lab, int slots) {
    return new Use(lab, 1, slots, 0, 0, 0, 0);
  }

  private static HistoryAnswer history(RunningStore store, Dimension dimension, int top)
      throws Exception {
    return store.history(
        new HistoryQuery(
            "hpc1", dimension, Measure.RUNNING_SLOTS, NOON, NOON + 4 * MINUTE, 4, top));
  }
}
