package org.qstatmesh.probe.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.wire.NodeState;

/**
 * The words of a node's state, from sinfo(1), "NODE STATE CODES", and scontrol(1): {@code
 * MIXED+DRAIN}, {@code DOWN+NOT_RESPONDING}; older ones put a sign behind, {@code IDLE*+DRAIN}.
 */
final class NodeFlags {
  private static final Condition TAKES_WORK = new Condition(null, true);
  private static final Condition IN_USE = new Condition(null, false);
  private static final Condition DOWN = new Condition(NodeState.DOWN, false);
  private static final Condition OFFLINE = new Condition(NodeState.OFFLINE, false);
  private static final Condition DRAINING = new Condition(NodeState.DRAINING, false);
  private static final Condition UNKNOWN = new Condition(NodeState.UNKNOWN, false);

  private static final String NEVER_REGISTERED = "UNKNOWN";
  private static final String NOT_RESPONDING = "NOT_RESPONDING";

  private static final Map<Character, String> SIGNS =
      Map.of(
          '*', NOT_RESPONDING,
          '~', "POWERED_DOWN",
          '#', "POWERING_UP",
          '%', "POWERING_DOWN",
          '!', "POWER_DOWN",
          '$', "MAINTENANCE",
          '@', "REBOOT_REQUESTED",
          '^', "REBOOT_ISSUED",
          '-', "PLANNED");

  private static final Map<String, Condition> WORDS =
      Map.ofEntries(
          Map.entry("IDLE", TAKES_WORK),
          Map.entry("MIXED", TAKES_WORK),
          Map.entry("ALLOCATED", TAKES_WORK),
          // an epilog runs; the cores are given back already
          Map.entry("COMPLETING", TAKES_WORK),
          // kept for a large job; what ends before it may still start
          Map.entry("PLANNED", TAKES_WORK),
          Map.entry("CLOUD", TAKES_WORK),
          Map.entry("DYNAMIC_NORM", TAKES_WORK),
          Map.entry("DYNAMIC_FUTURE", TAKES_WORK),
          Map.entry("EXTERNAL", TAKES_WORK),
          Map.entry("RESUME", TAKES_WORK),
          Map.entry("UNDRAIN", TAKES_WORK),
          Map.entry("POWER_UP", TAKES_WORK),
          Map.entry("POWERING_UP", TAKES_WORK),
          // restarts once its jobs have ended; with DRAIN it takes no more
          Map.entry("REBOOT_REQUESTED", TAKES_WORK),
          Map.entry("REBOOT", TAKES_WORK),
          // a reservation has it: nobody else's work
          Map.entry("RESERVED", IN_USE),
          Map.entry("PERFCTRS", IN_USE),
          // a job of the same nodes wants no neighbour
          Map.entry("BLOCKED", IN_USE),
          Map.entry("DOWN", DOWN),
          Map.entry("ERROR", DOWN),
          Map.entry("INVAL", DOWN),
          // its daemon reported less than is configured
          Map.entry("INVALID_REG", DOWN),
          Map.entry(NOT_RESPONDING, DOWN),
          Map.entry("MAINT", OFFLINE),
          Map.entry("MAINTENANCE", OFFLINE),
          Map.entry("FUTURE", OFFLINE),
          Map.entry("POWERED_DOWN", OFFLINE),
          Map.entry("POWERING_DOWN", OFFLINE),
          Map.entry("REBOOT_ISSUED", OFFLINE),
          Map.entry("DRAIN", DRAINING),
          Map.entry("DRAINED", DRAINING),
          Map.entry("DRAINING", DRAINING),
          // expected to fail: takes no work by its administrator's will
          Map.entry("FAIL", DRAINING),
          Map.entry("FAILING", DRAINING),
          // will be powered down once its jobs have ended
          Map.entry("POWER_DOWN", DRAINING),
          Map.entry("POWER_DRAIN", DRAINING),
          Map.entry(NEVER_REGISTERED, UNKNOWN));

  private NodeFlags() {}

  /**
   * The condition of a state. A node that was never heard of, or that was switched off, does not
   * respond: that is no news. Words nobody wrote down are UNKNOWN.
   */
  static Condition condition(String state) {
    if (state == null) {
      return UNKNOWN;
    }
    List<String> words = words(state);
    boolean silentByNature =
        words.contains(NEVER_REGISTERED)
            || words.contains("POWERED_DOWN")
            || words.contains("POWERING_DOWN")
            || words.contains("FUTURE");
    Condition condition = TAKES_WORK;
    for (String word : words) {
      if (!(silentByNature && word.equals(NOT_RESPONDING))) {
        condition = condition.and(WORDS.getOrDefault(word, UNKNOWN));
      }
    }
    return condition;
  }

  private static List<String> words(String state) {
    List<String> words = new ArrayList<>();
    for (String part : state.split("\\+", -1)) {
      int end = part.length();
      while (end > 0 && SIGNS.containsKey(part.charAt(end - 1))) {
        end--;
        words.add(SIGNS.get(part.charAt(end)));
      }
      // a sign may be a plus of its own
      if (end > 0) {
        words.add(part.substring(0, end).toUpperCase(Locale.ROOT));
      }
    }
    return words;
  }
}
