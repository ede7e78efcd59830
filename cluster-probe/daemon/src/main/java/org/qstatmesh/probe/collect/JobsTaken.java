package org.qstatmesh.probe.collect;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.summary.JobTally;

/**
 * The jobs of one collection.
 *
 * @param collected the jobs; none of them counts where the outcome is a failure
 * @param outcome of the command that listed them
 */
record JobsTaken(JobsCollected collected, CommandOutcome<Integer> outcome) {

  /**
   * Lists the jobs by the first way whose text can be read; if there is none, it is the first way
   * that failed. They are one collector and take one turn.
   *
   * @param completion what every job passes through
   * @param summed whether they are counted, too
   */
  static JobsTaken in(Round round, Adapter adapter, UnaryOperator<Job> completion, boolean summed)
      throws InterruptedException {
    JobsCollected collected = new JobsCollected(completion, summed);
    CommandOutcome<Integer> first = round.run(adapter.jobs(collected));
    if (first.failedWith(ProbeErrorCode.DRMS_UNPARSABLE)) {
      for (Function<Consumer<Job>, Listing<Integer>> way : adapter.jobsOtherwise()) {
        JobsCollected again = new JobsCollected(completion, summed);
        CommandOutcome<Integer> outcome = round.runBesides(way.apply(again));
        if (outcome.success()) {
          round.report(outcome, first);
          return new JobsTaken(again, outcome);
        }
      }
    }
    return new JobsTaken(collected, first);
  }

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
