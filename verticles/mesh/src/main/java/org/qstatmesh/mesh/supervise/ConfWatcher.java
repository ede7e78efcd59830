package org.qstatmesh.mesh.supervise;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.mesh.config.ConfDirectory;
import org.qstatmesh.mesh.config.ConfException;
import org.qstatmesh.mesh.config.ConfProblem;
import org.qstatmesh.mesh.config.MeshConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up changes of conf/ while the mesh runs. A broken change leaves the old configuration in
 * force and is said once.
 */
public final class ConfWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(ConfWatcher.class);

  private final Vertx vertx;
  private final ConfDirectory directory;
  private final Supervisor supervisor;
  private final Duration period;

  /** Files at the last look; null before the first. */
  private Map<String, String> seen;

  /** What was said of them; empty when they are in force. */
  private List<ConfProblem> problems = List.of();

  private volatile boolean stopped;

  /** Looks every {@code period}. */
  public ConfWatcher(Vertx vertx, ConfDirectory directory, Supervisor supervisor, Duration period) {
    this.vertx = vertx;
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
        .onFailure(cause -> LOG.error("conf/ could not be taken up: {}", cause.toString()))
        .onComplete(done -> again());
  }

  private Future<Void> takeUp(Map<String, String> texts) {
    return directory
        .understand(texts)
        .compose(
            next -> {
              problems = List.of();
              if (next.equals(supervisor.config())) {
                return Future.succeededFuture();
              }
              LOG.info("configuration changed: {}", difference(supervisor.config(), next));
              return supervisor.apply(next);
            })
        .recover(
            cause ->
                cause instanceof ConfException broken
                    ? said(broken.problems())
                    : Future.failedFuture(cause));
  }

  private Future<Void> said(List<ConfProblem> found) {
    if (!found.equals(problems)) {
      problems = found;
      LOG.error("conf/ changed but is not valid; the configuration before stays in force:");
      problems.forEach(problem -> LOG.error("  {}", problem));
    }
    return Future.succeededFuture();
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
