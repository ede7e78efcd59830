package org.qstatmesh.mesh;

import org.qstatmesh.mesh.cli.MeshCommand;

/** Entry point of qstat-mesh.jar. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit code; see {@code --help}.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(MeshCommand.execute(args));
  }
}
