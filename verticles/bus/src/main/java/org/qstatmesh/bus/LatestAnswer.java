package org.qstatmesh.bus;

import java.util.List;

/** The newest stored summary of every cluster that was ever seen. */
public record LatestAnswer(List<ClusterSummary> summaries) implements MeshMessage {
  /** Copies the list. */
  public LatestAnswer {
    summaries = List.copyOf(summaries);
  }
}
