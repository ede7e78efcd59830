package org.qstatmesh.broadcast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.broadcast.fit.FitStandings;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.PollFailed;

/** Every row of the page, in the page's order. Pure; one thread. */
final class RowBoard {

  /** A line of the overview. */
  record Entry(
      String cluster, String title, String status, int order, ClusterRow.Outage lastOutage) {}

  private Map<String, ClusterRow> rows = new LinkedHashMap<>();
  private long revision;

  /** Rows of other clusters go, new ones come, the rest keep what they know. */
  void configure(List<ClusterConfig> clusters) {
    Map<String, ClusterRow> next = new LinkedHashMap<>();
    for (ClusterConfig config : clusters) {
      ClusterRow row = rows.getOrDefault(config.cluster(), new ClusterRow(config));
      row.configure(config);
      next.put(config.cluster(), row);
    }
    rows = next;
  }

  /** News of a cluster that is not configured is no news. */
  void take(ClusterSummary summary, long nowEpochMillis) {
    ClusterRow row = rows.get(summary.cluster());
    if (row != null) {
      row.take(summary, nowEpochMillis);
    }
  }

  /** News of a cluster that is not configured is no news. */
  void fail(PollFailed news, long nowEpochMillis) {
    ClusterRow row = rows.get(news.cluster());
    if (row != null) {
      row.fail(news, nowEpochMillis);
    }
  }

  /** These are the clusters that some poller says it polls. */
  void polled(Set<String> clusters, long nowEpochMillis) {
    rows.forEach((id, row) -> row.polled(clusters.contains(id), nowEpochMillis));
  }

  /**
   * The rows that changed since the last call, be it by the clock alone; each has a new revision.
   */
  List<ClusterSummary> changes(long nowEpochMillis) {
    List<ClusterSummary> changed = new ArrayList<>();
    for (ClusterRow row : rows.values()) {
      row.changedAt(nowEpochMillis, revision + 1)
          .ifPresent(
              body -> {
                revision++;
                changed.add(body);
              });
    }
    return changed;
  }

  List<Entry> overview(long nowEpochMillis) {
    return rows.values().stream()
        .map(
            row ->
                new Entry(
                    row.config().cluster(),
                    row.config().title(),
                    row.statusAt(nowEpochMillis).name(),
                    row.config().order(),
                    row.lastOutage()))
        .toList();
  }

  FitStandings standings(long nowEpochMillis) {
    return new FitStandings(
        nowEpochMillis,
        rows.values().stream()
            .map(
                row ->
                    new FitStandings.Standing(
                        row.config().cluster(),
                        row.statusAt(nowEpochMillis),
                        row.staleAfterMillis()))
            .toList());
  }

  /** How many cores a cluster's last picture has; 0 when that is not known. */
  int cores(String cluster) {
    ClusterRow row = rows.get(cluster);
    return row == null ? 0 : row.cores();
  }

  List<String> clusters() {
    return List.copyOf(rows.keySet());
  }
}
