package org.qstatmesh.probe.drms;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which scheduler to expect. */
public enum DrmsChoice {
  /** Whatever {@code squeue --version}, {@code qstat --version} and {@code qstat -help} say. */
  AUTO,
  /** TORQUE 4.2 and later. */
  TORQUE,
  /** OpenPBS and PBS Professional. */
  OPENPBS,
  /** Slurm 22.05 and later. */
  SLURM,
  /** Grid Engine 8.1.9 and its relatives. */
  GRIDENGINE;

  /** The word of the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of this word.
   *
   * @throws IllegalArgumentException with a message for the user when there is none
   */
  public static DrmsChoice of(String word) {
    return Arrays.stream(values())
        .filter(choice -> choice.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refusal(word)));
  }

  private static String refusal(String word) {
    return "unknown scheduler '"
        + word
        + "'"
        + "; supported: "
        + Arrays.stream(values()).map(DrmsChoice::word).collect(Collectors.joining(", "));
  }
}
