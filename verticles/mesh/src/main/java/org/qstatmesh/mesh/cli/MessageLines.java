package org.qstatmesh.mesh.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.qstatmesh.bus.Printable;

/** Words the lines of a node's {@code /tail}; what clusters chose is escaped. */
final class MessageLines {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final ObjectMapper mapper = new ObjectMapper();
  private final boolean json;
  private final ZoneId zone;

  MessageLines(boolean json, ZoneId zone) {
    this.json = json;
    this.zone = zone;
  }

  String of(String line) {
    if (json) {
      return Printable.escapeAll(line);
    }
    try {
      return Printable.escapeAll(worded(mapper.readTree(line)));
    } catch (JsonProcessingException e) {
      return Printable.escapeAll(line);
    }
  }

  private String worded(JsonNode line) {
    String at =
        CLOCK.format(Instant.ofEpochMilli(line.path("atEpochMillis").asLong()).atZone(zone));
    if (line.path("lost").isNumber()) {
      return at + " " + line.path("lost").asLong() + " messages left out: read faster, or less";
    }
    return "%s %-9s %s %s %s"
        .formatted(
            at,
            line.path("kind").asText(),
            line.path("address").asText(),
            line.path("type").asText(),
            line.path("body"));
  }
}
