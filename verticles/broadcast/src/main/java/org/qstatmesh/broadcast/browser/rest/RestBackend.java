package org.qstatmesh.broadcast.browser.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Whom programs' requests are put to; the browsers' event loop. */
public interface RestBackend {

  /**
   * A picture as browsers have it.
   *
   * @param json UTF-8; shared, to be written and never to be changed
   * @param number another one for each other content, while this server runs
   */
  record Told(Buffer json, long number) {}

  /** The newest overview; null before the first. */
  Told overview();

  /**
   * The newest row of a cluster; null before the first.
   *
   * @throws org.qstatmesh.bus.QueryFailure 404 for a cluster that is not configured
   */
  Told row(String cluster);

  /**
   * Asks as a browser would.
   *
   * @param fields body of the browser's question
   * @param csv whether the answer shall be a table, else JSON
   * @return the answer in UTF-8, on the browsers' event loop; or {@link
   *     org.qstatmesh.bus.QueryFailure}
   * @throws org.qstatmesh.bus.QueryFailure 400 or 404 for a question that cannot be put
   */
  Future<byte[]> ask(RestQuestion question, JsonObject fields, boolean csv);

  /** Whether a page of this origin may read here. */
  boolean allowsOrigin(String origin, String host);

  /** To be told of every response: the route as in {@link RestRoute}, or "none". */
  void answered(String route, int status, Duration took);
}
