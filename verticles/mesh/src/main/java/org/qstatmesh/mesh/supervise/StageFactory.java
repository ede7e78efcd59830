package org.qstatmesh.mesh.supervise;

import io.vertx.core.Deployable;
import org.qstatmesh.mesh.config.MeshConfig;

/** Makes a new instance of a stage from the configuration in force; called for every start. */
@FunctionalInterface
public interface StageFactory {

  /** A stage that was never deployed. */
  Deployable create(Stage stage, MeshConfig config);
}
