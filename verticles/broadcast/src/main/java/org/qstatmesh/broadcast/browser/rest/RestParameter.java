package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.json.JsonObject;

/**
 * A parameter of a path or of a query.
 *
 * @param name as it is written
 * @param field which field of the browser's question it is, {@code filter.} before one within; null
 *     for one that says how to answer
 * @param type what its text means
 */
record RestParameter(String name, String field, Type type) {
  private static final String WITHIN = "filter";
  private static final int WHOLE_CHARACTERS = 18;

  /** What a parameter's text means. */
  enum Type {
    /** Itself. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** {@code true} or {@code false}. */
    FLAG,
    /** See {@link RestMoment}. */
    MOMENT,
    /** A length of time that ends now. */
    PAST,
    /** {@code json} or {@code csv}. */
    FORMAT
  }

  static RestParameter text(String name, String field) {
    return new RestParameter(name, field, Type.TEXT);
  }

  static RestParameter whole(String name) {
    return new RestParameter(name, name, Type.WHOLE);
  }

  static RestParameter moment(String name, String field) {
    return new RestParameter(name, field, Type.MOMENT);
  }

  /** Puts the value into the question; a text of the wrong form stays one, and is refused there. */
  void put(JsonObject question, String text) {
    Object value =
        switch (type) {
          case WHOLE -> wholeOrText(text);
          case FLAG -> flagOrText(text);
          case MOMENT -> RestMoment.epochMillis(name, text);
          default -> text;
        };
    int dot = field.indexOf('.');
    if (dot < 0) {
      question.put(field, value);
    } else {
      if (!question.containsKey(WITHIN)) {
        question.put(WITHIN, new JsonObject());
      }
      question.getJsonObject(WITHIN).put(field.substring(dot + 1), value);
    }
  }

  private static Object wholeOrText(String text) {
    if (text.length() > WHOLE_CHARACTERS) {
      return text;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object flagOrText(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> text;
    };
  }
}
