package org.qstatmesh.probe.drms;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which scheduler to expect. */
public enum DrmsChoice {
  /** Whatever {@code squeue --version} and {@code qstat --version} say. */
  AUTO,
  /** TORQUE 4.2 and later. */
  TORQUE,
  /** OpenPBS and PBS Professional. */
  OPENPBS,
  /** Slurm 22.05 and later. */
  SLURM;

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
    boolean planned = word.equals("gridengine");
    return (planned
            ? word + " is not supported by this version"
            : "unknown scheduler '" + word + "'")
        + "; supported: "
        + Arrays.stream(values()).map(DrmsChoice::word).collect(Collectors.joining(", "));
  }
}
