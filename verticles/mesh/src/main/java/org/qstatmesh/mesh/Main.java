package org.qstatmesh.mesh;

/** Entry point of the mesh's command line. */
public final class Main {
  private Main() {}

  /**
   * Prints the version and ends.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    System.out.println("qstat-mesh " + Main.class.getPackage().getImplementationVersion());
  }
}
