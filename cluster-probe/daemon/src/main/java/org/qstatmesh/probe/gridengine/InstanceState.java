package org.qstatmesh.probe.gridengine;

import java.util.List;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.wire.NodeState;

/**
 * State letters of a queue instance, from qstat(1) and queue_conf(5): none for one that works.
 *
 * <p>a (load alarm), A (suspend alarm) and S (suspended for another queue of the host) pass by
 * themselves: the instance takes no work now. u is unreachable. d, D (disabled by hand, by
 * calendar), s, C (suspended by hand, by calendar), E (error), c (configuration ambiguous) and o
 * (orphaned) last until somebody or the calendar ends them.
 */
final class InstanceState {
  private static final String PASSING = "aASP";
  private static final String LASTING = "dDsCEco";
  private static final Condition WORKS = new Condition(null, true);
  private static final Condition BUSY = new Condition(null, false);

  private InstanceState() {}

  /** What the letters say of one instance. */
  static Condition conditionOf(String letters) {
    Condition condition = WORKS;
    for (int i = 0; i < letters.length(); i++) {
      condition = condition.and(conditionOf(letters.charAt(i)));
    }
    return condition;
  }

  private static Condition conditionOf(char letter) {
    if (letter == 'u') {
      return new Condition(NodeState.DOWN, false);
    }
    if (LASTING.indexOf(letter) >= 0) {
      return new Condition(NodeState.OFFLINE, false);
    }
    return PASSING.indexOf(letter) >= 0 ? BUSY : new Condition(NodeState.UNKNOWN, false);
  }

  /** Whether somebody took the instance out of use: d, or D by calendar. */
  static boolean isDisabled(String letters) {
    return letters.indexOf('d') >= 0 || letters.indexOf('D') >= 0;
  }

  /**
   * What its instances say of a host. One that is unreachable speaks for the host; otherwise the
   * host is in service while any of them is.
   */
  static Condition ofHost(List<Condition> instances) {
    Condition worst = WORKS;
    boolean inService = false;
    boolean takesWork = false;
    for (Condition instance : instances) {
      worst = worst.and(instance);
      inService |= instance.outOfService() == null;
      takesWork |= instance.takesWork();
    }
    boolean down = worst.outOfService() == NodeState.DOWN;
    return down || !inService ? worst : new Condition(null, takesWork);
  }
}
