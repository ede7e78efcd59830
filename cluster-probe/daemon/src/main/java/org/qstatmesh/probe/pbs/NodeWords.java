package org.qstatmesh.probe.pbs;

import java.util.Map;
import org.qstatmesh.wire.NodeState;

/**
 * The words of a node's {@code state}, a comma list such as {@code offline,job-busy}, from
 * pbs_node_attributes(7B) of OpenPBS and of TORQUE.
 */
public final class NodeWords {
  private static final Condition TAKES_WORK = new Condition(null, true);
  private static final Condition IN_USE = new Condition(null, false);
  private static final Condition DOWN = new Condition(NodeState.DOWN, false);
  private static final Condition OFFLINE = new Condition(NodeState.OFFLINE, false);
  private static final Condition UNKNOWN = new Condition(NodeState.UNKNOWN, false);

  private static final Map<String, Condition> WORDS =
      Map.ofEntries(
          Map.entry("free", TAKES_WORK),
          // shared jobs run there, more may come
          Map.entry("job-sharing", TAKES_WORK),
          // TORQUE: for interactive use besides jobs
          Map.entry("time-shared", TAKES_WORK),
          // one job has the whole node, however few cores it asked for
          Map.entry("job-exclusive", IN_USE),
          // OpenPBS: every core is given out
          Map.entry("job-busy", IN_USE),
          // load average above the administrator's limit: no new job until it falls
          Map.entry("busy", IN_USE),
          Map.entry("resv-exclusive", IN_USE),
          // TORQUE: kept for a reservation
          Map.entry("reserve", IN_USE),
          Map.entry("down", DOWN),
          // OpenPBS: its daemon no longer reports this vnode
          Map.entry("stale", DOWN),
          // OpenPBS: its name has no address
          Map.entry("unresolvable", DOWN),
          Map.entry("offline", OFFLINE),
          Map.entry("maintenance", OFFLINE),
          // being reinstalled, or about to be
          Map.entry("provisioning", OFFLINE),
          Map.entry("wait-provisioning", OFFLINE),
          // powered down to save energy
          Map.entry("sleep", OFFLINE),
          Map.entry("powered-off", OFFLINE),
          // the server has not heard from it since it started
          Map.entry("state-unknown", UNKNOWN));

  private NodeWords() {}

  /**
   * What a state says of a node.
   *
   * @param outOfService DOWN, OFFLINE or UNKNOWN; null when the node is in service
   * @param takesWork whether a free core can be given out now
   */
  public record Condition(NodeState outOfService, boolean takesWork) {

    /** Both hold: the first of DOWN, OFFLINE, DRAINING, UNKNOWN that either has. */
    public Condition and(Condition other) {
      return new Condition(worst(outOfService, other.outOfService), takesWork && other.takesWork);
    }

    private static NodeState worst(NodeState a, NodeState b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.compareTo(b) <= 0 ? a : b;
    }

    /** The state of a node in this condition. */
    public NodeState state(int slots, int usedSlots, int freeSlots) {
      if (outOfService != null) {
        return outOfService;
      }
      if (freeSlots == 0) {
        return NodeState.FULL;
      }
      return usedSlots == 0 && freeSlots == slots ? NodeState.FREE : NodeState.PARTIAL;
    }
  }

  /**
   * The condition of a comma list of words; no word at all and words nobody wrote down are UNKNOWN.
   */
  public static Condition condition(String states) {
    if (states == null) {
      return UNKNOWN;
    }
    Condition condition = TAKES_WORK;
    for (String word : states.split(",", -1)) {
      condition = condition.and(WORDS.getOrDefault(word.strip(), UNKNOWN));
    }
    return condition;
  }
}
