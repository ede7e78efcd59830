package org.qstatmesh.probe.slurm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;

/**
 * The records of {@code squeue --json}, one at a time. Fields are taken by their name in whatever
 * shape a version gives them: a number is {@code 4} in data_parser v0.0.38 (Slurm 22.05), {@code
 * {"set":true,"infinite":false,"number":4}} later, field by field until v0.0.40 (23.11); a state is
 * a word, or since v0.0.40 a list of words.
 */
final class JsonRecords {
  /** Where a number is without bound. */
  static final String UNLIMITED = "UNLIMITED";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // 23.11 printed Infinity for numbers that were not set
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final Set<String> wanted;
  private final Problems problems;
  private final Consumer<Map<String, String>> handler;
  private boolean listed;
  private String error;
  private int number;
  private int understood;

  private JsonRecords(
      Set<String> wanted, Problems problems, Consumer<Map<String, String>> handler) {
    this.wanted = wanted;
    this.problems = problems;
    this.handler = handler;
  }

  /**
   * Reads all records; each has of the wanted fields those that have a value. The handler may throw
   * {@link IllegalArgumentException}: that record is counted as a problem.
   *
   * @throws UnparsableException when it is no such text, or is cut off, or Slurm says in it that
   *     something failed: it does so with exit code 0 and an empty list of jobs
   */
  static void read(
      Reader in, Set<String> wanted, Problems problems, Consumer<Map<String, String>> handler)
      throws IOException, UnparsableException {
    JsonRecords records = new JsonRecords(wanted, problems, handler);
    try (JsonParser json = JSON.createParser(in)) {
      records.read(json);
    } catch (JsonProcessingException e) {
      throw new UnparsableException(
          "no whole JSON text: broken at character " + e.getLocation().getCharOffset(), e);
    }
    if (records.error != null) {
      throw new UnparsableException("squeue says that it failed: " + records.error);
    }
    if (!records.listed) {
      throw new UnparsableException("no list of jobs in the JSON text");
    }
    if (records.number > 0 && records.understood == 0) {
      throw new UnparsableException("no job in the JSON text has the fields it should have");
    }
  }

  private void read(JsonParser json) throws IOException, UnparsableException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new UnparsableException("no JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "jobs" -> readJobs(json);
        case "errors" -> readErrors(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readJobs(JsonParser json) throws IOException, UnparsableException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new UnparsableException("jobs is no list");
    }
    listed = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      number++;
      if (json.currentToken() == JsonToken.START_OBJECT) {
        take(record(json));
      } else {
        problems.add("record " + number + ": no object");
        json.skipChildren();
      }
    }
  }

  private void take(Map<String, String> fields) {
    try {
      handler.accept(fields);
      understood++;
    } catch (IllegalArgumentException e) {
      problems.add("record " + number + ": " + e.getMessage());
    }
  }

  private Map<String, String> record(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      String value = wanted.contains(name) ? value(json) : null;
      if (value != null) {
        fields.put(name, value);
      } else {
        json.skipChildren();
      }
    }
    return fields;
  }

  /** The value as text, read to its end; null when there is none. */
  private static String value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> number(json);
      case START_ARRAY -> words(json);
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  private static String number(JsonParser json) throws IOException {
    String number = null;
    boolean set = true;
    boolean infinite = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "number" -> number = value.isScalarValue() ? json.getText() : null;
        case "set" -> set = value == JsonToken.VALUE_TRUE;
        case "infinite" -> infinite = value == JsonToken.VALUE_TRUE;
        default -> {}
      }
      json.skipChildren();
    }
    return infinite ? UNLIMITED : set ? number : null;
  }

  private static String words(JsonParser json) throws IOException {
    StringJoiner words = new StringJoiner(",").setEmptyValue("");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken().isScalarValue()) {
        words.add(json.getText());
      } else {
        json.skipChildren();
      }
    }
    return words.toString();
  }

  /** {@code {"description":…,"error_number":-1,"error":…,"source":…}}; any entry is a failure. */
  private void readErrors(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String said = json.currentToken() == JsonToken.START_OBJECT ? said(json) : null;
      error = error == null ? String.valueOf(said) : error;
    }
  }

  private static String said(JsonParser json) throws IOException {
    StringJoiner said = new StringJoiner(", ").setEmptyValue("it does not say why");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      boolean text = json.nextToken() == JsonToken.VALUE_STRING;
      if (text && (name.equals("description") || name.equals("error"))) {
        said.add(json.getText());
      }
      json.skipChildren();
    }
    return said.toString();
  }
}
