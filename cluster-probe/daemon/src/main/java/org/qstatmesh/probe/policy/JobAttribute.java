package org.qstatmesh.probe.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.qstatmesh.wire.Job;

/**
 * The fields of a job that may be kept back. The others always leave: jobId, jobOwner, jobState,
 * taskCount, slots and queueName, without which there is no picture.
 */
enum JobAttribute {
  JOB_NAME("jobName"),
  GROUP_NAME("groupName"),
  ACCOUNTING_ID("accountingId"),
  JOB_SUB_STATE("jobSubState"),
  NODE_COUNT("nodeCount"),
  GPUS("gpus"),
  MEMORY_BYTES("memoryBytes"),
  NODE_NAMES("nodeNames"),
  SUBMISSION_TIME("submissionTimeEpochSeconds"),
  DISPATCH_TIME("dispatchTimeEpochSeconds"),
  EXPECTED_START("expectedStartEpochSeconds"),
  WALLCLOCK_LIMIT("wallclockLimitSeconds"),
  WALLCLOCK_TIME("wallclockTimeSeconds"),
  PRIORITY("priority"),
  REASON("reason");

  private final String fieldName;

  JobAttribute(String fieldName) {
    this.fieldName = fieldName;
  }

  /** Its name on the wire. */
  String fieldName() {
    return fieldName;
  }

  /** The job without it. */
  Job.Builder erase(Job.Builder job) {
    return switch (this) {
      case JOB_NAME -> job.jobName(null);
      case GROUP_NAME -> job.groupName(null);
      case ACCOUNTING_ID -> job.accountingId(null);
      case JOB_SUB_STATE -> job.jobSubState(null);
      case NODE_COUNT -> job.nodeCount(null);
      case GPUS -> job.gpus(null);
      case MEMORY_BYTES -> job.memoryBytes(null);
      case NODE_NAMES -> job.nodeNames(List.of());
      case SUBMISSION_TIME -> job.submissionTimeEpochSeconds(null);
      case DISPATCH_TIME -> job.dispatchTimeEpochSeconds(null);
      case EXPECTED_START -> job.expectedStartEpochSeconds(null);
      case WALLCLOCK_LIMIT -> job.wallclockLimitSeconds(null);
      case WALLCLOCK_TIME -> job.wallclockTimeSeconds(null);
      case PRIORITY -> job.priority(null);
      case REASON -> job.reason(null);
    };
  }

  /** The one of that name on the wire. */
  static Optional<JobAttribute> of(String fieldName) {
    return Arrays.stream(values())
        .filter(attribute -> attribute.fieldName.equals(fieldName))
        .findFirst();
  }

  /** The names of some, as one phrase. */
  static String names(Set<JobAttribute> attributes) {
    return attributes.stream()
        .sorted()
        .map(JobAttribute::fieldName)
        .collect(Collectors.joining(", "));
  }
}
