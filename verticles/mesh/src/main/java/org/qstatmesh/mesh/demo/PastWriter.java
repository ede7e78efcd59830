package org.qstatmesh.mesh.demo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.LatestQuery;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreVerticle;

/**
 * Puts summaries of the past into a history, the way a poller would, through a store stage that
 * lives only for that.
 */
final class PastWriter {
  /** What the store keeps waiting at most; more would be dropped. */
  private static final int ROUND = 2_000;

  /** What a handler's queue on the bus takes at once. */
  private static final int BURST = 500;

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final StoreConfig store;

  /** Writes to the history that a node with this data directory will use. */
  PastWriter(Path data, String storeUrl) {
    this.store = new StoreConfig("demo", storeUrl, data);
  }

  /** Writes all of them. A store too slow to keep up says so in its log, and the past has a gap. */
  void write(List<ClusterSummary> past) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    MeterRegistry meters = new SimpleMeterRegistry();
    try {
      for (int from = 0; from < past.size(); from += ROUND) {
        String id = await(vertx.deployVerticle(new StoreVerticle(store, meters)));
        publish(vertx, past.subList(from, Math.min(from + ROUND, past.size())));
        // A store that stops writes at once what waits, instead of once a second.
        await(vertx.undeploy(id));
      }
    } finally {
      await(vertx.close());
    }
  }

  private static void publish(Vertx vertx, List<ClusterSummary> round) throws InterruptedException {
    for (int from = 0; from < round.size(); from += BURST) {
      for (ClusterSummary summary : round.subList(from, Math.min(from + BURST, round.size()))) {
        Addresses.SNAPSHOT_TAKEN.publish(vertx, new SnapshotTaken(summary));
      }
      // Answered by the same context, hence after it has taken the burst.
      var latest = await(Addresses.LATEST.ask(vertx, new LatestQuery(), DEADLINE));
      if (latest == null) {
        throw new IllegalStateException("the store does not answer");
      }
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the past could not be written: " + e, e);
    }
  }
}
