package org.qstatmesh.probe;

/** Entry point of the probe's command line. */
public final class Main {
  private Main() {}

  /**
   * Prints the version and ends.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    System.out.println("qstat-probe " + Main.class.getPackage().getImplementationVersion());
  }
}
