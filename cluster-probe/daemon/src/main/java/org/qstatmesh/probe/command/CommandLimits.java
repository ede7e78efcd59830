package org.qstatmesh.probe.command;

import java.time.Duration;

/**
 * Bounds of one run.
 *
 * @param deadline from start to the end of the process; then its session is killed
 * @param maxOutputBytes most standard output; parsers stream, so this bounds time rather than
 *     memory
 * @param maxComplaintBytes most standard error that is kept; the rest is read and dropped
 */
public record CommandLimits(Duration deadline, long maxOutputBytes, int maxComplaintBytes) {

  /** A minute, 1 GiB (a full TORQUE listing of 600,000 jobs), 64 KiB. */
  public static final CommandLimits DEFAULT =
      new CommandLimits(Duration.ofSeconds(60), 1L << 30, 64 << 10);

  /** The same with another deadline. */
  public CommandLimits withDeadline(Duration other) {
    return new CommandLimits(other, maxOutputBytes, maxComplaintBytes);
  }
}
