package org.qstatmesh.broadcast.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.qstatmesh.bus.MeshJson;

/**
 * Something to be told to one hook.
 *
 * @param id the same for the same change and rule, whichever node tells it
 * @param event what happened
 * @param cluster where; null for a test
 * @param title what the page calls that; null for a test
 * @param atEpochMillis when it was seen
 * @param text in words
 * @param details in numbers and names, by the name of the JSON field; names are {@link
 *     Sentence#clean}
 */
record Notice(
    String id,
    HookEvent event,
    String cluster,
    String title,
    long atEpochMillis,
    Sentence text,
    Map<String, ?> details) {
  private static final int ID_DIGITS = 32;

  /** An id made of what happened. */
  static String id(String... what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", what).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      // Every Java must have this one.
      throw new IllegalStateException(e);
    }
  }

  /** The body; UTF-8, at most 16 kB because every string and list in it is bounded. */
  byte[] body(HookFormat format) {
    return switch (format) {
      case JSON -> json();
      case SLACK -> MeshJson.encode(Map.of("text", text.forChat()));
      case TEXT -> (text.plain() + "\n").getBytes(StandardCharsets.UTF_8);
    };
  }

  private byte[] json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("event", event.word());
    fields.put("cluster", cluster);
    fields.put("title", Sentence.clean(title));
    fields.put("atEpochMillis", atEpochMillis);
    fields.put("text", text.plain());
    fields.putAll(details);
    return MeshJson.encode(fields);
  }
}
