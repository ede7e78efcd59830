package org.qstatmesh.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.demo.login.LoginServer;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated clusters with a week behind them, each with a real probe, most of them behind an ssh
 * server. Any thread.
 *
 * <pre>{@code
 * try (DemoClusters demo = DemoClusters.start(folder, 42, Clock.systemUTC())) {
 *   Files.writeString(conf.resolve("clusters.json"), demo.clustersJson());
 *   store(demo.history());
 * }
 * }</pre>
 */
public final class DemoClusters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoClusters.class);
  private static final long TICK_MILLIS = 2_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Clock clock;
  private final DemoPast past;
  private final LoginServer login;
  private final List<DemoCluster> clusters = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-simulation");
            thread.setDaemon(true);
            return thread;
          });

  /** Clusters that stand still; the simulation's thread only. */
  private final Set<String> failing = new HashSet<>();

  private DemoClusters(Path directory, long seed, Clock clock)
      throws IOException, InterruptedException {
    this.clock = clock;
    Instant now = clock.instant();
    past = new DemoPast(seed, now);
    Path home = directory.toAbsolutePath().normalize();
    // each takes a second: the one loads its cryptography while the other plays a week
    CompletableFuture<List<BatchSystem>> played =
        CompletableFuture.supplyAsync(past::playedUpToNow);
    login = LoginServer.start(home.resolve("keys"));
    boolean complete = false;
    try {
      List<BatchSystem> batches = played.join();
      for (int i = 0; i < batches.size(); i++) {
        DemoPlan plan = DemoPlan.all().get(i);
        Path files = home.resolve("clusters").resolve(plan.cluster().id());
        DemoCluster cluster = new DemoCluster(plan, batches.get(i), files, now);
        clusters.add(cluster);
        if (plan.throughSsh()) {
          login.allowForwardingTo(cluster.probeAddress().port());
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  /**
   * Plays the clusters' last week, then lets them go on in real time. Blocks for some seconds.
   *
   * @param directory for keys, commands and listings; made when it is not there, left when closed
   * @param seed another seed, other jobs
   * @param clock the present; listings tell its time
   */
  public static DemoClusters start(Path directory, long seed, Clock clock)
      throws IOException, InterruptedException {
    DemoClusters demo = new DemoClusters(directory, seed, clock);
    demo.tickEvery(TICK_MILLIS);
    return demo;
  }

  private void tickEvery(long millis) {
    // spread over the tick, so that the machine is never busy with all of them at once
    long share = millis / clusters.size();
    for (int i = 0; i < clusters.size(); i++) {
      DemoCluster cluster = clusters.get(i);
      var unused =
          ticker.scheduleWithFixedDelay(
              () -> tick(cluster), share * i, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void tick(DemoCluster cluster) {
    String id = cluster.plan().cluster().id();
    try {
      cluster.advanceTo(clock.instant());
      failing.remove(id);
    } catch (IOException | RuntimeException e) {
      // an exception that escapes would end the ticks for good
      if (failing.add(id)) {
        LOG.warn("{} stands still", id, e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The clusters as {@code conf/clusters.json} has them; paths in it are absolute. Polled every two
   * to four seconds.
   */
  public String clustersJson() {
    return DemoConf.clustersJson(clusters, login);
  }

  /** Who uses them, as {@code conf/people.json} has it. */
  public String peopleJson() {
    return DemoConf.peopleJson();
  }

  /**
   * What the mesh would have seen in the seven days before the demonstration began, oldest first in
   * each cluster: every fifteen minutes, in the last day every five, in the last two hours every
   * one. What is polled from now on goes on from there. Blocks for some seconds.
   */
  public List<ClusterSummary> history() {
    return past.history();
  }

  /**
   * The same at equal distances.
   *
   * @param back how long before the start; at most seven days
   * @param step from one summary of a cluster to the next
   */
  List<ClusterSummary> history(Duration back, Duration step) {
    return past.history(back, step);
  }

  /** Ends probes, commands and ssh server; at most five seconds. */
  @Override
  public void close() {
    ticker.shutdown();
    try {
      if (!ticker.awaitTermination(LONGEST_CLOSE.toMillis() / 2, TimeUnit.MILLISECONDS)) {
        LOG.warn("the simulation is still at work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clusters.parallelStream().forEach(DemoCluster::close);
    login.close();
  }
}
