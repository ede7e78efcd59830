package org.qstatmesh.probe.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object of a {@link ConfFile}. Each getter notes a value of the wrong kind and then reads it
 * as absent. One thread.
 */
public final class ConfObject {
  /** What {@code null} in the file reads as: there, and of no kind that is asked for. */
  static final Object NULL = new Object();

  private final ConfProblems problems;
  private final String pointer;
  private final Map<?, ?> fields;
  private final Set<String> asked = new LinkedHashSet<>();

  private ConfObject(ConfProblems problems, String pointer, Map<?, ?> fields) {
    this.problems = problems;
    this.pointer = pointer;
    this.fields = fields;
  }

  static ConfObject of(ConfProblems problems, String pointer, Object fields) {
    return new ConfObject(problems, pointer, fields instanceof Map<?, ?> map ? map : Map.of());
  }

  private Object take(String key) {
    asked.add(key);
    return fields.get(key);
  }

  /** Notes a problem with one key, for checks that only the caller can make. */
  public void problem(String key, String problem) {
    problems.add(pointer + "/" + key, problem);
  }

  /** A whole number within bounds. */
  public Optional<Integer> integer(String key, int least, int most) {
    Object value = take(key);
    if (value == null) {
      return Optional.empty();
    }
    boolean whole = value instanceof Integer;
    if (whole && (Integer) value >= least && (Integer) value <= most) {
      return Optional.of((Integer) value);
    }
    problem(key, "must be a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  /** True or false. */
  public Optional<Boolean> flag(String key) {
    Object value = take(key);
    if (value == null || value instanceof Boolean) {
      return Optional.ofNullable((Boolean) value);
    }
    problem(key, "must be true or false");
    return Optional.empty();
  }

  /** A string; one that is needed is noted when it is absent. */
  public Optional<String> text(String key) {
    Object value = take(key);
    if (value == null) {
      problem(key, "is missing");
    } else if (value instanceof String text) {
      return Optional.of(text);
    } else {
      problem(key, "must be a string");
    }
    return Optional.empty();
  }

  /** An array of strings that are not empty. */
  public Optional<Set<String>> texts(String key) {
    Object value = take(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> list)) {
      problem(key, "must be an array of strings");
      return Optional.empty();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text && !text.isEmpty()) {
        texts.add(text);
      } else {
        problem(key + "/" + i, "must be a string that is not empty");
      }
    }
    return Optional.of(texts);
  }

  /** An object; one that is needed is noted when it is absent. */
  public Optional<ConfObject> object(String key) {
    Object value = take(key);
    if (value == null) {
      problem(key, "is missing");
    } else if (value instanceof Map<?, ?>) {
      return Optional.of(of(problems, pointer + "/" + key, value));
    } else {
      problem(key, "must be an object");
    }
    return Optional.empty();
  }

  /** Its keys, where the file's author chooses them. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    fields.keySet().forEach(key -> keys.add((String) key));
    return keys;
  }

  void noteUnknownKeys() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        problem(key, "is unknown; known are " + String.join(", ", asked));
      }
    }
  }
}
