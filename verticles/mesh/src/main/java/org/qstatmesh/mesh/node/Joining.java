package org.qstatmesh.mesh.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.qstatmesh.mesh.config.NodeConfig;
import org.qstatmesh.mesh.keys.NodeCertificate;
import org.qstatmesh.mesh.membership.MeshBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a node becomes one of several; blocks. */
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
  private static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);

  private Joining() {}

  /** A Vert.x that is a member, in place of one that only has read the configuration. */
  static Vertx joined(
      Vertx alone, NodeConfig node, PrometheusMeterRegistry meters, Duration deadline)
      throws StartException {
    Optional<String> refusal = node.refusal();
    if (refusal.isPresent()) {
      throw new StartException(StartException.CONFIGURATION, refusal.get());
    }
    if (node.tls() != null) {
      lookAt(node.tls());
    }
    try {
      Vertx member =
          MeshNode.await(MeshBus.join(Meters.builder(meters), Meters.options(), node), deadline);
      alone.close().onFailure(cause -> LOG.debug("did not close cleanly", cause));
      return member;
    } catch (ExecutionException e) {
      throw new StartException(
          StartException.UNAVAILABLE,
          "cannot join the mesh on %s, ports %d and %d: %s"
              .formatted(node.host(), node.memberPort(), node.busPort(), e.getCause().getMessage()),
          e);
    }
  }

  private static void lookAt(NodeConfig.Tls tls) throws StartException {
    try {
      Instant now = Instant.now();
      Instant end =
          NodeCertificate.checked(tls.certificateFile(), tls.authorityFile(), now).notAfter();
      if (Duration.between(now, end).compareTo(CERTIFICATE_WARNING) < 0) {
        LOG.warn("{} ends on {}: renew it with qstat-mesh keys", tls.certificateFile(), end);
      }
    } catch (IOException e) {
      throw new StartException(StartException.CONFIGURATION, e.getMessage(), e);
    }
  }
}
