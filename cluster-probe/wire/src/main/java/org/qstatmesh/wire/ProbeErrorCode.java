package org.qstatmesh.wire;

/** Failures a probe of this version reports. */
public enum ProbeErrorCode {
  /** The scheduler's command is not on this host, or may not be executed. */
  DRMS_COMMAND_MISSING,
  /** The command ended with an error, or said one while exiting with 0. */
  DRMS_COMMAND_FAILED,
  /** The command did not end in time; also: there is no snapshot yet. */
  DRMS_TIMEOUT,
  /** The command's output is not what this version understands, or was cut off. */
  DRMS_UNPARSABLE,
  /** The request names an unknown major protocol or an unknown operation, or is not JSON. */
  PROBE_PROTOCOL,
  /** The job asked for is not known to the scheduler. */
  UNKNOWN_JOB,
  /** Too many single-job requests; ask again later. */
  RATE_LIMITED
}
