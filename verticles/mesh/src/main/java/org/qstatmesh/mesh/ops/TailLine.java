package org.qstatmesh.mesh.ops;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.MeshJson;

/**
 * A line of {@code GET /tail}: a message, or how many a reader who was too slow did not get.
 *
 * @param atEpochMillis when it was seen
 * @param address where it was sent
 * @param kind published, sent, replied or received
 * @param type of the body
 * @param body as JSON; a string of what has no JSON form
 * @param lost messages left out before this line; null for none
 */
record TailLine(
    long atEpochMillis,
    String address,
    String kind,
    String type,
    @JsonRawValue String body,
    Long lost) {

  static TailLine of(long atEpochMillis, BusWatch.Seen seen) {
    Object body = seen.body();
    return new TailLine(
        atEpochMillis,
        seen.address(),
        seen.kind().name().toLowerCase(Locale.ROOT),
        body == null ? null : body.getClass().getSimpleName(),
        json(body),
        null);
  }

  static TailLine lost(long atEpochMillis, long messages) {
    return new TailLine(atEpochMillis, null, null, null, null, messages);
  }

  /** Messages of one node may hold what has no JSON form, such as paths and spans of time. */
  private static String json(Object body) {
    if (body == null) {
      return null;
    }
    try {
      return new String(MeshJson.encode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(body.toString())) + '"';
    }
  }
}
