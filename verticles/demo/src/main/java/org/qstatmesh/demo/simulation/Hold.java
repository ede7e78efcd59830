package org.qstatmesh.demo.simulation;

/** Why a whole submission may not start yet. */
public enum Hold {
  /** It may. */
  NONE(null),
  /** Its user said so: qhold, or qsub -h. */
  USER("held by its user"),
  /** Another job must end first. */
  DEPENDENCY("waits for another job"),
  /** It was submitted for a later time. */
  START_TIME("waits for its start time");

  /** What a TORQUE array says of tasks beyond those that may run at a time. */
  static final String SLOT_LIMIT_WORDS = "waits for the slot limit of its array";

  private final String words;

  Hold(String words) {
    this.words = words;
  }

  /** What the probe makes of it where the scheduler writes no comment. */
  String words() {
    return words;
  }
}
