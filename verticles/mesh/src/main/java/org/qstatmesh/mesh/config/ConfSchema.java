package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks one file against conf/schema/mesh.schema.json and words what is wrong for a person. */
final class ConfSchema {
  private static final String RESOURCE = "/conf/schema/mesh.schema.json";

  /** Keywords whose errors only repeat that something below them is wrong. */
  private static final Set<String> ECHOES = Set.of("properties", "$ref", "items");

  private final JsonObject schema;
  private final Validator validator;

  ConfSchema() {
    this.schema = load();
    this.validator =
        Validator.create(
            JsonSchema.of(schema),
            new JsonSchemaOptions()
                .setBaseUri("https://qstat-mesh.org/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
  }

  /**
   * What is wrong in {@code content}, in the order of the file, and what of it can be used to look
   * for further problems.
   */
  Checked check(String file, JsonObject content) {
    Set<ConfProblem> problems = new LinkedHashSet<>();
    JsonObject usable = content.copy();
    OutputUnit result = validator.validate(content);
    if (!Boolean.TRUE.equals(result.getValid()) && result.getErrors() != null) {
      for (OutputUnit error : result.getErrors()) {
        String location = error.getKeywordLocation();
        if (!location.contains("/propertyNames/")) {
          word(file, location.substring(location.lastIndexOf('/') + 1), error, content, usable)
              .ifPresent(problems::add);
        }
      }
    }
    return new Checked(List.copyOf(problems), usable);
  }

  /** A file's problems, and its content without the values that are wrong. */
  record Checked(List<ConfProblem> problems, JsonObject usable) {}

  /** Empty for an error that says nothing new. */
  private Optional<ConfProblem> word(
      String file, String keyword, OutputUnit error, JsonObject content, JsonObject usable) {
    if (ECHOES.contains(keyword)) {
      return Optional.empty();
    }
    String pointer = decode(error.getInstanceLocation());
    JsonObject rules = rules(error.getAbsoluteKeywordLocation());
    String message =
        switch (keyword) {
          case "additionalProperties" -> unknownKey(pointer, rules);
          case "propertyNames" ->
              error.getError()
                  + "; "
                  + rules.getJsonObject("propertyNames").getString("description");
          case "required" -> missingKeys(pointer, rules, content);
          default -> {
            remove(usable, pointer);
            yield wrongValue(keyword, error, rules);
          }
        };
    return Optional.ofNullable(message).map(text -> new ConfProblem(file, pointer, text));
  }

  private static String wrongValue(String keyword, OutputUnit error, JsonObject rules) {
    return switch (keyword) {
      case "pattern" -> "is not of the right form: " + rules.getString("description");
      case "enum" -> "must be one of " + rules.getValue("enum");
      case "type" -> "must be of type " + rules.getValue("type");
      default -> error.getError();
    };
  }

  private static String missingKeys(String pointer, JsonObject rules, JsonObject content) {
    JsonObject holder = (JsonObject) JsonPointer.from(pointer).queryJson(content);
    return "missing: "
        + rules.getJsonArray("required").stream()
            .map(String.class::cast)
            .filter(key -> !holder.containsKey(key))
            .collect(Collectors.joining(", "));
  }

  /**
   * The validator also blames known properties whose value is wrong; only unknown ones are news.
   */
  private static String unknownKey(String pointer, JsonObject rules) {
    String key = key(pointer);
    JsonObject known = rules.getJsonObject("properties", new JsonObject());
    if (!Boolean.FALSE.equals(rules.getValue("additionalProperties")) || known.containsKey(key)) {
      return null;
    }
    return "unknown key; known here: " + String.join(", ", known.fieldNames());
  }

  /** Takes a wrong value out, so that the checks after the schema meet the default instead. */
  private static void remove(JsonObject usable, String pointer) {
    String holderPointer = pointer.substring(0, pointer.lastIndexOf('/'));
    Object holder = JsonPointer.from(holderPointer).queryJson(usable);
    if (holder instanceof JsonObject object) {
      object.remove(key(pointer));
    } else if (holder instanceof JsonArray array) {
      array.clear();
    }
  }

  private static String key(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  /** The schema object that holds the keyword at this absolute location. */
  private JsonObject rules(String absoluteLocation) {
    String pointer = decode(absoluteLocation.substring(absoluteLocation.indexOf('#')));
    String holder = pointer.substring(0, pointer.lastIndexOf('/'));
    return (JsonObject) JsonPointer.from(holder).queryJson(schema);
  }

  /**
   * The validator writes control characters with one hexadecimal digit, which nobody can decode.
   */
  private static String decode(String fragment) {
    String encoded = fragment.substring(1);
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private static JsonObject load() {
    try (InputStream in = ConfSchema.class.getResourceAsStream(RESOURCE)) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
