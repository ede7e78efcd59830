package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

/**
 * conf/README.md, made of the schema: a section for each object, a line for each key. {@code
 * x-takenUp} of a part says when a change counts, {@code x-secret} what has to be kept from others.
 */
final class ConfReference {
  private static final String HEAD =
      """
      # Every key of the configuration

      Made from [schema/mesh.schema.json](schema/mesh.schema.json), which editors understand when a file names it as its `$schema`. All `*.json` of
      this folder are read and merged: each may hold any of the parts below, and no value may be said twice. `qstat-mesh check` says what is
      wrong, all of it at once. A mesh that runs takes changes up within seconds; while a file is broken, all goes on as it was, and the page
      and the log say why.

      Paths of files start at this folder, where nothing else is said.
      """;

  private static final String TABLE =
      """

      | key | meaning | value | when missing | example |
      |---|---|---|---|---|
      """;

  private final JsonObject schema;

  ConfReference(JsonObject schema) {
    this.schema = schema;
  }

  /** One object of the configuration: where it stands, its rules, and when a change counts. */
  private record Section(String name, JsonObject rules) {}

  String text() {
    StringBuilder out = new StringBuilder(HEAD);
    schema
        .getJsonObject("properties")
        .forEach(
            part -> {
              JsonObject rules = resolved((JsonObject) part.getValue());
              if (!part.getKey().startsWith("$")) {
                out.append("\n## ").append(part.getKey()).append("\n\n");
                out.append(sentence(rules)).append("\n\n");
                out.append("A change counts ").append(rules.getString("x-takenUp")).append(".\n");
                sections(part.getKey(), rules).forEach(section -> append(out, section));
              }
            });
    return out.toString();
  }

  private static String sentence(JsonObject rules) {
    return rules.getString("description");
  }

  private static void append(StringBuilder out, Section section) {
    out.append("\n### `").append(section.name()).append("`\n");
    out.append(TABLE);
    section
        .rules()
        .getJsonObject("properties")
        .forEach(key -> out.append(line(section, key.getKey(), (JsonObject) key.getValue())));
  }

  private static String line(Section section, String key, JsonObject rules) {
    boolean required = section.rules().getJsonArray("required", new JsonArray()).contains(key);
    String meaning =
        cell(sentence(rules)) + (rules.getBoolean("x-secret", false) ? " **Secret.**" : "");
    String missing =
        required
            ? "must be there"
            : rules.containsKey("default") ? code(rules.getValue("default")) : "";
    JsonArray examples = rules.getJsonArray("examples", new JsonArray());
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            key,
            meaning,
            value(rules),
            missing,
            examples.isEmpty() ? "" : code(examples.getValue(0)));
  }

  /** An object and, after it, those in it, each once. */
  private List<Section> sections(String name, JsonObject rules) {
    List<Section> sections = new ArrayList<>();
    gather(name, rules, new ArrayList<>(), sections);
    return sections;
  }

  private void gather(String name, JsonObject rules, List<Object> above, List<Section> sections) {
    if (above.contains(rules)) {
      return;
    }
    List<Object> path = new ArrayList<>(above);
    path.add(rules.copy());
    JsonObject properties = rules.getJsonObject("properties");
    if (properties != null) {
      JsonObject described = new JsonObject();
      properties.forEach(key -> described.put(key.getKey(), resolved((JsonObject) key.getValue())));
      sections.add(new Section(name, rules.copy().put("properties", described)));
      described.forEach(
          key -> gather(name + "." + key.getKey(), (JsonObject) key.getValue(), path, sections));
    }
    if (rules.getValue("additionalProperties") instanceof JsonObject entry) {
      gather(name + ".ID", resolved(entry), path, sections);
    }
    if (rules.getValue("items") instanceof JsonObject item) {
      gather(name + "[]", resolved(item), path, sections);
    }
  }

  /** The rules with those that they refer to; what is said beside a reference counts. */
  private JsonObject resolved(JsonObject rules) {
    String reference = rules.getString("$ref");
    if (reference == null) {
      return rules;
    }
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    JsonObject all = resolved(schema.getJsonObject("$defs").getJsonObject(name)).copy();
    rules.forEach(rule -> all.put(rule.getKey(), rule.getValue()));
    all.remove("$ref");
    return all;
  }

  private static String value(JsonObject rules) {
    StringJoiner words = new StringJoiner(", ");
    if (rules.containsKey("enum")) {
      StringJoiner choice = new StringJoiner(" ");
      rules.getJsonArray("enum").forEach(one -> choice.add(code(one)));
      return choice.toString();
    }
    words.add(type(rules.getValue("type")));
    Object least = rules.getValue("minimum");
    Object most = rules.getValue("maximum");
    if (least != null && most != null) {
      words.add(least + " to " + most);
    }
    BiConsumer<String, String> bound =
        (keyword, text) -> {
          if (rules.containsKey(keyword)) {
            words.add(text.formatted(rules.getValue(keyword)));
          }
        };
    bound.accept("maxLength", "at most %s characters");
    bound.accept("minItems", "at least %s");
    bound.accept("maxItems", "at most %s");
    bound.accept("maxProperties", "at most %s");
    return words.toString();
  }

  private static String type(Object type) {
    if (type instanceof JsonArray several) {
      StringJoiner words = new StringJoiner(" or ");
      several.forEach(one -> words.add(type(one)));
      return words.toString();
    }
    return TYPES.getOrDefault(String.valueOf(type), String.valueOf(type));
  }

  private static final Map<String, String> TYPES =
      Map.of(
          "integer", "whole number",
          "string", "text",
          "boolean", "`true` or `false`",
          "array", "list",
          "object", "object",
          "null", "`null`");

  private static String code(Object value) {
    String json =
        value instanceof JsonObject object
            ? object.encode()
            : value instanceof JsonArray array ? array.encode() : json(value);
    return "`" + cell(json) + "`";
  }

  private static String json(Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }

  /** A bar would end the cell, also within code. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
