package org.qstatmesh.broadcast;

import java.util.List;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.bus.ClusterConfig;

/**
 * What the stage is started with.
 *
 * @param clusters clusters at start; later lists come over the bus
 * @param hooks receivers; with none the stage does nothing
 */
public record NotifyConfig(List<ClusterConfig> clusters, List<HookConfig> hooks) {
  /** Copies the lists. */
  public NotifyConfig {
    clusters = List.copyOf(clusters);
    hooks = List.copyOf(hooks);
  }
}
