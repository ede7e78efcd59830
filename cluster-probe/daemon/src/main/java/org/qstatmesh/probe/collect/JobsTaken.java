package org.qstatmesh.probe.collect;

import java.util.List;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.summary.JobTally;

/**
 * The jobs of one collection.
 *
 * @param collected the jobs; none of them counts where the outcome is a failure
 * @param outcome of the command that listed them
 * @param superseded outcomes of other commands that ran for them; they cost, and are not reported
 */
record JobsTaken(
    JobsCollected collected, CommandOutcome<Integer> outcome, List<CommandOutcome<?>> superseded) {

  boolean success() {
    return outcome.success();
  }

  /** All of them; null where they could not be listed. */
  EncodedRecords<Job> encoded() {
    return success() ? collected.encoded() : null;
  }

  /** What was counted; null where they could not be listed or nobody wanted it. */
  JobTally tally() {
    return success() ? collected.tally() : null;
  }

  /** How many there are; null where they could not be listed. */
  JobCensus census() {
    return success() ? collected.census() : null;
  }
}
