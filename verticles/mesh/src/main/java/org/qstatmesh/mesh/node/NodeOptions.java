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
 * @param clustered whether it joins the nodes named in conf
 */
public record NodeOptions(Path conf, Path data, Set<Stage> roles, boolean clustered) {
  /** Copies the set. */
  public NodeOptions {
    roles = Set.copyOf(roles);
  }

  /** A node that runs alone. */
  public NodeOptions(Path conf, Path data, Set<Stage> roles) {
    this(conf, data, roles, false);
  }

  /** Every stage. */
  public static NodeOptions everything(Path conf, Path data) {
    return new NodeOptions(conf, data, EnumSet.allOf(Stage.class), false);
  }
}
