package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.ProbeAddress;

/** Pollers that tell each other what they do, on a clock of the test's. */
class PollerShareTest {
  private static final Duration LISTEN = Duration.ofMillis(2_500);
  private static final List<ClusterConfig> SIXTY =
      IntStream.range(0, 60).mapToObj(number -> cluster("c" + number, Set.of())).toList();

  private long nanos = TimeUnit.DAYS.toNanos(1);
  private final Map<String, Node> nodes = new TreeMap<>();

  private final class Node {
    final PollerShare share;
    List<String> polled = List.of();

    Node(String name, String... labels) {
      share = new PollerShare(name, List.of(labels), LISTEN, () -> nanos, nanos);
      share.listens();
      nodes.put(name, this);
    }

    PollerAlive act() {
      polled = share.of(configured, polled).stream().map(ClusterConfig::cluster).toList();
      return share.announcement(polled);
    }
  }

  private List<ClusterConfig> configured = SIXTY;

  private static ClusterConfig cluster(String id, Set<String> pollers) {
    return new ClusterConfig(
        id,
        id,
        0,
        new ProbeAddress("127.0.0.1", 1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1 << 20,
        null,
        null,
        pollers);
  }

  /** Two seconds: everybody takes a share and says so to all. */
  private void beat() {
    nanos += TimeUnit.SECONDS.toNanos(2);
    List<PollerAlive> beats = new ArrayList<>();
    nodes.values().forEach(node -> beats.add(node.act()));
    beats.forEach(beat -> nodes.values().forEach(node -> node.share.heard(beat)));
  }

  private void beats(int count) {
    for (int i = 0; i < count; i++) {
      beat();
    }
  }

  private Map<String, Integer> pollersByCluster() {
    Map<String, Integer> pollers = new HashMap<>();
    nodes.values().forEach(node -> node.polled.forEach(id -> pollers.merge(id, 1, Integer::sum)));
    return pollers;
  }

  private void assertEachHasOne() {
    assertEquals(configured.size(), pollersByCluster().size());
    assertEquals(Set.of(1), Set.copyOf(pollersByCluster().values()));
  }

  @Test
  void whoComesListensFirstAndTakesItsShareWithinTenSeconds() {
    Node a = new Node("a");
    beat();
    assertEquals(List.of(), a.polled, "somebody else might poll them all");
    beats(1);
    assertEquals(60, a.polled.size());

    Node b = new Node("b");
    List<Integer> covered = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      beat();
      covered.add(pollersByCluster().size());
    }
    assertEquals(Set.of(60), new HashSet<>(covered), "no cluster is without a poller meanwhile");
    assertEachHasOne();
    assertTrue(b.polled.size() > 15 && b.polled.size() < 45, "b has " + b.polled.size());
  }

  @Test
  void theClustersOfAPollerThatDiedArePolledByTheOthersAndTheirOwnDoNotMove() {
    Node a = new Node("a");
    Node b = new Node("b");
    Node c = new Node("c");
    beats(6);
    assertEachHasOne();
    Set<String> ofA = Set.copyOf(a.polled);
    Set<String> ofB = Set.copyOf(b.polled);
    assertTrue(c.polled.size() > 5, "c has " + c.polled.size());

    nodes.remove("c");
    beats(4);
    assertEachHasOne();
    assertTrue(a.polled.containsAll(ofA) && b.polled.containsAll(ofB));
  }

  @Test
  void whatAPollerPolledThatSaysThatItStopsIsPolledAtOnceAndGivenBackWhenItIsBack() {
    Node a = new Node("a");
    Node b = new Node("b");
    beats(6);
    Set<String> ofB = Set.copyOf(b.polled);
    nodes.remove("b");
    a.share.heard(b.share.farewell());
    a.act();
    assertEquals(60, a.polled.size());

    Node again = new Node("b");
    for (int i = 0; i < 6; i++) {
      beat();
      assertEquals(60, pollersByCluster().size(), "no cluster is without a poller meanwhile");
    }
    assertEachHasOne();
    assertEquals(ofB, Set.copyOf(again.polled));
  }

  /** Its conf/ may lack them. */
  @Test
  void aPollerThatNeverTakesWhatItShouldIsPassedOver() {
    Node a = new Node("a");
    Node b = new Node("b");
    beats(6);
    Node idle = new Node("idle");
    nodes.remove("idle");
    for (int i = 0; i < 12; i++) {
      PollerAlive beat = idle.share.announcement(List.of());
      a.share.heard(beat);
      b.share.heard(beat);
      beat();
      assertEachHasOne();
    }
    nodes.remove("b");
    for (int i = 0; i < 12; i++) {
      a.share.heard(idle.share.announcement(List.of()));
      beat();
    }
    assertEquals(60, a.polled.size(), "b's, too, though idle was first in line for some of them");

    PollerAlive awake = idle.share.announcement(a.polled.subList(0, 5));
    a.share.heard(awake);
    beat();
    assertTrue(a.polled.size() < 60, "what the first in line has taken is its own");
  }

  @Test
  void aPinnedClusterGoesToItsLabelOnly() {
    configured =
        List.of(
            cluster("here", Set.of("site-a")),
            cluster("there", Set.of("site-b", "site-c")),
            cluster("nowhere", Set.of("site-z")),
            cluster("anywhere", Set.of()));
    Node a = new Node("a", "site-a");
    Node b = new Node("b", "gpu", "site-c");
    beats(6);
    assertTrue(a.polled.contains("here") && !b.polled.contains("here"));
    assertTrue(b.polled.contains("there") && !a.polled.contains("there"));
    assertEquals(Map.of("here", 1, "there", 1, "anywhere", 1), pollersByCluster());
  }

  @Test
  void whoIsAloneInANewPartitionPollsEverything() {
    Node a = new Node("a");
    Node b = new Node("b");
    beats(6);
    for (int i = 0; i < 5; i++) {
      nanos += TimeUnit.SECONDS.toNanos(2);
      a.share.heard(a.act());
      b.share.heard(b.act());
    }
    assertEquals(60, a.polled.size());
    assertEquals(60, b.polled.size());
    beats(4);
    assertEachHasOne();
  }
}
