package org.qstatmesh.broadcast.notify;

import java.util.Locale;

/** What a message's body looks like. */
public enum HookFormat {
  /** An object with all there is to say, for programs. */
  JSON("application/json"),
  /** {@code {"text":…}}, which Slack, Mattermost and what is made like them take. */
  SLACK("application/json"),
  /** One line of plain text. */
  TEXT("text/plain; charset=utf-8");

  private final String contentType;

  HookFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** The format that conf/ calls so; throws {@link IllegalArgumentException} for another word. */
  public static HookFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
