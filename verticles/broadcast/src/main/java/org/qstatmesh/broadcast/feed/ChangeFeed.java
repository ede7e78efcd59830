package org.qstatmesh.broadcast.feed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.qstatmesh.broadcast.feed.FeedAnswer.Entry;
import org.qstatmesh.broadcast.feed.FeedAnswer.Nodes;
import org.qstatmesh.broadcast.feed.FeedAnswer.Turn;
import org.qstatmesh.broadcast.feed.FeedAnswer.Use;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.wire.NodeState;

/** Folds events into lines. Pure; one thread. */
final class ChangeFeed {
  /** What happened within it is one line. */
  static final long WINDOW_MILLIS = 600_000;

  /** From so many cores on a change of use is news on every cluster. */
  private static final long MANY_CORES = 32;

  /** On a small cluster, from this part of its cores on. */
  private static final long PER_CENT = 1;

  private static final int NAMES = 5;
  private static final int REASONS = 3;

  private record UseKey(long window, String user) {}

  private record NodesKey(long window, Turn turn) {}

  private static final class UseSum {
    private long lastAt;
    private long startedJobs;
    private long startedSlots;
    private long endedJobs;
    private long endedSlots;
  }

  private static final class NodesSum {
    private long lastAt;
    private final Map<String, SortedSet<String>> namesByReason = new HashMap<>();
  }

  private final Map<UseKey, UseSum> uses = new HashMap<>();
  private final Map<NodesKey, NodesSum> nodes = new HashMap<>();
  private final List<Entry> outages = new ArrayList<>();

  static long windowStart(long epochMillis) {
    return Math.floorDiv(epochMillis, WINDOW_MILLIS) * WINDOW_MILLIS;
  }

  void add(ClusterEvent event) {
    outages.add(Entry.of(event));
  }

  void add(JobEvent event) {
    // Who never started gives nothing back.
    boolean ended =
        event.change() == JobChange.FINISHED && event.dispatchTimeEpochSeconds() != null;
    if (event.change() != JobChange.STARTED && !ended) {
      return;
    }
    UseSum sum =
        uses.computeIfAbsent(
            new UseKey(windowStart(event.atEpochMillis()), event.jobOwner()), key -> new UseSum());
    long slots = (long) event.tasks() * event.slots();
    sum.lastAt = Math.max(sum.lastAt, event.atEpochMillis());
    if (ended) {
      sum.endedJobs += event.tasks();
      sum.endedSlots += slots;
    } else {
      sum.startedJobs += event.tasks();
      sum.startedSlots += slots;
    }
  }

  void add(NodeEvent event) {
    NodesSum sum =
        nodes.computeIfAbsent(
            new NodesKey(windowStart(event.atEpochMillis()), turn(event.from(), event.to())),
            key -> new NodesSum());
    sum.lastAt = Math.max(sum.lastAt, event.atEpochMillis());
    sum.namesByReason
        .computeIfAbsent(event.reason(), reason -> new TreeSet<>())
        .add(event.nodeName());
  }

  private static Turn turn(NodeState from, NodeState to) {
    if (to == null) {
      return Turn.GONE;
    }
    return switch (to) {
      case DOWN -> Turn.DOWN;
      case OFFLINE -> Turn.OFFLINE;
      case DRAINING -> Turn.DRAINING;
      case UNKNOWN -> Turn.UNKNOWN;
      case FULL, PARTIAL, FREE -> from == null ? Turn.NEW : Turn.BACK;
    };
  }

  /**
   * The lines, newest first.
   *
   * @param cores of the cluster; 0 when unknown
   */
  List<Entry> entries(int cores) {
    List<Entry> entries = new ArrayList<>(outages);
    uses.forEach(
        (key, sum) -> {
          if (isNews(Math.abs(sum.startedSlots - sum.endedSlots), cores)) {
            Use use =
                new Use(
                    key.user(), sum.startedJobs, sum.startedSlots, sum.endedJobs, sum.endedSlots);
            entries.add(Entry.of(sum.lastAt, use));
          }
        });
    nodes.forEach((key, sum) -> addNodes(key.turn(), sum, entries));
    entries.sort(
        Comparator.comparingLong(Entry::atEpochMillis)
            .reversed()
            .thenComparing(entry -> entry.cluster() == null)
            .thenComparing(entry -> entry.nodes() == null)
            .thenComparing(ChangeFeed::size, Comparator.reverseOrder())
            .thenComparing(Entry::toString));
    return entries;
  }

  /** Of lines of one kind and moment, the greatest comes first. */
  private static long size(Entry entry) {
    if (entry.use() != null) {
      return Math.abs(entry.use().startedSlots() - entry.use().endedSlots());
    }
    return entry.nodes() == null ? 0 : entry.nodes().count();
  }

  private static boolean isNews(long difference, int cores) {
    return difference >= MANY_CORES
        || (difference > 0 && cores > 0 && difference * 100 >= PER_CENT * cores);
  }

  /** Where each node has a reason of its own, the reasons are no help in a line. */
  private static void addNodes(Turn turn, NodesSum sum, List<Entry> entries) {
    if (sum.namesByReason.size() > REASONS) {
      Set<String> all = new HashSet<>();
      sum.namesByReason.values().forEach(all::addAll);
      entries.add(Entry.of(sum.lastAt, nodes(turn, new TreeSet<>(all), null)));
    } else {
      sum.namesByReason.forEach(
          (reason, names) -> entries.add(Entry.of(sum.lastAt, nodes(turn, names, reason))));
    }
  }

  private static Nodes nodes(Turn turn, SortedSet<String> names, String reason) {
    return new Nodes(turn, names.size(), names.stream().limit(NAMES).toList(), reason);
  }
}
