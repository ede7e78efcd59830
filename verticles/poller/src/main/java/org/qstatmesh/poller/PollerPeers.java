package org.qstatmesh.poller;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.PollerAlive;

/**
 * The pollers of the mesh, this one included, as they announce themselves, and which of them is to
 * poll a cluster: the one of highest weight among those that live and may (rendezvous hashing,
 * Thaler and Ravishankar 1998), so that a poller that comes or goes moves only its own share. Event
 * loop only.
 */
final class PollerPeers {
  /** Three announcements that did not come. */
  static final Duration GONE_AFTER = Duration.ofMillis(6_500);

  private final Map<String, Peer> peers = new HashMap<>();

  private record Ranked(String node, long weight) {}

  private record Peer(long heardNanos, List<String> labels, Set<String> clusters) {}

  /** Takes note of an announcement that came at {@code nowNanos}. */
  void heard(PollerAlive beat, long nowNanos) {
    peers.put(beat.node(), new Peer(nowNanos, beat.labels(), Set.copyOf(beat.clusters())));
  }

  /** Forgets who said that it stops. */
  void left(String node) {
    peers.remove(node);
  }

  /** Forgets who announced nothing for too long, but never {@code self}. */
  void forgetSilent(String self, long nowNanos) {
    peers
        .entrySet()
        .removeIf(
            peer ->
                !peer.getKey().equals(self)
                    && nowNanos - peer.getValue().heardNanos() > GONE_AFTER.toNanos());
  }

  /** Who may poll {@code cluster}, who is to do it first; empty when nobody that lives may. */
  List<String> ranked(ClusterConfig cluster) {
    return peers.entrySet().stream()
        .filter(peer -> mayPoll(peer.getValue(), cluster))
        .map(Map.Entry::getKey)
        .map(node -> new Ranked(node, weight(node, cluster.cluster())))
        .sorted((a, b) -> Long.compareUnsigned(b.weight(), a.weight()))
        .map(Ranked::node)
        .toList();
  }

  /** Whether {@code node} said that it polls {@code cluster}. */
  boolean polls(String node, String cluster) {
    Peer peer = peers.get(node);
    return peer != null && peer.clusters().contains(cluster);
  }

  /** Names of all that live. */
  Set<String> nodes() {
    return Set.copyOf(peers.keySet());
  }

  private static boolean mayPoll(Peer peer, ClusterConfig cluster) {
    return cluster.pollers().isEmpty() || !Collections.disjoint(peer.labels(), cluster.pollers());
  }

  /** The same on every node and in every release: nodes must agree without a word. */
  private static long weight(String node, String cluster) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((node + '\n' + cluster).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
