package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response. Browsers' event loop. */
final class RestCall {
  private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);
  private static final String RETRY_SECONDS = "1";

  private final HttpServerRequest request;
  private final RestBackend backend;
  private final UnreadBytes unread;
  private final long sinceNanos = System.nanoTime();
  private String route = "none";

  RestCall(HttpServerRequest request, RestBackend backend, UnreadBytes unread) {
    this.request = request;
    this.backend = backend;
    this.unread = unread;
    request.response().putHeader("Vary", "Origin").putHeader("Cache-Control", "no-store");
  }

  HttpServerRequest request() {
    return request;
  }

  boolean isHead() {
    return HttpMethod.HEAD.equals(request.method());
  }

  /** It is for this route. */
  void at(RestRoute found) {
    route = found.template();
  }

  void header(String name, String value) {
    request.response().putHeader(name, value);
  }

  /** An answer that changes only with its tag: one that the asker has is not sent again. */
  void tagged(String tag, String type, Buffer body) {
    header("Cache-Control", "no-cache");
    header("ETag", tag);
    if (has(tag)) {
      end(304, null);
    } else {
      answer(type, body);
    }
  }

  private boolean has(String tag) {
    for (String header : request.headers().getAll("If-None-Match")) {
      for (String candidate : header.split(",", -1)) {
        String known = candidate.trim();
        if (known.equals("*") || strong(known).equals(strong(tag))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Weak tags are compared as if they were strong ones (RFC 9110, 13.1.2). */
  private static String strong(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  void answer(String type, Buffer body) {
    if (unread.hasRoom(body.length())) {
      header("Content-Type", type);
      end(200, body);
    } else {
      refuse(QueryFailure.UNAVAILABLE, "too many answers are not read");
    }
  }

  void refuse(QueryFailure failure) {
    refuse(Problem.status(failure), failure.getMessage());
  }

  void refuse(int status, String detail) {
    if (Problem.passes(status)) {
      header("Retry-After", RETRY_SECONDS);
    }
    request.response().headers().remove("ETag").remove("Content-Disposition");
    header("Cache-Control", "no-store");
    header("Content-Type", Problem.TYPE);
    end(status, Problem.body(status, detail));
  }

  /** Ends the response; without a body for null. */
  void end(int status, Buffer body) {
    HttpServerResponse response = request.response().setStatusCode(status);
    backend.answered(route, status, Duration.ofNanos(System.nanoTime() - sinceNanos));
    if (body != null) {
      response.putHeader("Content-Length", Integer.toString(body.length()));
    }
    if (body == null || isHead()) {
      response.end().onFailure(RestCall::unsent);
      return;
    }
    unread.add(body.length());
    response
        .end(body)
        .onComplete(
            taken -> unread.take(body.length()),
            cause -> {
              unread.take(body.length());
              unsent(cause);
            });
  }

  private static void unsent(Throwable cause) {
    LOG.debug("response not taken: {}", Printable.escape(cause.getMessage()));
  }
}
