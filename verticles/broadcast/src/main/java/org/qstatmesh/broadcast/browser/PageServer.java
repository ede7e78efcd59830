package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.qstatmesh.bus.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers plain requests: the page's files and health. Browsers' event loop. */
final class PageServer {
  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
  private static final Pattern NO_GZIP =
      Pattern.compile("gzip\\s*;\\s*q\\s*=\\s*0(\\.0{0,3})?\\s*(,|$)");

  private final PageFiles files;
  private volatile Health health = new Health(false, "STARTING");

  /** Whether rows were loaded, and the mesh's status in a word. */
  private record Health(boolean ready, String mesh) {}

  PageServer(PageFiles files) {
    this.files = files;
  }

  /** Any thread. */
  void health(boolean ready, String mesh) {
    health = new Health(ready, mesh);
  }

  void answer(HttpServerRequest request) {
    if (!HttpMethod.GET.equals(request.method()) && !isHead(request)) {
      request.response().putHeader("Allow", "GET, HEAD");
      text(request, 405, "only GET and HEAD");
      return;
    }
    String path = request.path();
    switch (path == null ? "" : path) {
      case "/health/live" -> text(request, 200, "live");
      case "/health/ready" -> ready(request);
      default -> file(request, files.at(path));
    }
  }

  private void ready(HttpServerRequest request) {
    Health now = health;
    json(
        request,
        now.ready() ? 200 : 503,
        "{\"ready\":" + now.ready() + ",\"mesh\":\"" + now.mesh() + "\"}");
  }

  private static void file(HttpServerRequest request, PageFile file) {
    if (file == null) {
      text(request, 404, "there is nothing here");
      return;
    }
    boolean zipped = file.zipped() != null && takesGzip(request.getHeader("Accept-Encoding"));
    String tag = zipped ? file.zippedTag() : file.tag();
    HttpServerResponse response = request.response();
    // Names carry no hash: each load asks whether its copy is still the one, which costs a 304.
    response
        .putHeader("Cache-Control", "no-cache")
        .putHeader("ETag", tag)
        .putHeader("Vary", "Accept-Encoding");
    if (matches(request.getHeader("If-None-Match"), tag)) {
      end(response.setStatusCode(304));
      return;
    }
    if (zipped) {
      response.putHeader("Content-Encoding", "gzip");
    }
    body(request, 200, file.type(), zipped ? file.zipped() : file.plain());
  }

  private static boolean takesGzip(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    String accepted = acceptEncoding.toLowerCase(Locale.ROOT);
    return accepted.contains("gzip") && !NO_GZIP.matcher(accepted).find();
  }

  private static boolean matches(String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String known = candidate.trim();
      if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  /** One line of plain text. */
  static void text(HttpServerRequest request, int status, String line) {
    request.response().putHeader("Cache-Control", "no-store");
    body(request, status, "text/plain; charset=utf-8", Buffer.buffer(line + "\n"));
  }

  private static void json(HttpServerRequest request, int status, String json) {
    request.response().putHeader("Cache-Control", "no-store");
    body(request, status, "application/json", Buffer.buffer(json));
  }

  private static void body(HttpServerRequest request, int status, String type, Buffer content) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", type)
            .putHeader("Content-Length", Integer.toString(content.length()));
    if (isHead(request)) {
      end(response);
    } else {
      response.end(content).onFailure(PageServer::unsent);
    }
  }

  private static boolean isHead(HttpServerRequest request) {
    return HttpMethod.HEAD.equals(request.method());
  }

  private static void end(HttpServerResponse response) {
    response.end().onFailure(PageServer::unsent);
  }

  private static void unsent(Throwable cause) {
    LOG.debug("response not taken: {}", Printable.escape(cause.getMessage()));
  }
}
