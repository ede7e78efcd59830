package org.qstatmesh.probe;

/** Entry point of the probe's command line. */
public final class Main {
  private Main() {}

  /**
   * Runs one subcommand and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    LogLines.install();
    System.exit(ProbeCommand.commandLine().execute(args));
  }
}
