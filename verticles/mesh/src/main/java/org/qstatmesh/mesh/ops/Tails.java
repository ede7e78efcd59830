package org.qstatmesh.mesh.ops;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.QueryFailure;

/**
 * Lets operators read along on the bus, a few at a time: {@code GET /tail?address=ADDRESS} is
 * answered line by line until whoever asked goes away. One event loop.
 */
final class Tails {
  private static final int MOST = 8;
  private static final Pattern ADDRESS = Pattern.compile("[a-z0-9_-]+(\\.[a-zA-Z0-9_-]+){0,7}");

  private final Vertx vertx;
  private final BusWatch bus;
  private final Set<Tail> open = new HashSet<>();

  Tails(Vertx vertx, BusWatch bus) {
    this.vertx = vertx;
    this.bus = bus;
  }

  /**
   * Begins to answer; throws {@link QueryFailure}: 400 for what is no address, 503 for too many.
   */
  void begin(HttpServerRequest request) {
    String address = request.getParam("address");
    if (address == null || !ADDRESS.matcher(address).matches()) {
      throw QueryFailure.badField("address", "an address such as mesh.snapshot.taken, or mesh");
    }
    if (open.size() >= MOST) {
      throw new QueryFailure(QueryFailure.UNAVAILABLE, MOST + " others read along: try later");
    }
    Tail tail = new Tail(vertx, request.response(), address);
    open.add(tail);
    bus.listen(tail);
    tail.begin(
        () -> {
          bus.forget(tail);
          open.remove(tail);
        });
  }
}
