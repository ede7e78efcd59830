package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;

/**
 * The way to a probe without ssh. Before a socket is made a plain TCP connection is tried: ZeroMQ
 * does not tell a refused port from a slow one, and it would look up the host's name on a thread
 * that other clusters' sockets need.
 */
final class DirectRoute implements ProbeRoute {
  private final NetClient connections;
  private final ProbeAddress probe;

  DirectRoute(NetClient connections, ProbeAddress probe) {
    this.connections = connections;
    this.probe = probe;
  }

  @Override
  public Future<String> endpoint(String open) {
    return open == null ? reach() : Future.succeededFuture(open);
  }

  @Override
  public Future<ExchangeFailure> explainSilence(String endpoint) {
    return reach()
        .map(
            reached ->
                new ExchangeFailure(
                    FailureCode.PROBE_TIMEOUT, probe + " accepts connections but does not answer"))
        .recover(
            cause ->
                cause instanceof ExchangeFailure failure
                    ? Future.succeededFuture(failure)
                    : Future.failedFuture(cause));
  }

  /** The probe's numeric endpoint, once a connection was made and closed again. */
  private Future<String> reach() {
    String host = probe.host();
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return connections
        .connect(probe.port(), name)
        .compose(
            socket -> {
              String endpoint = numeric(socket);
              return socket.close().transform(closed -> Future.succeededFuture(endpoint));
            },
            cause ->
                Future.failedFuture(
                    new ExchangeFailure(
                        FailureCode.PROBE_UNREACHABLE,
                        "no TCP connection: " + cause.getMessage())));
  }

  private static String numeric(NetSocket socket) {
    String address = socket.remoteAddress().hostAddress();
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    return "tcp://" + host + ":" + socket.remoteAddress().port();
  }
}
