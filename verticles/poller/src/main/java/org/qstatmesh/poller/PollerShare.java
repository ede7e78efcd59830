package org.qstatmesh.poller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.PollerAlive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the configured clusters this poller polls: its share among all pollers. A cluster that
 * another one is to poll is kept until that one says that it does; and whoever does not within ten
 * seconds, because its conf/ has no such cluster or its sockets hang, is passed over. Polling twice
 * is harmless, for a summary is the same by its snapshot's id. Event loop only.
 */
final class PollerShare {
  private static final Logger LOG = LoggerFactory.getLogger(PollerShare.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String self;
  private final List<String> labels;
  private final Duration listen;
  private final LongSupplier nanoTime;
  private final long sinceEpochMillis;
  private final PollerPeers peers = new PollerPeers();

  /** Since when a poller is to poll a cluster and does not say that it does. */
  private final Map<Due, Long> due = new HashMap<>();

  /** When others can be heard. */
  private OptionalLong listensSince = OptionalLong.empty();

  private Set<String> known = Set.of();
  private boolean namesakeTold;

  private record Due(String node, String cluster) {}

  /**
   * @param self this node
   * @param listen how long others are listened for before the first share is taken; zero where
   *     there are none
   * @param sinceEpochMillis what this poller announces as its start
   */
  PollerShare(
      String self,
      List<String> labels,
      Duration listen,
      LongSupplier nanoTime,
      long sinceEpochMillis) {
    this.self = self;
    this.labels = labels;
    this.listen = listen;
    this.nanoTime = nanoTime;
    this.sinceEpochMillis = sinceEpochMillis;
  }

  /** From now on others can be heard. */
  void listens() {
    listensSince = OptionalLong.of(nanoTime.getAsLong());
  }

  /** What this poller announces while it polls {@code clusters}. */
  PollerAlive announcement(List<String> clusters) {
    return new PollerAlive(self, sinceEpochMillis, clusters, labels);
  }

  /** What this poller announces when it stops: others need not wait for its silence. */
  PollerAlive farewell() {
    return new PollerAlive(self, sinceEpochMillis, List.of(), labels, true);
  }

  /** Takes note of what a poller announced. */
  void heard(PollerAlive beat) {
    if (beat.node().equals(self) && beat.sinceEpochMillis() != sinceEpochMillis) {
      tellOfNamesake(beat);
      return;
    }
    if (beat.leaving()) {
      peers.left(beat.node());
    } else {
      peers.heard(beat, nanoTime.getAsLong());
    }
  }

  /** The last words of this stage before it was started anew are heard, too; they are older. */
  private void tellOfNamesake(PollerAlive other) {
    if (!namesakeTold && listenedLongerThan(PollerPeers.GONE_AFTER)) {
      namesakeTold = true;
      LOG.error(
          "another node of the mesh is called {} as well, since {}: both poll the same clusters;"
              + " give each its own node.name in conf/",
          self,
          Instant.ofEpochMilli(other.sinceEpochMillis()));
    }
  }

  /**
   * The share of this moment.
   *
   * @param configured all clusters of the configuration
   * @param polled ids of those that are polled now
   */
  List<ClusterConfig> of(List<ClusterConfig> configured, List<String> polled) {
    long now = nanoTime.getAsLong();
    if (!listen.isZero() && !listenedLongerThan(listen)) {
      return List.of();
    }
    peers.heard(announcement(polled), now);
    peers.forgetSilent(self, now);
    tellOfChange();
    Set<String> busyWith = Set.copyOf(polled);
    List<ClusterConfig> share = new ArrayList<>();
    for (ClusterConfig cluster : configured) {
      if (isMine(cluster, busyWith.contains(cluster.cluster()), now)) {
        share.add(cluster);
      }
    }
    return share;
  }

  private boolean listenedLongerThan(Duration time) {
    return listensSince.isPresent()
        && nanoTime.getAsLong() - listensSince.getAsLong() >= time.toNanos();
  }

  private boolean isMine(ClusterConfig cluster, boolean polled, long now) {
    for (String node : peers.ranked(cluster)) {
      if (node.equals(self)) {
        return true;
      }
      Due duty = new Due(node, cluster.cluster());
      if (peers.polls(node, cluster.cluster())) {
        due.remove(duty);
        return false;
      }
      long since = due.computeIfAbsent(duty, first -> now);
      if (now - since < PATIENCE.toNanos()) {
        return polled;
      }
    }
    return false;
  }

  private void tellOfChange() {
    Set<String> nodes = peers.nodes();
    if (!nodes.equals(known)) {
      if (nodes.size() > 1 || known.size() > 1) {
        LOG.info("pollers of the mesh: {}", nodes.stream().sorted().toList());
      }
      known = nodes;
      due.keySet().removeIf(duty -> !nodes.contains(duty.node()));
    }
  }
}
