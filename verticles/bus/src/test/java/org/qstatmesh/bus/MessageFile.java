package org.qstatmesh.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file that says what a message looks like on the wire.
 *
 * @param protocol that of the release which wrote it
 * @param full nothing left out
 * @param least everything left out that may be
 * @param earlier what {@code full} was in releases before, of the same protocol
 */
record MessageFile(int protocol, JsonNode full, JsonNode least, List<JsonNode> earlier) {
  static final Path FOLDER = Path.of("src/test/resources/messages");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** As this release writes it. */
  static MessageFile of(MeshMessage full, MeshMessage least) throws IOException {
    return new MessageFile(MeshCodec.PROTOCOL, json(full), json(least), List.of());
  }

  private static JsonNode json(MeshMessage message) throws IOException {
    return JSON.readTree(MeshJson.encode(message));
  }

  private static Path path(String name) {
    return FOLDER.resolve(name + ".json");
  }

  static boolean exists(String name) {
    return Files.exists(path(name));
  }

  /** The names of all files there are. */
  static Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  static MessageFile read(String name) throws IOException {
    JsonNode file = JSON.readTree(Files.readString(path(name)));
    List<JsonNode> earlier = new ArrayList<>();
    file.path("earlier").forEach(earlier::add);
    return new MessageFile(
        file.path("protocol").asInt(), file.get("full"), file.get("least"), earlier);
  }

  void write(String name) throws IOException {
    ObjectNode file = JSON.createObjectNode().put("protocol", protocol);
    file.set("full", full);
    file.set("least", least);
    earlier.forEach(file.putArray("earlier")::add);
    Files.createDirectories(FOLDER);
    Files.writeString(path(name), JSON.writeValueAsString(file) + "\n");
  }

  static <T> T decode(JsonNode json, Class<T> type) throws IOException {
    return MeshJson.decode(JSON.writeValueAsBytes(json), type);
  }

  /**
   * What a node that writes {@code before} would miss or misread in {@code after}: fields that are
   * gone, or are of another kind.
   */
  static Set<String> lost(JsonNode before, JsonNode after) {
    Map<String, Set<String>> now = fields(after);
    Set<String> lost = new TreeSet<>();
    fields(before)
        .forEach(
            (field, kinds) -> {
              if (!now.getOrDefault(field, Set.of()).containsAll(kinds)) {
                lost.add(field + " " + kinds);
              }
            });
    return lost;
  }

  /** Fields that nowhere in it have a value. */
  static Set<String> unfilled(JsonNode json) {
    return fields(json).entrySet().stream()
        .filter(field -> field.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The kinds of value of each field; those of all members of an array are one. */
  private static Map<String, Set<String>> fields(JsonNode json) {
    Map<String, Set<String>> fields = new TreeMap<>();
    collect("", json, fields);
    return fields;
  }

  private static void collect(String path, JsonNode json, Map<String, Set<String>> fields) {
    Set<String> kinds = fields.computeIfAbsent(path, first -> new TreeSet<>());
    if (json.isObject()) {
      kinds.add("OBJECT");
      json.properties().forEach(one -> collect(path + "/" + one.getKey(), one.getValue(), fields));
    } else if (json.isArray()) {
      kinds.add("ARRAY");
      if (json.isEmpty()) {
        fields.computeIfAbsent(path + "/*", first -> new TreeSet<>());
      }
      json.forEach(member -> collect(path + "/*", member, fields));
    } else if (!json.isNull()) {
      kinds.add(json.getNodeType().toString());
    }
  }
}
