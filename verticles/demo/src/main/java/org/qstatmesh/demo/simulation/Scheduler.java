package org.qstatmesh.demo.simulation;

/** The schedulers that can be simulated, in the versions whose listings are written. */
public enum Scheduler {
  /** TORQUE as of its captured listings. */
  TORQUE("torque", "6.1.3"),
  /** OpenPBS as of its captured listings. */
  OPENPBS("openpbs", "23.06.06");

  private final String drms;
  private final String version;

  Scheduler(String drms, String version) {
    this.drms = drms;
    this.version = version;
  }

  /** What a snapshot calls it. */
  public String drms() {
    return drms;
  }

  /** Its version, as it words it. */
  public String version() {
    return version;
  }
}
