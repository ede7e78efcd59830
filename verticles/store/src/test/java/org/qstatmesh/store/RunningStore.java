package org.qstatmesh.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.LatestQuery;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;

/** A deployed store and a poller's ear for its acknowledgements. The test's thread waits. */
public final class RunningStore {
  /** Around which tests observe. */
  public static final long NOON = 1_795_348_800_000L;

  /** The store's clock, unless a test has its own. */
  public static final Clock AFTERNOON =
      Clock.fixed(Instant.ofEpochMilli(NOON).plus(1, ChronoUnit.HOURS), ZoneOffset.UTC);

  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
  private final Subscription ear;
  private final String deployment;

  private RunningStore(Vertx vertx, StoreConfig config, Database file, Clock clock)
      throws Exception {
    this.vertx = vertx;
    ear = Addresses.SNAPSHOT_STORED.subscribe(vertx, stored -> acknowledged.add(name(stored)));
    deployment = await(vertx.deployVerticle(new StoreVerticle(config, file, meters, clock)));
  }

  public static RunningStore in(Vertx vertx, Path dataDirectory) throws Exception {
    return in(vertx, dataDirectory, AFTERNOON);
  }

  public static RunningStore in(Vertx vertx, Path dataDirectory, Database file) throws Exception {
    return new RunningStore(vertx, config(dataDirectory), file, AFTERNOON);
  }

  public static RunningStore in(Vertx vertx, Path dataDirectory, Clock clock) throws Exception {
    StoreConfig config = config(dataDirectory);
    return new RunningStore(vertx, config, config.database(), clock);
  }

  public static RunningStore with(Vertx vertx, StoreConfig config) throws Exception {
    return new RunningStore(vertx, config, config.database(), AFTERNOON);
  }

  public static StoreConfig config(Path dataDirectory) {
    return TestDatabase.config(dataDirectory);
  }

  /** A writer without a stage; nobody asks it to put hours together. */
  public static SampleWriter writer(Database database) {
    return new SampleWriter(database, Retention.USUAL, AFTERNOON, new Alarms());
  }

  public void publish(ClusterSummary summary) {
    Addresses.SNAPSHOT_TAKEN.publish(vertx, new SnapshotTaken(summary));
  }

  /** The same as its probe kept it, and waits for the acknowledgement. */
  public void fillIn(ClusterSummary summary) throws InterruptedException {
    Addresses.SNAPSHOT_TAKEN.publish(vertx, new SnapshotTaken(summary, true));
    awaitAcknowledged(List.of(summary));
  }

  /** Publishes and waits for all acknowledgements. */
  public void store(Collection<ClusterSummary> summaries) throws InterruptedException {
    summaries.forEach(this::publish);
    awaitAcknowledged(summaries);
  }

  public void awaitAcknowledged(Collection<ClusterSummary> summaries) throws InterruptedException {
    Set<String> missing = new HashSet<>();
    summaries.forEach(summary -> missing.add(name(summary)));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty()) {
      String name = acknowledged.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (name == null) {
        throw new AssertionError("not acknowledged: " + missing);
      }
      missing.remove(name);
    }
  }

  /** Whether an acknowledgement came that nobody waited for. */
  public boolean acknowledgedMore() {
    return !acknowledged.isEmpty();
  }

  public Collection<ClusterSummary> latest() throws Exception {
    return await(Addresses.LATEST.ask(vertx, new LatestQuery(), PATIENCE)).summaries();
  }

  public HistoryAnswer history(HistoryQuery query) throws Exception {
    return await(Addresses.HISTORY.ask(vertx, query, PATIENCE));
  }

  public double count(String what, String... tags) {
    var counter = meters.find("qstatmesh.store." + what).tags(tags).counter();
    return counter == null ? 0 : counter.count();
  }

  public double gauge(String what) {
    return meters.get("qstatmesh.store." + what).gauge().value();
  }

  public boolean hasGauge(String what) {
    return meters.find("qstatmesh.store." + what).gauge() != null;
  }

  public void stop() throws Exception {
    await(vertx.undeploy(deployment));
    await(ear.cancel());
  }

  public static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static String name(SnapshotStored stored) {
    return stored.cluster() + "/" + stored.snapshotId();
  }

  private static String name(ClusterSummary summary) {
    return summary.cluster() + "/" + summary.snapshotId();
  }
}
