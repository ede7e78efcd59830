package org.qstatmesh.broadcast.browser;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What every response carries. Only the form of the page that shows one row, where nothing can be
 * changed and every link opens the page itself, may stand in a frame of the listed sites.
 */
final class SecurityHeaders {
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "manifest-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'self'");

  /** The page shows one row whenever it has this parameter, whatever else it has. */
  private static final Pattern ONE_ROW =
      Pattern.compile("(^|.*&)row=[a-z0-9][a-z0-9-]{0,39}(&.*|$)");

  private SecurityHeaders() {}

  /**
   * Lets the listed sites frame the page where a request asks for one row of it.
   *
   * @param path of the request
   * @param query of the request, or null
   * @param embedders origins, as the configuration's schema lets them pass
   */
  static void allowFrames(MultiMap headers, String path, String query, List<String> embedders) {
    boolean page = "/".equals(path) || "/index.html".equals(path);
    if (page && query != null && !embedders.isEmpty() && ONE_ROW.matcher(query).matches()) {
      headers.set("Content-Security-Policy", POLICY + " " + String.join(" ", embedders));
    }
  }

  static void put(MultiMap headers) {
    headers
        .set("Content-Security-Policy", POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }
}
