package org.qstatmesh.broadcast.browser;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.qstatmesh.bus.QueryFailure;

/**
 * The fields of a question's body, read strictly: a wrong type, a text too long or a field that
 * nobody asked for is {@link QueryFailure} 400 that names it.
 */
final class QuestionFields {
  private static final int TEXT_CHARACTERS = 256;

  private final String path;
  private final JsonObject body;
  private final Set<String> unread;

  private QuestionFields(String path, JsonObject body) {
    this.path = path;
    this.body = body;
    this.unread = new HashSet<>(body.fieldNames());
  }

  static QuestionFields of(Object body) {
    if (body instanceof JsonObject object) {
      return new QuestionFields("", object);
    }
    throw QueryFailure.badField("body", "must be an object");
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw bad(name, "is missing");
    }
    return text;
  }

  String textOrNull(String name) {
    Object value = take(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw bad(name, "must be a string");
    }
    if (text.length() > TEXT_CHARACTERS) {
      throw bad(name, "at most " + TEXT_CHARACTERS + " characters");
    }
    return text;
  }

  long whole(String name) {
    Long value = wholeOrNull(name);
    if (value == null) {
      throw bad(name, "is missing");
    }
    return value;
  }

  int wholeOr(String name, int otherwise) {
    Integer value = countOrNull(name);
    return value == null ? otherwise : value;
  }

  Integer countOrNull(String name) {
    Long value = wholeOrNull(name);
    if (value != null && value != value.intValue()) {
      throw bad(name, "is out of range");
    }
    return value == null ? null : Integer.valueOf(value.intValue());
  }

  Long wholeOrNull(String name) {
    Object value = take(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw bad(name, "must be a whole number");
  }

  /** False when nothing is said. */
  boolean flag(String name) {
    Object value = take(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw bad(name, "must be true or false");
  }

  /** One of an enum's constants, written in the enum's own words: {@code runningSlots}. */
  <E extends Enum<E>> E wordOf(String name, E[] constants) {
    String text = text(name);
    StringBuilder known = new StringBuilder();
    for (E constant : constants) {
      String word = camel(constant.name());
      if (word.equals(text)) {
        return constant;
      }
      known.append(known.length() == 0 ? "one of " : ", ").append(word);
    }
    throw bad(name, known.toString());
  }

  /** One of an enum's constants by its name, or null. */
  <E extends Enum<E>> E nameOrNull(String name, E[] constants) {
    String text = textOrNull(name);
    if (text == null) {
      return null;
    }
    StringBuilder known = new StringBuilder();
    for (E constant : constants) {
      if (constant.name().equals(text)) {
        return constant;
      }
      known.append(known.length() == 0 ? "one of " : ", ").append(constant.name());
    }
    throw bad(name, known.toString());
  }

  /** An object within, or null. */
  QuestionFields within(String name) {
    Object value = take(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return new QuestionFields(path + name + ".", object);
    }
    throw bad(name, "must be an object");
  }

  /** Refuses what was not read. */
  void end() {
    if (!unread.isEmpty()) {
      // Chosen by the sender: it goes back to the sender only, as a JSON string.
      throw QueryFailure.badField(path + unread.iterator().next(), "is not known");
    }
  }

  private Object take(String name) {
    unread.remove(name);
    return body.getValue(name);
  }

  private QueryFailure bad(String name, String why) {
    return QueryFailure.badField(path + name, why);
  }

  private static String camel(String constant) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < constant.length(); i++) {
      char c = constant.charAt(i);
      if (c == '_') {
        word.append(constant.charAt(++i));
      } else {
        word.append(Character.toLowerCase(c));
      }
    }
    return word.toString();
  }
}
