package org.qstatmesh.broadcast.browser.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.QueryFailure;

/** Every address of the interface; openapi-v1.json describes the same ones. */
enum RestRoute {
  OPENAPI("/openapi.json", null),
  CLUSTERS("/clusters", null),
  ROW("/clusters/{cluster}", null),
  HISTORY("/clusters/{cluster}/history", RestQuestion.HISTORY),
  JOBS("/clusters/{cluster}/jobs", RestQuestion.JOBS),
  JOB("/clusters/{cluster}/jobs/{jobId}", RestQuestion.JOB),
  NODES("/clusters/{cluster}/nodes", RestQuestion.NODES),
  EVENTS("/clusters/{cluster}/events", RestQuestion.EVENTS),
  CHANGES("/clusters/{cluster}/changes", RestQuestion.CHANGES),
  WAITS("/waits", RestQuestion.WAITS),
  AT("/at", RestQuestion.AT),
  FIT("/fit", RestQuestion.FIT);

  /** Where the interface begins; what is below it and no route is not found. */
  static final String ROOT = "/api/v1";

  private static final RestParameter FORMAT =
      new RestParameter("format", null, RestParameter.Type.FORMAT);

  /** A route and what its braces stand for. */
  record Match(RestRoute route, Map<String, String> path) {}

  private final String template;
  private final RestQuestion question;

  RestRoute(String template, RestQuestion question) {
    this.template = template;
    this.question = question;
  }

  /** The path below {@link #ROOT}, with braces. */
  String template() {
    return template;
  }

  /** What is asked; null for what is known here. */
  RestQuestion question() {
    return question;
  }

  /** The parameters of the query. */
  List<RestParameter> parameters() {
    return switch (this) {
      case OPENAPI, CLUSTERS, ROW, JOB -> List.of();
      case NODES -> List.of(FORMAT);
      case AT -> List.of(RestParameter.moment("at", "atEpochMillis"));
      case HISTORY -> ofHistory();
      case JOBS -> ofJobs();
      case EVENTS ->
          with(range(), RestParameter.text("owner", "jobOwner"), RestParameter.whole("limit"));
      case CHANGES -> with(range(), RestParameter.whole("limit"));
      case FIT -> ofFit();
      case WAITS -> with(range(), RestParameter.text("cluster", "cluster"));
    };
  }

  /** Whether the answer is to be had as a table. */
  boolean isTable() {
    return parameters().contains(FORMAT);
  }

  /** What the file of a table is called, without its cluster. */
  String fileName() {
    return template.substring(template.lastIndexOf('/') + 1);
  }

  /**
   * The route of a path as it was sent, or null.
   *
   * @throws QueryFailure 400 for a path that cannot be decoded
   */
  static Match of(String path) {
    if (!path.startsWith(ROOT + "/")) {
      return null;
    }
    // Split before decoding: an id may hold a slash.
    List<String> sent = List.of(path.substring(ROOT.length() + 1).split("/", -1));
    for (RestRoute route : values()) {
      Map<String, String> found = route.match(sent);
      if (found != null) {
        return new Match(route, found);
      }
    }
    return null;
  }

  private Map<String, String> match(List<String> sent) {
    List<String> segments = List.of(template.substring(1).split("/", -1));
    if (sent.size() != segments.size()) {
      return null;
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        if (sent.get(i).isEmpty()) {
          return null;
        }
        found.put(segment.substring(1, segment.length() - 1), sent.get(i));
      } else if (!segment.equals(sent.get(i))) {
        return null;
      }
    }
    found.replaceAll(RestRoute::decode);
    return found;
  }

  private static String decode(String name, String sent) {
    String text;
    try {
      text = URLDecoder.decode(sent.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw QueryFailure.badField(name, "a % must be followed by two hexadecimal digits");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw QueryFailure.badField(name, "must not hold control characters");
    }
    return text;
  }

  private static List<RestParameter> range() {
    return List.of(
        RestParameter.moment("from", "fromEpochMillis"),
        RestParameter.moment("to", "toEpochMillis"),
        new RestParameter("past", null, RestParameter.Type.PAST));
  }

  /** A table's parameters. */
  private static List<RestParameter> with(List<RestParameter> some, RestParameter... more) {
    List<RestParameter> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    all.add(FORMAT);
    return all;
  }

  private static List<RestParameter> ofHistory() {
    return with(
        range(),
        RestParameter.text("dimension", "dimension"),
        RestParameter.text("measure", "measure"),
        RestParameter.whole("maxPoints"),
        RestParameter.whole("top"),
        new RestParameter("band", "band", RestParameter.Type.FLAG));
  }

  private static List<RestParameter> ofFit() {
    return List.of(
        RestParameter.text("cluster", "cluster"),
        RestParameter.whole("nodes"),
        RestParameter.whole("slotsPerNode"),
        RestParameter.whole("slots"),
        RestParameter.whole("gpusPerNode"),
        RestParameter.whole("memoryBytesPerNode"),
        RestParameter.whole("walltimeSeconds"));
  }

  private static List<RestParameter> ofJobs() {
    return List.of(
        RestParameter.text("owner", "filter.jobOwner"),
        RestParameter.text("group", "filter.groupName"),
        RestParameter.text("account", "filter.accountingId"),
        RestParameter.text("state", "filter.jobState"),
        RestParameter.text("queue", "filter.queueName"),
        RestParameter.text("text", "filter.text"),
        RestParameter.text("sort", "sort"),
        RestParameter.whole("offset"),
        RestParameter.whole("limit"),
        FORMAT);
  }
}
