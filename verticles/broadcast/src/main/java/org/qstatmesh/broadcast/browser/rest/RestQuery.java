package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.bus.QueryFailure;

/**
 * The parameters of one request, read strictly: one that is unknown, malformed or there twice is
 * {@link QueryFailure} 400 that names it.
 */
final class RestQuery {
  private static final int MOST_PAIRS = 32;
  private static final int SHOWN_CHARACTERS = 64;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z]+(?:\\.[a-zA-Z]+)?");
  private static final String FROM = "fromEpochMillis";
  private static final String TO = "toEpochMillis";

  private final RestRoute.Match match;
  private final Map<String, String> values;

  private RestQuery(RestRoute.Match match, Map<String, String> values) {
    this.match = match;
    this.values = values;
  }

  /**
   * Reads a query.
   *
   * @param sent what followed the question mark, as it was sent; null for nothing
   */
  static RestQuery of(RestRoute.Match match, String sent) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] pairs = sent == null ? new String[0] : sent.split("&", MOST_PAIRS + 1);
    if (pairs.length > MOST_PAIRS) {
      throw new QueryFailure(QueryFailure.BAD_QUERY, "at most " + MOST_PAIRS + " parameters");
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        find(match.route(), name);
        if (values.put(name, value) != null) {
          throw QueryFailure.badField(name, "is there twice");
        }
      }
    }
    return new RestQuery(match, values);
  }

  private static void find(RestRoute route, String name) {
    List<String> known = route.parameters().stream().map(RestParameter::name).toList();
    if (!known.contains(name)) {
      String shown =
          name.length() > SHOWN_CHARACTERS ? name.substring(0, SHOWN_CHARACTERS) + "…" : name;
      throw QueryFailure.badField(
          shown,
          known.isEmpty()
              ? "is not known; there are no parameters here"
              : "is not known; known are " + String.join(", ", known));
    }
  }

  private static String decode(String sent) {
    try {
      return URLDecoder.decode(sent, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new QueryFailure(
          QueryFailure.BAD_QUERY, "a % must be followed by two hexadecimal digits");
    }
  }

  /** Whether a table is asked for. */
  boolean isCsv() {
    String format = values.getOrDefault("format", "json");
    if (!format.equals("json") && !format.equals("csv")) {
      throw QueryFailure.badField("format", "one of json, csv");
    }
    return format.equals("csv");
  }

  /** The body of the browser's question; times without an end end at {@code nowEpochMillis}. */
  JsonObject question(long nowEpochMillis) {
    JsonObject question = new JsonObject();
    match.path().forEach(question::put);
    boolean ranged = false;
    for (RestParameter parameter : match.route().parameters()) {
      String text = values.get(parameter.name());
      ranged |= parameter.type() == RestParameter.Type.PAST;
      if (text != null && parameter.field() != null) {
        parameter.put(question, text);
      }
    }
    if (ranged) {
      complete(question, nowEpochMillis);
    }
    return question;
  }

  private void complete(JsonObject question, long nowEpochMillis) {
    String past = values.get("past");
    if (past != null) {
      if (question.containsKey(FROM) || question.containsKey(TO)) {
        throw QueryFailure.badField("past", "not together with from or to");
      }
      Duration length = RestMoment.length("past", past);
      question.put(FROM, Math.max(0, nowEpochMillis - length.toMillis()));
    }
    if (!question.containsKey(TO)) {
      question.put(TO, nowEpochMillis);
    }
  }

  /** A refusal of the browser's question, with the names that parameters have here. */
  QueryFailure worded(QueryFailure failure) {
    if (failure.code() != QueryFailure.BAD_QUERY) {
      return failure;
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (RestParameter parameter : match.route().parameters()) {
      if (parameter.field() != null) {
        names.put(parameter.field(), parameter.name());
      }
    }
    String message =
        NAME.matcher(failure.getMessage())
            .replaceAll(
                word -> Matcher.quoteReplacement(names.getOrDefault(word.group(), word.group())));
    return new QueryFailure(failure.code(), message);
  }
}
