package org.qstatmesh.probe.reason;

import java.util.List;

/** Who words a reason: each scheduler has words of its own for the same few things. */
public enum ReasonSource {
  /** Reason codes of {@code squeue}. */
  SLURM,
  /** The {@code comment} that the schedulers of OpenPBS, PBS Professional and TORQUE write. */
  PBS,
  /** {@code checkjob} and {@code showq -b} of Maui and Moab. */
  MAUI,
  /** The messages of {@code qstat -j}. */
  GRID_ENGINE;

  /**
   * As much of a text as is looked at: some list nodes by the thousand, none says what it is about
   * only behind them.
   */
  private static final int LOOKED_AT = 512;

  /** What a text means; null for one that is not known, and for null. */
  public WaitSentence meaning(String text) {
    if (text == null) {
      return null;
    }
    CharSequence beginning = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    for (Rule rule : rules()) {
      if (rule.fits(beginning)) {
        return rule.sentence();
      }
    }
    return null;
  }

  /** The plain sentence of a text, or the text itself where it is not known; null for null. */
  public String inPlainWords(String text) {
    WaitSentence known = meaning(text);
    return known == null ? text : known.sentence();
  }

  private List<Rule> rules() {
    return switch (this) {
      case SLURM -> SlurmReasons.RULES;
      case PBS -> PbsReasons.RULES;
      case MAUI -> MauiReasons.RULES;
      case GRID_ENGINE -> GridEngineReasons.RULES;
    };
  }
}
