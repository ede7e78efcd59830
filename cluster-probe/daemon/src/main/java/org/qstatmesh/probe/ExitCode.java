package org.qstatmesh.probe;

/** Exit codes of the probe; sysexits.h where it has a fitting one. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int PARTIAL = 2;

  /** EX_USAGE. */
  static final int USAGE = 64;

  /** EX_UNAVAILABLE: no scheduler here, or the port cannot be bound. */
  static final int UNAVAILABLE = 69;

  /** EX_SOFTWARE: a defect of ours. */
  static final int DEFECT = 70;

  /** EX_CONFIG: a file named on the command line cannot be used. */
  static final int CONFIGURATION = 78;

  /** 128 + SIGTERM. */
  static final int TERMINATED = 143;

  private ExitCode() {}
}
