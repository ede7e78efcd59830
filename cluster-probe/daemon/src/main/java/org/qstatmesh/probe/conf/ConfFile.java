package org.qstatmesh.probe.conf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON file of the probe's configuration. Whoever reads values from {@link #root()} calls
 * {@link #check()} afterwards; until then a wrong value reads as absent.
 */
public final class ConfFile {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_DEPTH = 8;
  private static final JsonFactory READERS = new JsonFactory();

  private final ConfProblems problems;
  private final ConfObject root;

  private ConfFile(ConfProblems problems, ConfObject root) {
    this.problems = problems;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException when it cannot be read, or is no JSON object; anything else
   *     wrong with it is said by {@link #check()}
   */
  public static ConfFile read(Path file, FileRights rights) throws ConfigurationException {
    return read(file, rights, null);
  }

  /** The same for a probe that runs as another user; null for this process's own. */
  static ConfFile read(Path file, FileRights rights, Long probeUserId)
      throws ConfigurationException {
    ConfProblems problems = new ConfProblems(file);
    Object content = null;
    try {
      rights.check(file, probeUserId == null ? FileRights.ownUserId() : probeUserId, problems);
      content = parse(file, problems);
    } catch (NoSuchFileException missing) {
      problems.add("there is no such file");
    } catch (IOException unreadable) {
      problems.add("cannot be read: " + unreadable.getMessage());
    }
    if (!(content instanceof Map<?, ?>)) {
      if (content != null) {
        problems.add("is no JSON object");
      }
      problems.throwIfAny();
    }
    return new ConfFile(problems, ConfObject.of(problems, "", content));
  }

  private static Object parse(Path file, ConfProblems problems) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      problems.add("is longer than " + MAX_BYTES + " bytes");
      return null;
    }
    try (JsonParser json = READERS.createParser(Files.readAllBytes(file))) {
      json.nextToken();
      Object value = value(json, "", problems);
      if (json.nextToken() != null) {
        problems.add("goes on after its end");
      }
      return value;
    } catch (JsonProcessingException broken) {
      // its message quotes the text, which may be a key
      problems.add(
          "is no JSON at line "
              + broken.getLocation().getLineNr()
              + ", column "
              + broken.getLocation().getColumnNr());
      return null;
    }
  }

  private static Object value(JsonParser json, String pointer, ConfProblems problems)
      throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      problems.add("is empty");
      return null;
    }
    if (json.getParsingContext().getNestingDepth() > MAX_DEPTH) {
      throw new IOException("nested too deeply");
    }
    return switch (token) {
      case START_OBJECT -> object(json, pointer, problems);
      case START_ARRAY -> array(json, pointer, problems);
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      default -> ConfObject.NULL;
    };
  }

  private static Map<String, Object> object(JsonParser json, String pointer, ConfProblems problems)
      throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      String at = pointer + "/" + key;
      json.nextToken();
      if (fields.put(key, value(json, at, problems)) != null) {
        problems.add(at, "is given twice");
      }
    }
    return fields;
  }

  private static List<Object> array(JsonParser json, String pointer, ConfProblems problems)
      throws IOException {
    List<Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(json, pointer + "/" + elements.size(), problems));
    }
    return elements;
  }

  /** The file's object. */
  public ConfObject root() {
    return root;
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException with every problem, keys that nobody asked for among them
   */
  public void check() throws ConfigurationException {
    root.noteUnknownKeys();
    problems.throwIfAny();
  }
}
