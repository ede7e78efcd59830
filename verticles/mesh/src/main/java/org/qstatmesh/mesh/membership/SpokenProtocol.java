package org.qstatmesh.mesh.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which members speak another protocol of the mesh than this node. They are let in, so that both
 * sides see each other and can say so, but no message goes from one to the other: each side works
 * by itself. Any thread.
 */
final class SpokenProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(SpokenProtocol.class);

  /** Says of a member what it speaks. */
  static final String ATTRIBUTE = "qstat-mesh.protocol";

  /** Set by vertx-hazelcast. */
  private static final String NODE_ID = "__vertx.nodeId";

  private final String own;
  private Map<String, String> told = Map.of();

  SpokenProtocol(int own) {
    this.own = Integer.toString(own);
  }

  /** Ids of the nodes that speak another one. */
  Set<String> strangers(HazelcastInstance members) {
    return among(members).stream()
        .map(member -> String.valueOf(member.getAttribute(NODE_ID)))
        .collect(Collectors.toSet());
  }

  /** Logs who came and who went of them since the last look. */
  void look(HazelcastInstance members) {
    tell(among(members));
  }

  private List<Member> among(HazelcastInstance members) {
    if (members == null) {
      return List.of();
    }
    try {
      return members.getCluster().getMembers().stream()
          .filter(member -> !own.equals(member.getAttribute(ATTRIBUTE)))
          .toList();
    } catch (HazelcastInstanceNotActiveException e) {
      return List.of(); // this node has left
    }
  }

  private synchronized void tell(List<Member> strangers) {
    Map<String, String> now = new TreeMap<>();
    for (Member stranger : strangers) {
      now.put(
          String.valueOf(stranger.getAddress()), String.valueOf(stranger.getAttribute(ATTRIBUTE)));
    }
    now.forEach(
        (address, protocol) -> {
          if (!protocol.equals(told.get(address))) {
            LOG.warn(
                "the node at {} speaks protocol {} of the mesh, this one {}: they exchange no"
                    + " messages, and each side works by itself, until all nodes are of one"
                    + " release; upgrade the older ones",
                address,
                protocol,
                own);
          }
        });
    told.keySet().stream()
        .filter(address -> !now.containsKey(address))
        .forEach(address -> LOG.info("the node at {}, of another protocol, is gone", address));
    told = now;
  }
}
