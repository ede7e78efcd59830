package org.qstatmesh.poller;

/**
 * The keys that use is counted under. The same words are shown, stored and filtered by, so that a
 * click on a slice of a pie finds its jobs.
 */
final class Keys {
  /** What a job without a group, account or queue is counted under. */
  static final String NONE = "(none)";

  /** What the keys beyond the longest list are counted under. */
  static final String OTHERS = "(others)";

  /** Longest key; a summary must not grow with what one user can type. */
  static final int MAX_LENGTH = 200;

  private Keys() {}

  /** The name itself, cut to {@link #MAX_LENGTH}, or {@link #NONE}. */
  static String of(String name) {
    return name == null || name.isBlank() ? NONE : cut(name);
  }

  /** The first of the queues a job was submitted to ({@code batch,fat} is {@code batch}). */
  static String ofQueue(String queueName) {
    if (queueName == null) {
      return NONE;
    }
    int comma = queueName.indexOf(',');
    return of(comma < 0 ? queueName : queueName.substring(0, comma));
  }

  static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
    return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH) + "…";
  }
}
