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

  private record Known(WaitSentence meaning, String words) {}

  private final ReasonSource source;
  private final Map<String, Known> known = new HashMap<>();

  /** For the texts of {@code source}. */
  public PlainReasons(ReasonSource source) {
    this.source = source;
  }

  /** As {@link ReasonSource#inPlainWords}. */
  public String of(String text) {
    return text == null ? null : known(text).words();
  }

  /** As {@link ReasonSource#meaning}. */
  public WaitSentence meaning(String text) {
    return text == null ? null : known(text).meaning();
  }

  private Known known(String text) {
    Known remembered = known.get(text);
    if (remembered != null) {
      return remembered;
    }
    WaitSentence meaning = source.meaning(text);
    Known learned = new Known(meaning, meaning == null ? text : meaning.sentence());
    if (known.size() < MOST_REMEMBERED) {
      known.put(text, learned);
    }
    return learned;
  }
}
