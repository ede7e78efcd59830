package org.qstatmesh.probe.gridengine;

import org.qstatmesh.wire.JobState;

/**
 * A job's state as a word of letters, {@code hRwq}, from sge_status(5) of 8.1.9: d(eletion),
 * E(rror), h(old), q(ueued), r(unning), R(estarted), s(uspended), S(uspended by its queue),
 * T(hreshold), t(ransferring), w(aiting), z (ended). Univa adds N (suspended, its slots given away)
 * and P(reempted).
 */
final class StateWord {
  private static final String KNOWN = "dEhqrRsSTtwNP";
  private static final String SUSPENDED = "sSTNP";

  private StateWord() {}

  /** What the word means; UNDETERMINED for null and for letters nobody wrote down. */
  static JobState stateOf(String word) {
    if (word == null || !word.chars().allMatch(letter -> KNOWN.indexOf(letter) >= 0)) {
      return "z".equals(word) ? JobState.FINISHED : JobState.UNDETERMINED;
    }
    if (word.indexOf('E') >= 0) {
      // waits until somebody clears the error: qmod -cj
      return JobState.HELD;
    }
    if (word.chars().anyMatch(letter -> SUSPENDED.indexOf(letter) >= 0)) {
      return JobState.SUSPENDED;
    }
    boolean waits = word.indexOf('q') >= 0 || word.indexOf('w') >= 0;
    if (waits) {
      return word.indexOf('h') >= 0 ? JobState.HELD : JobState.QUEUED;
    }
    boolean started = word.indexOf('r') >= 0 || word.indexOf('t') >= 0;
    return started ? JobState.RUNNING : JobState.UNDETERMINED;
  }
}
