package org.qstatmesh.store.events;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;

/**
 * Of all that it is shown the newest, as many as are wanted; days are shown newest first. One
 * thread.
 */
public final class NewestEvents implements EventBody.Visitor {
  private static final Comparator<Seen> NEWEST_FIRST =
      Comparator.comparingLong(Seen::atEpochMillis).reversed().thenComparing(Seen::place);

  private final int limit;
  private final Integer owner;
  private final PriorityQueue<Seen> newest = new PriorityQueue<>(NEWEST_FIRST.reversed());
  private long shown;

  /** One of the three; {@code place} in the order in which they were shown. */
  private record Seen(
      long atEpochMillis, long place, StoredJob job, NodeEvent node, ClusterEvent cluster) {}

  /**
   * Nothing yet.
   *
   * @param owner number of a login: only their jobs; null for all
   */
  public NewestEvents(int limit, Integer owner) {
    this.limit = limit;
    this.owner = owner;
  }

  @Override
  public void job(StoredJob job) {
    if (owner == null || owner == job.owner()) {
      add(new Seen(job.atEpochMillis(), shown, job, null, null));
    }
  }

  @Override
  public void node(NodeEvent node) {
    if (owner == null) {
      add(new Seen(node.atEpochMillis(), shown, null, node, null));
    }
  }

  /** What happened to the cluster itself. */
  public void cluster(ClusterEvent cluster) {
    if (owner == null) {
      add(new Seen(cluster.atEpochMillis(), shown, null, null, cluster));
    }
  }

  private void add(Seen seen) {
    shown++;
    newest.add(seen);
    if (newest.size() > limit) {
      newest.remove();
    }
  }

  /** Jobs, newest first. */
  public List<StoredJob> jobs() {
    return sorted().stream().filter(seen -> seen.job != null).map(Seen::job).toList();
  }

  /** Nodes, newest first. */
  public List<NodeEvent> nodes() {
    return sorted().stream().filter(seen -> seen.node != null).map(Seen::node).toList();
  }

  /** The cluster itself, newest first. */
  public List<ClusterEvent> clusters() {
    return sorted().stream().filter(seen -> seen.cluster != null).map(Seen::cluster).toList();
  }

  /** Whether there were more than are wanted. */
  public boolean more() {
    return shown > limit;
  }

  private List<Seen> sorted() {
    List<Seen> sorted = new ArrayList<>(newest);
    sorted.sort(NEWEST_FIRST);
    return sorted;
  }
}
