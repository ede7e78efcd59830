package org.qstatmesh.broadcast.browser;

import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsQuery;

/** What a browser asks, checked: field by field, and that the cluster is configured. */
public sealed interface GridQuestion {
  /** The cluster asked about. */
  String cluster();

  /** A measure over time. */
  record History(HistoryQuery query) implements GridQuestion {
    @Override
    public String cluster() {
      return query.cluster();
    }
  }

  /** A page of jobs. */
  record Jobs(String cluster, JobsQuery query) implements GridQuestion {}

  /** One job in full. */
  record OneJob(String cluster, JobQuery query) implements GridQuestion {}

  /** The nodes and who runs there. */
  record Nodes(String cluster) implements GridQuestion {}
}
