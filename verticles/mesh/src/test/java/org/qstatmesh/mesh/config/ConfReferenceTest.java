package org.qstatmesh.mesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema is the one place where a key is described: no key without words, none unread. */
class ConfReferenceTest {
  private static final boolean UPDATE = Boolean.getBoolean("fixtures.update");
  private static final Path CONF = Path.of("../../conf");
  private static final Path SOURCES = Path.of("src/main/java/org/qstatmesh/mesh/config");

  /** Editors' own. */
  private static final Set<String> NOT_READ = Set.of("$schema");

  /** A key in a call that looks something up in what was read. */
  private static final Pattern LOOKED_UP =
      Pattern.compile(
          "\\.(?:get(?:String|Integer|Long|Boolean|Value|JsonObject|JsonArray)|containsKey)"
              + "\\(\\s*\"([^\"]+)\"");

  private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z]+)\"");

  private final JsonObject schema = schema();

  private static JsonObject schema() {
    try {
      return new JsonObject(Files.readString(CONF.resolve("schema/mesh.schema.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * {@code mvn test -pl verticles/mesh -Dtest=ConfReferenceTest -Dfixtures.update=true} mends it.
   */
  @Test
  void theReferenceIsWhatTheSchemaSays() throws IOException {
    Path file = CONF.resolve("README.md");
    String text = new ConfReference(schema).text();
    if (UPDATE) {
      Files.writeString(file, text);
    }
    assertEquals(text, Files.readString(file));
  }

  @Test
  void everyKeyHasWordsAndAnExampleOrWhatItIsWithout() {
    Map<String, String> lacking = new TreeMap<>();
    keys()
        .forEach(
            (place, rules) -> {
              boolean refers = rules.containsKey("$ref");
              if (!rules.containsKey("description") && !refers) {
                lacking.put(place, "description");
              } else if (!refers
                  && !rules.containsKey("default")
                  && !rules.containsKey("examples")
                  && !Set.of("object", "array").contains(String.valueOf(rules.getValue("type")))) {
                lacking.put(place, "default or example");
              }
            });
    lacking.remove("/$schema");
    assertEquals(Map.of(), lacking);
  }

  @Test
  void everyPartSaysWhenAChangeCounts() {
    JsonObject parts = schema.getJsonObject("properties");
    for (String part : parts.fieldNames()) {
      JsonObject rules = parts.getJsonObject(part);
      String reference = rules.getString("$ref", "");
      JsonObject described =
          reference.isEmpty()
              ? rules
              : schema
                  .getJsonObject("$defs")
                  .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
      assertEquals(
          !NOT_READ.contains(part), described.containsKey("x-takenUp"), "x-takenUp of " + part);
    }
  }

  @Test
  void everyKeyIsReadAndWhatIsReadIsAKey() throws IOException {
    String sources = sources();
    Set<String> keys =
        keys().keySet().stream()
            .map(place -> place.substring(place.lastIndexOf('/') + 1))
            .filter(key -> !NOT_READ.contains(key))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> unread = new TreeSet<>(keys);
    unread.removeAll(found(LITERAL, sources));
    // Keys that are one of a path, as in "/web/host".
    unread.removeIf(key -> sources.contains("/" + key));
    assertEquals(Set.of(), unread, "in the schema, but read nowhere");
    Set<String> unknown = found(LOOKED_UP, sources);
    assertFalse(unknown.isEmpty());
    unknown.removeAll(keys);
    assertEquals(Set.of(), unknown, "read, but not in the schema");
  }

  /** Every key by where the schema has it. */
  private Map<String, JsonObject> keys() {
    Map<String, JsonObject> keys = new TreeMap<>();
    gather("", schema, keys);
    schema
        .getJsonObject("$defs")
        .forEach(entry -> gather(entry.getKey(), (JsonObject) entry.getValue(), keys));
    return keys;
  }

  private static void gather(String place, JsonObject rules, Map<String, JsonObject> keys) {
    rules
        .getJsonObject("properties", new JsonObject())
        .forEach(key -> keys.put(place + "/" + key.getKey(), (JsonObject) key.getValue()));
  }

  /** Of the room, but for the schema's own reader, whose words are the schema's. */
  private static String sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<Path> read = files.filter(file -> !file.endsWith("ConfSchema.java")).sorted().toList();
      StringBuilder text = new StringBuilder();
      for (Path file : read) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
