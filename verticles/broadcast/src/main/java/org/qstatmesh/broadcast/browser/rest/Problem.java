package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.qstatmesh.bus.QueryFailure;

/** A refusal in the form of RFC 9457; its type is {@code about:blank}, so its title is HTTP's. */
final class Problem {
  static final String TYPE = "application/problem+json";
  static final int FORBIDDEN = 403;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int NOT_ACCEPTABLE = 406;
  static final int TOO_MANY_REQUESTS = 429;

  private Problem() {}

  /** The status of a failure; what is no status of ours is the server's fault. */
  static int status(QueryFailure failure) {
    return title(failure.code()) == null ? QueryFailure.INTERNAL : failure.code();
  }

  /** Whether the same request may succeed a moment later. */
  static boolean passes(int status) {
    return status == TOO_MANY_REQUESTS || status == QueryFailure.UNAVAILABLE;
  }

  /**
   * The body.
   *
   * @param detail for a person; begins with the parameter's name where one is wrong
   */
  static Buffer body(int status, String detail) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title(status))
            .put("status", status)
            .put("detail", detail);
    return problem.toBuffer();
  }

  private static String title(int status) {
    return switch (status) {
      case QueryFailure.BAD_QUERY -> "Bad Request";
      case FORBIDDEN -> "Forbidden";
      case QueryFailure.NOT_FOUND -> "Not Found";
      case METHOD_NOT_ALLOWED -> "Method Not Allowed";
      case NOT_ACCEPTABLE -> "Not Acceptable";
      case QueryFailure.TOO_LARGE -> "Content Too Large";
      case TOO_MANY_REQUESTS -> "Too Many Requests";
      case QueryFailure.INTERNAL -> "Internal Server Error";
      case QueryFailure.UNAVAILABLE -> "Service Unavailable";
      case QueryFailure.TIMEOUT -> "Gateway Timeout";
      default -> null;
    };
  }
}
