package org.qstatmesh.mesh.add;

import io.vertx.core.json.JsonObject;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;

/** What {@code add} writes into conf/ID.json. */
final class ClusterFile {
  private final AddRequest request;

  ClusterFile(AddRequest request) {
    this.request = request;
  }

  /**
   * The file's text.
   *
   * @param serverKey the probe's public key; null without CURVE
   */
  String text(String serverKey) {
    JsonObject cluster = new JsonObject();
    if (request.title() != null) {
      cluster.put("title", request.title());
    }
    if (request.probe() instanceof ProbeAddress address) {
      cluster.put("probe", address.toString());
    } else if (request.probe() instanceof ProbeCommand command) {
      cluster.put("probe", ProbeCommand.CONFIGURED_AS);
      if (!command.equals(ProbeCommand.STANDARD)) {
        cluster.put("probeCommand", command.words());
      }
    }
    if (serverKey != null) {
      cluster.put(
          "curve",
          new JsonObject()
              .put("serverKey", serverKey)
              .put("keyFile", "keys/" + request.curveFiles().mesh().getFileName()));
    }
    cluster.put(
        "ssh",
        ssh(request.login()).put("proxyJump", request.jump() == null ? null : ssh(request.jump())));
    return new JsonObject()
            .put("$schema", "schema/mesh.schema.json")
            .put("clusters", new JsonObject().put(request.id(), cluster))
            .encodePrettily()
        + "\n";
  }

  private JsonObject ssh(LoginTarget login) {
    return new JsonObject()
        .put("host", login.host())
        .put("port", login.port())
        .put("user", login.user())
        .put("identityFile", "keys/" + request.id())
        .put("knownHostsFile", "known_hosts");
  }
}
