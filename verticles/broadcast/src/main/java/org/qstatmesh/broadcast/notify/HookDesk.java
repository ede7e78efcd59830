package org.qstatmesh.broadcast.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;

/** All hooks: what each must be told, and the telling. One event loop, that of its maker. */
public final class HookDesk {
  private record Served(HookWatch watch, HookSender sender) {}

  private final Clock clock;
  private final List<Served> hooks = new ArrayList<>();
  private final Map<String, ClusterSummary> rows = new LinkedHashMap<>();
  private final NewSamples samples = new NewSamples();

  /** Watches from now on; throws when an authority's file cannot be used. */
  public HookDesk(
      Vertx vertx,
      List<HookConfig> configs,
      HookTimings timings,
      MeterRegistry meters,
      Clock clock) {
    this.clock = clock;
    for (HookConfig hook : configs) {
      HookCall call = new HookCall(vertx, hook, timings.deadline(), clock);
      hooks.add(
          new Served(
              new HookWatch(hook, clock.millis()),
              new HookSender(vertx, hook, timings, call, meters)));
    }
  }

  /** These rows are different now; to be called often, also with none, because time passes. */
  public void rows(List<ClusterSummary> changed) {
    changed.forEach(row -> rows.put(row.cluster(), row));
    long now = clock.millis();
    for (Served hook : hooks) {
      hook.watch().look(rows.values(), now, hook.sender()::offer);
    }
  }

  /** A sample of old, which is no news and makes none of those before it. */
  public void known(ClusterSummary summary) {
    if (samples.isNew(summary, clock.millis())) {
      samples.note(summary);
    }
  }

  /** A sample with what changed before it; to be called before its row is. */
  public void taken(SnapshotTaken news) {
    if (samples.isNew(news.summary(), clock.millis())) {
      samples.note(news.summary());
      hooks.forEach(hook -> hook.watch().changed(news));
    }
  }

  /** Forgets all other clusters. */
  public void keep(Set<String> clusters) {
    rows.keySet().retainAll(clusters);
    samples.keep(clusters);
    hooks.forEach(hook -> hook.watch().keep(clusters));
  }

  /** Gives up what is not sent yet. */
  public Future<Void> stop() {
    return Future.join(hooks.stream().map(hook -> hook.sender().stop()).toList()).mapEmpty();
  }
}
