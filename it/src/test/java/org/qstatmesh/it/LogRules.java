package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.regex.Pattern;

/** What a mesh's log must never have in it, whatever its peers do. */
final class LogRules {
  private static final Pattern TROUBLE =
      Pattern.compile("Exception|\\bERROR\\b|\\bSEVERE\\b|^\\s+at .*\\(|has been blocked");

  private LogRules() {}

  /** Faults of peers are states, not exceptions. */
  static void assertNoException(String log) {
    List<String> trouble = log.lines().filter(line -> TROUBLE.matcher(line).find()).toList();
    assertEquals(List.of(), trouble);
  }

  /** Nothing that steers a terminal. */
  static void assertPrintable(String log) {
    assertFalse(log.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t'), "a control byte");
  }
}
