package org.qstatmesh.probe.reason;

import java.util.HashMap;
import java.util.Map;

/**
 * Puts the reasons of one listing into plain words, each text once: a hundred thousand jobs have
 * some dozen. Equal reasons are one instance. For one thread.
 */
public final class PlainReasons {
  /** Where texts differ from job to job, what was learned of the first is kept. */
  private static final int MOST_REMEMBERED = 4_096;

  private final ReasonSource source;
  private final Map<String, String> known = new HashMap<>();

  /** For the texts of {@code source}. */
  public PlainReasons(ReasonSource source) {
    this.source = source;
  }

  /** As {@link ReasonSource#inPlainWords}. */
  public String of(String text) {
    if (text == null) {
      return null;
    }
    String words = known.get(text);
    if (words == null) {
      words = source.inPlainWords(text);
      if (known.size() < MOST_REMEMBERED) {
        known.put(text, words);
      }
    }
    return words;
  }
}
