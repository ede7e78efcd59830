package org.qstatmesh.broadcast.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.broadcast.feed.FeedAnswer.Answering;
import org.qstatmesh.broadcast.feed.FeedAnswer.Entry;
import org.qstatmesh.broadcast.feed.FeedAnswer.Nodes;
import org.qstatmesh.broadcast.feed.FeedAnswer.Turn;
import org.qstatmesh.broadcast.feed.FeedAnswer.Use;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.wire.NodeState;

/** Events and the lines that become of them. */
class ChangeFeedTest {
  /** Start of a window. */
  static final long START = 1_795_330_200_000L;

  private static final long SECOND = 1_000;

  private final ChangeFeed feed = new ChangeFeed();

  static JobEvent job(JobChange change, long at, String owner, int tasks, int slots, Long started) {
    return new JobEvent(
        change, at, "1", owner, "batch", null, tasks, slots, null, started, null, null);
  }

  static JobEvent started(long at, String owner, int tasks, int slots) {
    return job(JobChange.STARTED, at, owner, tasks, slots, at / SECOND);
  }

  private static NodeEvent node(long at, String name, NodeState from, NodeState to, String why) {
    return new NodeEvent(at, name, from, to, why);
  }

  @Test
  void whatOneLoginTookInTenMinutesIsOneLine() {
    feed.add(started(START, "alice", 18, 24));
    feed.add(started(START + 599_999, "alice", 1, 24));
    feed.add(started(START + 600_000, "alice", 2, 20));
    feed.add(started(START, "bob", 1, 32));
    assertEquals(
        List.of(
            Entry.of(START + 600_000, new Use("alice", 2, 40, 0, 0)),
            Entry.of(START + 599_999, new Use("alice", 19, 456, 0, 0)),
            Entry.of(START, new Use("bob", 1, 32, 0, 0))),
        feed.entries(10_000));
  }

  @Test
  void whatWasTakenAndGivenBackIsNoNews() {
    feed.add(started(START, "alice", 10, 16));
    feed.add(job(JobChange.FINISHED, START + 1, "alice", 9, 16, 5L));
    assertEquals(List.of(), feed.entries(10_000));
    feed.add(job(JobChange.FINISHED, START + 2, "alice", 3, 16, 5L));
    assertEquals(
        List.of(Entry.of(START + 2, new Use("alice", 10, 160, 12, 192))), feed.entries(10_000));
  }

  @Test
  void whoNeverStartedGivesNothingBack() {
    feed.add(job(JobChange.FINISHED, START, "alice", 100, 16, null));
    feed.add(job(JobChange.SUBMITTED, START, "alice", 100, 16, null));
    assertEquals(List.of(), feed.entries(0));
  }

  @ParameterizedTest
  @CsvSource({
    "31, 3101, 0",
    "31, 3100, 1",
    "32, 1000000, 1",
    "1, 100, 1",
    "1, 101, 0",
    "31, 0, 0",
    "32, 0, 1"
  })
  void smallOnesAreLeftOut(int slots, int clusterCores, int lines) {
    feed.add(started(START, "alice", 1, slots));
    assertEquals(lines, feed.entries(clusterCores).size());
  }

  @ParameterizedTest
  @CsvSource({
    "FREE, DOWN, DOWN",
    "FULL, OFFLINE, OFFLINE",
    "DOWN, DRAINING, DRAINING",
    "FREE, UNKNOWN, UNKNOWN",
    "DOWN, FREE, BACK",
    "OFFLINE, FULL, BACK",
    ", PARTIAL, NEW",
    ", DOWN, DOWN",
    "FREE, , GONE"
  })
  void aNodeIsNamed(NodeState from, NodeState to, Turn turn) {
    feed.add(node(START + 5, "cn12", from, to, "not responding"));
    assertEquals(
        List.of(Entry.of(START + 5, new Nodes(turn, 1, List.of("cn12"), "not responding"))),
        feed.entries(0));
  }

  @Test
  void nodesOfOneKindAreOneLine() {
    IntStream.rangeClosed(10, 21)
        .forEach(i -> feed.add(node(START + i, "cn" + i, NodeState.FREE, NodeState.DOWN, "lost")));
    feed.add(node(START + 30, "cn10", NodeState.FREE, NodeState.DOWN, "lost"));
    feed.add(node(START, "cn1", NodeState.FREE, NodeState.DOWN, null));
    feed.add(node(START, "cn1", NodeState.DOWN, NodeState.FREE, null));
    List<String> first = List.of("cn10", "cn11", "cn12", "cn13", "cn14");
    assertEquals(
        List.of(
            Entry.of(START + 30, new Nodes(Turn.DOWN, 12, first, "lost")),
            Entry.of(START + 30, new Nodes(Turn.DOWN, 1, List.of("cn1"), null)),
            Entry.of(START, new Nodes(Turn.BACK, 1, List.of("cn1"), null))),
        feed.entries(0));
  }

  @Test
  void anOutageIsALineOfItsOwn() {
    feed.add(new ClusterEvent(ClusterChange.CLUSTER_UP, START + 9, null));
    feed.add(new ClusterEvent(ClusterChange.CLUSTER_DOWN, START + 5, FailureCode.SSH_UNREACHABLE));
    feed.add(started(START + 5, "alice", 1, 32));
    assertEquals(
        List.of(
            new Entry(START + 9, new Answering(ClusterChange.CLUSTER_UP, null), null, null),
            new Entry(
                START + 5,
                new Answering(ClusterChange.CLUSTER_DOWN, FailureCode.SSH_UNREACHABLE),
                null,
                null),
            Entry.of(START + 5, new Use("alice", 1, 32, 0, 0))),
        feed.entries(0));
  }

  @Test
  void reasonsThatAllDifferAreNoHelp() {
    IntStream.range(0, 4)
        .forEach(i -> feed.add(node(START, "cn" + i, NodeState.FREE, NodeState.OFFLINE, "" + i)));
    assertEquals(
        List.of(
            Entry.of(START, new Nodes(Turn.OFFLINE, 4, List.of("cn0", "cn1", "cn2", "cn3"), null))),
        feed.entries(0));
  }
}
