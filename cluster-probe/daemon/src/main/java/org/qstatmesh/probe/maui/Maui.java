package org.qstatmesh.probe.maui;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

/** The listings of Maui and Moab that say more about the jobs of TORQUE. */
public final class Maui {
  private Maui() {}

  /** The commands that are looked for to know that it is here. */
  public static List<String> commands() {
    return List.of("showq", "checkjob");
  }

  /** Which jobs may start and which Maui has put off or holds. */
  public static Listing<UnaryOperator<Job>> queue() {
    return new Listing<>("jobDetails", List.of("showq"), Set.of(), QueueListing::parse);
  }

  /** Why jobs are blocked. */
  public static Listing<UnaryOperator<Job>> blocked() {
    return new Listing<>("jobReasons", List.of("showq", "-b"), Set.of(), QueueListing::parse);
  }

  /**
   * What Maui says of one job.
   *
   * @param jobId of qstat, checked to be one
   */
  public static Listing<UnaryOperator<JobDetail>> job(String jobId) {
    return new Listing<>(
        "job",
        List.of("checkjob", "-v", JobNumber.of(jobId)),
        Set.of(),
        (in, problems) -> CheckJobAnswer.parse(in, jobId));
  }
}
