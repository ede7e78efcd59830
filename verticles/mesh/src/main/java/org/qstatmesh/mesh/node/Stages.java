package org.qstatmesh.mesh.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.qstatmesh.broadcast.BroadcastConfig;
import org.qstatmesh.broadcast.BroadcastVerticle;
import org.qstatmesh.broadcast.NotifyConfig;
import org.qstatmesh.broadcast.NotifyVerticle;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.supervise.Stage;
import org.qstatmesh.mesh.supervise.StageFactory;
import org.qstatmesh.poller.PollerConfig;
import org.qstatmesh.poller.PollerVerticle;
import org.qstatmesh.store.StoreVerticle;
import org.qstatmesh.tunnel.TunnelConfig;
import org.qstatmesh.tunnel.TunnelVerticle;

/** The one place that knows every stage's verticle. */
final class Stages implements StageFactory {
  private final String node;
  private final Path data;
  private final boolean clustered;
  private final MeterRegistry meters;
  private final Consumer<SocketAddress> pageBound;

  Stages(
      String node,
      Path data,
      boolean clustered,
      MeterRegistry meters,
      Consumer<SocketAddress> pageBound) {
    this.node = node;
    this.data = data;
    this.clustered = clustered;
    this.meters = meters;
    this.pageBound = pageBound;
  }

  @Override
  public Deployable create(Stage stage, MeshConfig config) {
    return switch (stage) {
      case BROADCAST -> new BroadcastVerticle(broadcast(config), meters, pageBound);
      case NOTIFY ->
          new NotifyVerticle(new NotifyConfig(config.clusters(), config.hooks()), meters);
      case STORE -> new StoreVerticle(config.store().on(node, data), meters);
      case TUNNEL -> new TunnelVerticle(new TunnelConfig(node, config.clusters()), meters);
      case POLLER ->
          new PollerVerticle(
              new PollerConfig(
                  node, config.node().labels(), clustered, config.clusters(), config.people()),
              meters);
    };
  }

  private BroadcastConfig broadcast(MeshConfig config) {
    MeshConfig.Web web = config.web();
    return new BroadcastConfig(
        node,
        config.clusters(),
        web.host(),
        web.port(),
        web.open(),
        web.title(),
        web.origins(),
        web.embedders(),
        config.people());
  }
}
