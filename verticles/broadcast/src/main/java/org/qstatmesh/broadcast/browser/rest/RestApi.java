package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.qstatmesh.bus.QueryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests for {@code /api/v1/}. Browsers' event loop. */
public final class RestApi {
  private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);
  private static final String BELOW = "/api";
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final String CSV_TYPE = "text/csv; charset=utf-8; header=present";
  private static final String METHODS = "GET, HEAD";
  private static final String PREFLIGHT_SECONDS = "600";

  private final RestBackend backend;
  private final RestLimits limits;
  private final RestDocument document;
  private final Clock clock;
  private final UnreadBytes unread;

  /** By which tags of another run differ. */
  private final String run;

  private int atWork;

  /**
   * @param document what {@code openapi.json} answers
   * @param clock when a range without an end ends
   */
  public RestApi(RestBackend backend, RestLimits limits, RestDocument document, Clock clock) {
    this.backend = backend;
    this.limits = limits;
    this.document = document;
    this.clock = clock;
    this.unread = new UnreadBytes(limits.unreadBytes());
    this.run = Long.toString(clock.millis(), Character.MAX_RADIX);
  }

  /** Whether requests for a path are answered here, be it by a refusal. */
  public static boolean owns(String path) {
    return path != null && (path.equals(BELOW) || path.startsWith(BELOW + "/"));
  }

  /** Answers a request that was found in order so far; its connection first takes what waits. */
  public void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.writeQueueFull()) {
      // While this one has no answer, the next one of the connection is not read.
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            answer(request);
          });
      return;
    }
    RestCall call = new RestCall(request, backend, unread);
    try {
      route(call);
    } catch (QueryFailure failure) {
      call.refuse(failure);
    } catch (RuntimeException e) {
      call.refuse(failure(e));
    }
  }

  /** Refuses a request in the form of this interface. */
  public void refuse(HttpServerRequest request, int status, String detail) {
    new RestCall(request, backend, unread).refuse(status, detail);
  }

  private void route(RestCall call) {
    HttpServerRequest request = call.request();
    RestRoute.Match match = RestRoute.of(request.path());
    if (match == null) {
      throw new QueryFailure(
          QueryFailure.NOT_FOUND, "there is nothing here; see /api/v1/openapi.json");
    }
    call.at(match.route());
    admitOrigin(call);
    if (HttpMethod.OPTIONS.equals(request.method()) && isPreflight(request)) {
      call.header("Access-Control-Allow-Methods", METHODS);
      call.header("Access-Control-Allow-Headers", "If-None-Match");
      call.header("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      call.end(204, null);
    } else if (!HttpMethod.GET.equals(request.method()) && !call.isHead()) {
      call.header("Allow", METHODS);
      call.refuse(Problem.METHOD_NOT_ALLOWED, "only GET and HEAD");
    } else {
      answer(call, match, RestQuery.of(match, request.query()));
    }
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  private void admitOrigin(RestCall call) {
    HttpServerRequest request = call.request();
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return;
    }
    if (!backend.allowsOrigin(origin, request.getHeader("Host"))) {
      throw new QueryFailure(Problem.FORBIDDEN, "this origin may not read here; see web.origins");
    }
    call.header("Access-Control-Allow-Origin", origin);
    call.header("Access-Control-Expose-Headers", "ETag, Retry-After");
  }

  private void answer(RestCall call, RestRoute.Match match, RestQuery query) {
    boolean csv = match.route().isTable() && query.isCsv();
    String type = csv ? CSV : JSON;
    if (!Acceptance.takes(call.request().headers().getAll("Accept"), type)) {
      String more = match.route().isTable() ? "; format says which: json or csv" : "";
      throw new QueryFailure(Problem.NOT_ACCEPTABLE, "this answer is " + type + more);
    }
    switch (match.route()) {
      case OPENAPI -> call.tagged(document.tag(), JSON, document.json());
      case CLUSTERS -> tell(call, backend.overview());
      case ROW -> tell(call, backend.row(match.path().get("cluster")));
      default -> ask(call, match, query, csv);
    }
  }

  private void tell(RestCall call, RestBackend.Told told) {
    if (told == null) {
      throw new QueryFailure(QueryFailure.UNAVAILABLE, "nothing is known yet");
    }
    // Weak: the same content is told with the time of now.
    call.tagged("W/\"" + run + "-" + told.number() + '"', JSON, told.json());
  }

  private void ask(RestCall call, RestRoute.Match match, RestQuery query, boolean csv) {
    if (atWork >= limits.questionsAtWork()) {
      throw new QueryFailure(Problem.TOO_MANY_REQUESTS, "too many questions are at work");
    }
    JsonObject question = query.question(clock.millis());
    Future<byte[]> answer;
    try {
      answer = backend.ask(match.route().question(), question, csv);
    } catch (QueryFailure failure) {
      throw query.worded(failure);
    }
    atWork++;
    answer.onComplete(
        bytes -> {
          atWork--;
          answered(call, match, csv, bytes);
        },
        cause -> {
          atWork--;
          call.refuse(query.worded(failure(cause)));
        });
  }

  private static QueryFailure failure(Throwable cause) {
    if (cause instanceof QueryFailure known) {
      return known;
    }
    LOG.error("a program's question failed", cause);
    return new QueryFailure(QueryFailure.INTERNAL, "the question could not be put");
  }

  private void answered(RestCall call, RestRoute.Match match, boolean csv, byte[] bytes) {
    if (bytes.length > limits.answerBytes()) {
      call.refuse(QueryFailure.TOO_LARGE, "the answer is too long: ask for less");
      return;
    }
    if (csv) {
      // Only what a configured id and a route are made of.
      List<String> ids =
          match.path().containsKey("cluster")
              ? List.of(match.path().get("cluster"), match.route().fileName())
              : List.of(match.route().fileName());
      String name = String.join("-", ids) + ".csv";
      call.header("Content-Disposition", "attachment; filename=\"" + name + '"');
    }
    call.answer(csv ? CSV_TYPE : JSON, Buffer.buffer(bytes));
  }
}
