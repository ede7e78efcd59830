package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;

/** Clusters that become known while the newest of all are read. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NewClusterTest {
  private static final int CLUSTERS = 300;

  @TempDir private Path directory;

  @Test
  void theOthersAreAnsweredMeanwhile(Vertx vertx) throws Exception {
    Database database = TestDatabase.database(directory);
    SampleWriter writer = RunningStore.writer(database);
    writer.open();
    ReadPool pool = new ReadPool(vertx, database.forReading(), database.dialect());
    SummaryReader summaries =
        new SummaryReader(
            vertx, new WordCache(), new Damages("here", new Alarms()), Retention.USUAL);
    LatestReader latest = new LatestReader(pool, summaries, RunningStore.AFTERNOON);

    CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> addClusters(writer));
    while (!coming.isDone()) {
      RunningStore.await(latest.answer());
    }
    coming.get();

    assertEquals(CLUSTERS, RunningStore.await(latest.answer()).summaries().size());
    RunningStore.await(pool.close());
    writer.close();
  }

  private static void addClusters(SampleWriter writer) {
    Summaries random = new Summaries(7, 3, 2);
    for (int i = 0; i < CLUSTERS; i++) {
      try {
        writer.write(List.of(new SnapshotTaken(random.next("new-" + i, "s-" + i, NOON + i))));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
