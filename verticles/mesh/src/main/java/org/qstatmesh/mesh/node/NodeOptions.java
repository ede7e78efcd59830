package org.qstatmesh.mesh.node;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.qstatmesh.mesh.supervise.Stage;

/**
 * What a node is started with.
 *
 * @param conf directory of *.json
 * @param data directory it owns
 * @param roles stages it runs
 */
public record NodeOptions(Path conf, Path data, Set<Stage> roles) {
  /** Copies the set. */
  public NodeOptions {
    roles = Set.copyOf(roles);
  }

  /** Every stage. */
  public static NodeOptions everything(Path conf, Path data) {
    return new NodeOptions(conf, data, EnumSet.allOf(Stage.class));
  }
}
