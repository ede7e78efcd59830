package org.qstatmesh.broadcast.notify;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.Printable;

/**
 * Words of ours with strings of others among them, kept apart until the form is known in which they
 * are harmless.
 *
 * @param parts in their order
 */
record Sentence(List<Part> parts) {
  /** Longest string of others that is kept, in characters. */
  static final int FOREIGN_CHARACTERS = 120;

  /** Words of one origin. */
  record Part(String text, boolean foreign) {}

  /** Copies the list. */
  Sentence {
    parts = List.copyOf(parts);
  }

  /** Begins with words of ours. */
  static Sentence of(String words) {
    return new Sentence(List.of(new Part(words, false)));
  }

  /** This and words of ours. */
  Sentence say(String words) {
    return with(new Part(words, false));
  }

  /** This and what a cluster or a user wrote. */
  Sentence quote(String foreign) {
    return with(new Part(clean(foreign), true));
  }

  private Sentence with(Part part) {
    List<Part> longer = new ArrayList<>(parts);
    longer.add(part);
    return new Sentence(longer);
  }

  /** One line, free of control characters. */
  String plain() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString();
  }

  /**
   * For chats: strings of others are code, in which nothing is a link, a picture or a mention. What
   * could end the code, and the sign that some chats look for even within it, are replaced.
   */
  String forChat() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String harmless =
          part.text()
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace('`', '\'')
              .replace('@', '\uff20');
      text.append(part.foreign() && !harmless.isBlank() ? "`" + harmless + "`" : harmless);
    }
    return text.toString();
  }

  /** Printable and short; null stays null. */
  static String clean(String foreign) {
    if (foreign == null) {
      return null;
    }
    String shown = Printable.escape(foreign);
    if (shown.length() <= FOREIGN_CHARACTERS) {
      return shown;
    }
    int end = FOREIGN_CHARACTERS - 1;
    return shown.substring(0, Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
