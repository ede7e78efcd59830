package org.qstatmesh.poller;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.TunnelState;

/**
 * The clusters this poller polls, kept as configured: those whose entry did not change are not
 * disturbed. Event loop only.
 */
final class PolledClusters {
  private final ClusterPoller.Shared pollers;
  private final ProbeLink.Shared links;
  private final NetClient connections;
  private final QueryWork queryWork;
  private final MeterRegistry registry;
  private final Map<String, Polled> polled = new LinkedHashMap<>();
  private People people = People.NONE;
  private LabRules labs = LabRules.NONE;

  PolledClusters(
      ClusterPoller.Shared pollers,
      ProbeLink.Shared links,
      NetClient connections,
      QueryWork queryWork,
      MeterRegistry registry) {
    this.pollers = pollers;
    this.links = links;
    this.connections = connections;
    this.queryWork = queryWork;
    this.registry = registry;
  }

  /** Takes up the whole list; the future says when the new ones can be asked. */
  Future<Void> configured(List<ClusterConfig> clusters) {
    Map<String, ClusterConfig> wanted = new LinkedHashMap<>();
    for (ClusterConfig cluster : clusters) {
      wanted.put(cluster.cluster(), cluster);
    }
    List<Future<Void>> changes = new ArrayList<>();
    for (Polled old : List.copyOf(polled.values())) {
      ClusterConfig now = wanted.get(old.config.cluster());
      if (now == null || !samePolling(now, old.config)) {
        polled.remove(old.config.cluster());
        changes.add(old.stop());
      }
    }
    wanted.forEach(
        (id, cluster) -> {
          Polled known = polled.get(id);
          if (known == null) {
            Polled added = add(cluster);
            polled.put(id, added);
            changes.add(added.queries.ready());
          } else {
            known.renamed(cluster);
          }
        });
    return Future.join(changes).mapEmpty();
  }

  /** Use is told by these labs from the next poll of each cluster on. */
  void people(People configured) {
    if (!configured.equals(people)) {
      people = configured;
      labs = LabRules.of(configured);
      polled.values().forEach(known -> known.poller.labs(labs));
    }
  }

  void tunnelChanged(TunnelState state) {
    Polled known = polled.get(state.cluster());
    if (known != null && known.route instanceof TunnelRoute tunnel) {
      switch (tunnel.changed(state)) {
        case OPENED -> known.poller.wayOpened();
        case BROKE -> known.link.wayBroke(tunnel.why());
        case NONE -> {}
      }
    }
  }

  void stored(SnapshotStored stored) {
    Polled known = polled.get(stored.cluster());
    if (known != null) {
      known.poller.stored(stored);
    }
  }

  List<String> ids() {
    return List.copyOf(polled.keySet());
  }

  Future<Void> stop() {
    return configured(List.of());
  }

  private Polled add(ClusterConfig cluster) {
    ProbeRoute route =
        cluster.ssh() == null
            ? new DirectRoute(connections, (ProbeAddress) cluster.probe())
            : new TunnelRoute(pollers.vertx(), cluster.cluster());
    ClusterMeters meters = new ClusterMeters(registry, cluster.cluster());
    ProbeLink link = new ProbeLink(links, cluster, route, meters);
    ClusterPoller poller = new ClusterPoller(pollers, cluster, link, meters);
    ClusterQueries queries =
        new ClusterQueries(
            pollers.vertx(), cluster.cluster(), link, poller::picture, poller::summary, queryWork);
    poller.labs(labs);
    poller.start();
    return new Polled(cluster, route, link, poller, queries, meters);
  }

  private static boolean samePolling(ClusterConfig a, ClusterConfig b) {
    return a.probe().equals(b.probe())
        && a.pollInterval().equals(b.pollInterval())
        && a.pollDeadline().equals(b.pollDeadline())
        && a.maxReplyBytes() == b.maxReplyBytes()
        && Objects.equals(a.ssh(), b.ssh())
        && Objects.equals(a.curve(), b.curve());
  }

  /** All that belongs to one cluster. */
  private static final class Polled {
    private final ProbeRoute route;
    private final ProbeLink link;
    private final ClusterPoller poller;
    private final ClusterQueries queries;
    private final ClusterMeters meters;
    private ClusterConfig config;

    Polled(
        ClusterConfig config,
        ProbeRoute route,
        ProbeLink link,
        ClusterPoller poller,
        ClusterQueries queries,
        ClusterMeters meters) {
      this.config = config;
      this.route = route;
      this.link = link;
      this.poller = poller;
      this.queries = queries;
      this.meters = meters;
    }

    void renamed(ClusterConfig renamed) {
      config = renamed;
      poller.renamed(renamed);
    }

    Future<Void> stop() {
      poller.stop();
      link.close();
      meters.close();
      return queries.stop();
    }
  }
}
