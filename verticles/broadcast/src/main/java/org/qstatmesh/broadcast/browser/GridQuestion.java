package org.qstatmesh.broadcast.browser;

import java.util.Set;
import org.qstatmesh.broadcast.feed.FeedQuery;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.WaitsQuery;

/** What a browser asks, checked: field by field, and that the cluster is configured. */
public sealed interface GridQuestion {

  /** A measure over time. */
  record History(HistoryQuery query) implements GridQuestion {}

  /** A page of jobs. */
  record Jobs(String cluster, JobsQuery query) implements GridQuestion {}

  /** One job in full. */
  record OneJob(String cluster, JobQuery query) implements GridQuestion {}

  /** The nodes and who runs there. */
  record Nodes(String cluster) implements GridQuestion {}

  /**
   * The grid as it was at a moment.
   *
   * @param clusters ids configured now; of others nothing is told
   */
  record At(AtQuery query, Set<String> clusters) implements GridQuestion {}

  /**
   * How long jobs waited, of one cluster or of all.
   *
   * @param clusters ids configured now; of others nothing is told
   */
  record Waits(WaitsQuery query, Set<String> clusters) implements GridQuestion {}

  /** What changed on a cluster. */
  record Events(EventsQuery query) implements GridQuestion {}

  /** What changed on a cluster, in few lines. */
  record Feed(FeedQuery query) implements GridQuestion {}

  /**
   * Where a job fits, in one cluster or in all.
   *
   * @param clusters ids asked for, all configured now
   */
  record Fit(FitQuery query, Set<String> clusters) implements GridQuestion {}

  /**
   * The nodes of the mesh, and what they do.
   *
   * @param clusters ids configured now; of others nothing is told
   */
  record Ops(Set<String> clusters) implements GridQuestion {}

  /** A question whose answer shall be a table in CSV, not JSON. */
  record AsTable(GridQuestion question) implements GridQuestion {}
}
