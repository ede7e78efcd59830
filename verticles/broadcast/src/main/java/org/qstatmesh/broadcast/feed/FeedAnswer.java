package org.qstatmesh.broadcast.feed;

import java.util.List;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.FailureCode;

/**
 * A cluster's news, newest first.
 *
 * @param entries the lines
 * @param fromEpochMillis how far back they reach: what is older was not looked at, and the next
 *     question may end here
 * @param more whether that is later than was asked for
 */
public record FeedAnswer(List<Entry> entries, long fromEpochMillis, boolean more) {
  /** Copies the list. */
  public FeedAnswer {
    entries = List.copyOf(entries);
  }

  /**
   * One line: one of the three is there, the others are null.
   *
   * @param atEpochMillis when the last of it was seen
   */
  public record Entry(long atEpochMillis, Answering cluster, Use use, Nodes nodes) {
    static Entry of(ClusterEvent event) {
      return new Entry(
          event.atEpochMillis(), new Answering(event.change(), event.failure()), null, null);
    }

    static Entry of(long atEpochMillis, Use use) {
      return new Entry(atEpochMillis, null, use, null);
    }

    static Entry of(long atEpochMillis, Nodes nodes) {
      return new Entry(atEpochMillis, null, null, nodes);
    }
  }

  /**
   * The cluster itself stopped answering, or answered again.
   *
   * @param failure why it is down; null when it is up, or when that is not known here
   */
  public record Answering(ClusterChange change, FailureCode failure) {}

  /**
   * Somebody's use changed.
   *
   * @param user login; null where the scheduler hides it
   * @param startedJobs tasks that started
   * @param startedSlots their cores
   * @param endedJobs tasks that had run and ended
   * @param endedSlots their cores
   */
  public record Use(
      String user, long startedJobs, long startedSlots, long endedJobs, long endedSlots) {}

  /** What became of a node. */
  public enum Turn {
    /** It went down. */
    DOWN,
    /** An administrator took it out. */
    OFFLINE,
    /** It takes no new jobs. */
    DRAINING,
    /** Nobody knows. */
    UNKNOWN,
    /** It takes work again. */
    BACK,
    /** It is new and takes work. */
    NEW,
    /** It is not listed any more. */
    GONE
  }

  /**
   * Nodes to which the same happened.
   *
   * @param count how many
   * @param names of the first few, sorted
   * @param reason theirs in common; null when there is none
   */
  public record Nodes(Turn turn, int count, List<String> names, String reason) {
    /** Copies the list. */
    public Nodes {
      names = List.copyOf(names);
    }
  }
}
