package org.qstatmesh.wire;

import java.util.List;

/**
 * One job record, or one group of array tasks in the same state ({@code taskCount} of them).
 *
 * @param jobId the scheduler's id, verbatim: {@code 12_3}, {@code 7.2}, {@code 52[].login1}
 * @param jobName chosen by a user: any character may be in it; null when hidden or absent
 * @param jobOwner login name without {@code @host}
 * @param groupName effective group; null while the scheduler has not set it
 * @param accountingId account charged; null when none was given
 * @param queueName queue or partition, verbatim; several partitions stay one string
 * @param jobState mapped state
 * @param jobSubState the scheduler's own word for the state
 * @param taskCount tasks this record stands for, at least 1
 * @param slots cores of one task: allocated when running, asked when waiting, 0 when suspended
 * @param nodeCount hosts allocated, or asked for when waiting
 * @param gpus GPUs of one task
 * @param memoryBytes memory asked for
 * @param nodeNames hosts allocated; empty when waiting
 * @param submissionTimeEpochSeconds when it was submitted
 * @param dispatchTimeEpochSeconds when it started
 * @param expectedStartEpochSeconds the scheduler's own estimate
 * @param wallclockLimitSeconds time limit
 * @param wallclockTimeSeconds time used
 * @param priority the scheduler's own number
 * @param reason why it waits: in plain words where they are known, else in the scheduler's
 */
public record Job(
    String jobId,
    String jobName,
    String jobOwner,
    String groupName,
    String accountingId,
    String queueName,
    JobState jobState,
    String jobSubState,
    int taskCount,
    Integer slots,
    Integer nodeCount,
    Integer gpus,
    Long memoryBytes,
    List<String> nodeNames,
    Long submissionTimeEpochSeconds,
    Long dispatchTimeEpochSeconds,
    Long expectedStartEpochSeconds,
    Long wallclockLimitSeconds,
    Long wallclockTimeSeconds,
    Long priority,
    String reason) {

  /**
   * Copies the list and insists on what a job cannot be without: id, owner, state and at least one
   * task.
   */
  public Job {
    nodeNames = nodeNames == null ? List.of() : List.copyOf(nodeNames);
    if (jobId == null || jobOwner == null || jobState == null) {
      throw new IllegalArgumentException("a job needs jobId, jobOwner and jobState");
    }
    if (taskCount < 1) {
      throw new IllegalArgumentException("taskCount of " + jobId + " is " + taskCount);
    }
  }

  /** Starts a job from the three fields no job is without. */
  public static Builder builder(String jobId, String jobOwner, JobState jobState) {
    return new Builder(jobId, jobOwner, jobState);
  }

  /** A builder that holds every field of this job. */
  public Builder toBuilder() {
    return builder(jobId, jobOwner, jobState)
        .jobName(jobName)
        .groupName(groupName)
        .accountingId(accountingId)
        .queueName(queueName)
        .jobSubState(jobSubState)
        .taskCount(taskCount)
        .slots(slots)
        .nodeCount(nodeCount)
        .gpus(gpus)
        .memoryBytes(memoryBytes)
        .nodeNames(nodeNames)
        .submissionTimeEpochSeconds(submissionTimeEpochSeconds)
        .dispatchTimeEpochSeconds(dispatchTimeEpochSeconds)
        .expectedStartEpochSeconds(expectedStartEpochSeconds)
        .wallclockLimitSeconds(wallclockLimitSeconds)
        .wallclockTimeSeconds(wallclockTimeSeconds)
        .priority(priority)
        .reason(reason);
  }

  /**
   * Collects the fields of one job; not thread-safe. Setters carry the meaning of the record's
   * components.
   */
  public static final class Builder {
    private String jobId;
    private String jobOwner;
    private JobState jobState;
    private String jobName;
    private String groupName;
    private String accountingId;
    private String queueName;
    private String jobSubState;
    private int taskCount = 1;
    private Integer slots;
    private Integer nodeCount;
    private Integer gpus;
    private Long memoryBytes;
    private List<String> nodeNames = List.of();
    private Long submissionTimeEpochSeconds;
    private Long dispatchTimeEpochSeconds;
    private Long expectedStartEpochSeconds;
    private Long wallclockLimitSeconds;
    private Long wallclockTimeSeconds;
    private Long priority;
    private String reason;

    private Builder(String jobId, String jobOwner, JobState jobState) {
      this.jobId = jobId;
      this.jobOwner = jobOwner;
      this.jobState = jobState;
    }

    public Builder jobId(String value) {
      this.jobId = value;
      return this;
    }

    public Builder jobOwner(String value) {
      this.jobOwner = value;
      return this;
    }

    public Builder jobState(JobState value) {
      this.jobState = value;
      return this;
    }

    public Builder jobName(String value) {
      this.jobName = value;
      return this;
    }

    public Builder groupName(String value) {
      this.groupName = value;
      return this;
    }

    public Builder accountingId(String value) {
      this.accountingId = value;
      return this;
    }

    public Builder queueName(String value) {
      this.queueName = value;
      return this;
    }

    public Builder jobSubState(String value) {
      this.jobSubState = value;
      return this;
    }

    public Builder taskCount(int value) {
      this.taskCount = value;
      return this;
    }

    public Builder slots(Integer value) {
      this.slots = value;
      return this;
    }

    public Builder nodeCount(Integer value) {
      this.nodeCount = value;
      return this;
    }

    public Builder gpus(Integer value) {
      this.gpus = value;
      return this;
    }

    public Builder memoryBytes(Long value) {
      this.memoryBytes = value;
      return this;
    }

    public Builder nodeNames(List<String> value) {
      this.nodeNames = value;
      return this;
    }

    public Builder submissionTimeEpochSeconds(Long value) {
      this.submissionTimeEpochSeconds = value;
      return this;
    }

    public Builder dispatchTimeEpochSeconds(Long value) {
      this.dispatchTimeEpochSeconds = value;
      return this;
    }

    public Builder expectedStartEpochSeconds(Long value) {
      this.expectedStartEpochSeconds = value;
      return this;
    }

    public Builder wallclockLimitSeconds(Long value) {
      this.wallclockLimitSeconds = value;
      return this;
    }

    public Builder wallclockTimeSeconds(Long value) {
      this.wallclockTimeSeconds = value;
      return this;
    }

    public Builder priority(Long value) {
      this.priority = value;
      return this;
    }

    public Builder reason(String value) {
      this.reason = value;
      return this;
    }

    /** The job; throws {@link IllegalArgumentException} when a mandatory field is missing. */
    public Job build() {
      return new Job(
          jobId,
          jobName,
          jobOwner,
          groupName,
          accountingId,
          queueName,
          jobState,
          jobSubState,
          taskCount,
          slots,
          nodeCount,
          gpus,
          memoryBytes,
          nodeNames,
          submissionTimeEpochSeconds,
          dispatchTimeEpochSeconds,
          expectedStartEpochSeconds,
          wallclockLimitSeconds,
          wallclockTimeSeconds,
          priority,
          reason);
    }
  }
}
