package org.qstatmesh.poller.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.poller.fit.QueueVerdict.Load;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.summary.Keys;

/** Holds a cluster against what is wanted. Pure functions; any thread. */
public final class ClusterFit {
  /** Most queues of one answer. */
  static final int MOST_QUEUES = 200;

  /** Looked at in about half a millisecond. */
  private static final int FEW_RECORDS = 10_000;

  private ClusterFit() {}

  /** Whether an answer is a matter for an event loop; larger clusters are one for a worker. */
  public static boolean isQuick(List<Node> nodes, List<Queue> queues) {
    long records = (long) nodes.size() + (queues == null ? 0 : queues.size());
    for (int i = 0; i < nodes.size() && records <= FEW_RECORDS; i++) {
      records += nodes.get(i).queueNames().size();
    }
    return records <= FEW_RECORDS;
  }

  /**
   * Where it fits.
   *
   * @param nodes of the newest snapshot
   * @param nodesAtEpochMillis when they were so
   * @param queues of the newest snapshot; null or empty where none are named
   * @param row what was counted of the same snapshot
   * @throws org.qstatmesh.bus.QueryFailure 400 that names the field
   */
  public static FitAnswer answer(
      FitQuery query,
      List<Node> nodes,
      long nodesAtEpochMillis,
      List<Queue> queues,
      ClusterSummary row) {
    FitQuery wanted = query.checked();
    QueueNodes behind = QueueNodes.of(row.drms(), nodes, wanted);
    List<QueueFit> fits = new ArrayList<>();
    if (queues == null || queues.isEmpty()) {
      fits.add(
          new QueueVerdict(wanted, row.visibility(), behind.of(null))
              .onAll(
                  new Load(
                      null, row.jobs() == null ? null : Integer.valueOf(row.jobs().queued()))));
    } else {
      Map<String, Load> loads = loads(row);
      Load none = new Load(null, null);
      for (Queue queue : queues) {
        String name = queue.queueName();
        fits.add(
            new QueueVerdict(wanted, row.visibility(), behind.of(name))
                .on(queue, behind.isNamed(name), loads.getOrDefault(Keys.of(name), none)));
      }
    }
    fits.sort(Comparator.comparing(QueueFit::fits));
    int shown = Math.min(MOST_QUEUES, fits.size());
    return new FitAnswer(
        nodesAtEpochMillis, row.visibility(), fits.subList(0, shown), fits.size() - shown);
  }

  /** By the key of the queue's name; running cores of the smallest of very many are unknown. */
  private static Map<String, Load> loads(ClusterSummary row) {
    Map<String, Load> loads = new HashMap<>();
    if (row.queues() == null || row.usage() == null) {
      return loads;
    }
    Map<String, Integer> running = new HashMap<>();
    row.usage().queue().forEach(use -> running.put(use.key(), use.runningSlots()));
    for (ClusterSummary.QueueCount count : row.queues()) {
      String key = Keys.of(count.queueName());
      Integer unlisted = count.runningJobs() == 0 ? 0 : null;
      loads.put(key, new Load(running.getOrDefault(key, unlisted), count.queuedJobs()));
    }
    return loads;
  }
}
