package org.qstatmesh.store.word;

import java.nio.charset.StandardCharsets;

/** What the databases make of texts that not all of them can hold. */
public final class StorableText {
  private static final char NUL = '\u0000';
  private static final char PICTURE_OF_NUL = '\u2400';

  private StorableText() {}

  /**
   * What is read back when {@code text} is written. A lone surrogate becomes a question mark on its
   * way, and a text that is looked up as one thing and stored as another would violate its
   * uniqueness. A NUL becomes its picture.
   */
  static String of(String text) {
    return withoutNul(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  /** PostgreSQL takes no NUL, and a history may move there; an earlier release stored them. */
  public static String withoutNul(String text) {
    return text == null ? null : text.replace(NUL, PICTURE_OF_NUL);
  }
}
