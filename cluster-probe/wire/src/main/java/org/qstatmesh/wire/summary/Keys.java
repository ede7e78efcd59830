package org.qstatmesh.wire.summary;

import org.qstatmesh.wire.Summary;

/**
 * The keys that use is counted under. The same words are shown, stored and filtered by, so that a
 * click on a slice of a pie finds its jobs.
 */
public final class Keys {
  /** What a job without a group, account or queue is counted under. */
  public static final String NONE = "(none)";

  /** What the keys beyond the longest list are counted under. */
  public static final String OTHERS = "(others)";

  private Keys() {}

  /** The name itself, cut to {@link Summary#MAX_KEY_LENGTH}, or {@link #NONE}. */
  public static String of(String name) {
    return name == null || name.isBlank() ? NONE : cut(name);
  }

  /** The first of the queues a job was submitted to ({@code batch,fat} is {@code batch}). */
  public static String ofQueue(String queueName) {
    if (queueName == null) {
      return NONE;
    }
    int comma = queueName.indexOf(',');
    return of(comma < 0 ? queueName : queueName.substring(0, comma));
  }

  /** The text itself, or its beginning and a sign that it goes on. */
  public static String cut(String text) {
    int most = Summary.MAX_KEY_LENGTH;
    if (text.length() <= most) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splitsPair ? most - 1 : most) + "…";
  }
}
