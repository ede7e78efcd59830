package org.qstatmesh.probe.pbs;

import java.util.Set;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * The fields of a job that TORQUE and OpenPBS word alike; cores, hosts and times of running are
 * each adapter's own. For one listing and its thread.
 */
public final class CommonFields {
  private static final Set<String> READ =
      Set.of(
          "Job_Name",
          "Job_Owner",
          "job_state",
          "queue",
          "egroup",
          "Account_Name",
          "Resource_List.mem",
          "Resource_List.walltime",
          "ctime",
          "Priority",
          "comment",
          "Hold_Types",
          "depend");

  private final TextPool pool;
  private final boolean hideJobNames;
  private final WaitReason reasons = new WaitReason();

  /** Shares the texts of {@code pool}; with {@code hideJobNames} no job has a name. */
  public CommonFields(TextPool pool, boolean hideJobNames) {
    this.pool = pool;
    this.hideJobNames = hideJobNames;
  }

  /** Whether an attribute is read here. */
  public static boolean reads(String attribute) {
    return READ.contains(attribute);
  }

  /**
   * A job in the state of {@code letter}, to be completed.
   *
   * @param jobId under the name that the listing has for it
   * @throws IllegalArgumentException when a value is not of its form
   */
  public Job.Builder of(String jobId, String letter, Attributes record) {
    JobState state = JobLetter.stateOf(letter);
    return Job.builder(jobId, owner(record.text("Job_Owner")), state)
        .jobName(hideJobNames ? null : record.text("Job_Name"))
        // set when the job enters an execution queue: none in a routing queue
        .groupName(pool.one(record.text("egroup")))
        .accountingId(pool.one(record.text("Account_Name")))
        .queueName(pool.one(record.text("queue")))
        .jobSubState(pool.one(letter))
        .memoryBytes(record.bytes("Resource_List.mem"))
        .submissionTimeEpochSeconds(record.epochSeconds("ctime"))
        .wallclockLimitSeconds(record.seconds("Resource_List.walltime"))
        .priority(record.signed("Priority"))
        .reason(reasons.of(record, state));
  }

  private String owner(String ownerAtHost) {
    if (ownerAtHost == null) {
      return null;
    }
    int at = ownerAtHost.indexOf('@');
    return pool.one(at < 0 ? ownerAtHost : ownerAtHost.substring(0, at));
  }
}
