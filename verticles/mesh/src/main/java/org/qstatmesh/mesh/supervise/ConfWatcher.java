package org.qstatmesh.mesh.supervise;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ConfState;
import org.qstatmesh.mesh.config.ConfDirectory;
import org.qstatmesh.mesh.config.ConfException;
import org.qstatmesh.mesh.config.ConfProblem;
import org.qstatmesh.mesh.config.MeshConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up changes of conf/ while the mesh runs. A broken change leaves the old configuration in
 * force, is said once in the log, and to the pages for as long as it is broken.
 */
public final class ConfWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(ConfWatcher.class);

  /** As many as fit above the rows. */
  private static final int TOLD_PROBLEMS = 5;

  private final Vertx vertx;
  private final String node;
  private final ConfDirectory directory;
  private final Supervisor supervisor;
  private final Duration period;

  /** Files at the last look; null before the first. */
  private Map<String, String> seen;

  /** What was said of them; empty when they are in force. */
  private List<ConfProblem> problems = List.of();

  private long inForceSinceEpochMillis = System.currentTimeMillis();
  private volatile boolean stopped;

  /** Looks every {@code period}; pages are told of {@code node}. */
  public ConfWatcher(
      Vertx vertx, String node, ConfDirectory directory, Supervisor supervisor, Duration period) {
    this.vertx = vertx;
    this.node = node;
    this.directory = directory;
    this.supervisor = supervisor;
    this.period = period;
  }

  /** Begins to look; what changed since the configuration in force was read is found, too. */
  public void start() {
    again();
  }

  /** Looks no more. */
  public void stop() {
    stopped = true;
  }

  /** Armed anew after each look, so that slow looks never pile up. */
  private void again() {
    if (!stopped) {
      vertx.setTimer(period.toMillis(), timer -> look());
    }
  }

  private void look() {
    directory
        .texts()
        .compose(
            texts -> {
              // A file that was missing may have come without a change of those that name it.
              boolean settled = texts.equals(seen) && problems.isEmpty();
              seen = texts;
              return settled ? Future.<Void>succeededFuture() : takeUp(texts);
            })
        .recover(
            cause ->
                cause instanceof ConfException broken
                    ? said(broken.problems())
                    : Future.failedFuture(cause))
        .onFailure(cause -> LOG.error("conf/ could not be taken up: {}", cause.toString()))
        .onComplete(done -> again());
  }

  private Future<Void> takeUp(Map<String, String> texts) {
    return directory
        .understand(texts)
        .compose(
            next -> {
              inForceSinceEpochMillis = System.currentTimeMillis();
              if (!problems.isEmpty()) {
                problems = List.of();
                tell();
              }
              if (next.equals(supervisor.config())) {
                return Future.succeededFuture();
              }
              LOG.info("configuration changed: {}", difference(supervisor.config(), next));
              return supervisor.apply(next);
            });
  }

  private Future<Void> said(List<ConfProblem> found) {
    if (!found.equals(problems)) {
      problems = found;
      LOG.error("conf/ changed but is not valid; the configuration before stays in force:");
      problems.forEach(problem -> LOG.error("  {}", problem));
    }
    // At each look: whoever serves pages may have begun after the last one.
    tell();
    return Future.succeededFuture();
  }

  private void tell() {
    List<ConfState.Problem> told =
        problems.stream().limit(TOLD_PROBLEMS).map(ConfProblem::forEverybody).toList();
    Addresses.CONF_STATE.publish(
        vertx, new ConfState(node, inForceSinceEpochMillis, told, problems.size() - told.size()));
  }

  private static String difference(MeshConfig before, MeshConfig next) {
    Map<String, ClusterConfig> old = new HashMap<>();
    before.clusters().forEach(cluster -> old.put(cluster.cluster(), cluster));
    StringBuilder said = new StringBuilder();
    for (ClusterConfig cluster : next.clusters()) {
      ClusterConfig was = old.remove(cluster.cluster());
      if (was == null) {
        said.append(" +").append(cluster.cluster());
      } else if (!was.equals(cluster)) {
        said.append(" ~").append(cluster.cluster());
      }
    }
    old.keySet().stream().sorted().forEach(id -> said.append(" -").append(id));
    if (!before.people().equals(next.people())) {
      said.append(" people");
    }
    if (!before.withClusters(next.clusters()).withPeople(next.people()).equals(next)) {
      said.append(" settings");
    }
    return said.isEmpty() ? "order of the rows" : said.substring(1);
  }
}
