package org.qstatmesh.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A {@link Job} on the wire. */
final class JobFields {
  private static final Map<String, JobState> STATES =
      Arrays.stream(JobState.values())
          .collect(Collectors.toUnmodifiableMap(JobState::name, Function.identity()));

  private JobFields() {}

  static void write(FieldWriter out, Job job) throws IOException {
    out.text("jobId", job.jobId());
    out.text("jobName", job.jobName());
    out.text("jobOwner", job.jobOwner());
    out.text("groupName", job.groupName());
    out.text("accountingId", job.accountingId());
    out.text("queueName", job.queueName());
    out.constant("jobState", job.jobState());
    out.text("jobSubState", job.jobSubState());
    out.number("taskCount", job.taskCount());
    out.number("slots", job.slots());
    out.number("nodeCount", job.nodeCount());
    out.number("gpus", job.gpus());
    out.number("memoryBytes", job.memoryBytes());
    out.names("nodeNames", job.nodeNames());
    out.number("submissionTimeEpochSeconds", job.submissionTimeEpochSeconds());
    out.number("dispatchTimeEpochSeconds", job.dispatchTimeEpochSeconds());
    out.number("expectedStartEpochSeconds", job.expectedStartEpochSeconds());
    out.number("wallclockLimitSeconds", job.wallclockLimitSeconds());
    out.number("wallclockTimeSeconds", job.wallclockTimeSeconds());
    out.number("priority", job.priority());
    out.text("reason", job.reason());
  }

  /** The job, or null with a problem noted. */
  static Job read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    Job.Builder job = Job.builder(null, null, null);
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      job = readField(job, field, in);
    }
    if (in.hasProblem()) {
      return null;
    }
    try {
      return job.build();
    } catch (IllegalArgumentException e) {
      in.note(e.getMessage());
      return null;
    }
  }

  private static Job.Builder readField(Job.Builder job, String field, FieldReader in)
      throws IOException, WireException {
    return switch (field) {
      case "jobId" -> job.jobId(in.identifier());
      case "jobName" -> job.jobName(in.text());
      case "jobOwner" -> job.jobOwner(loginName(in));
      case "groupName" -> job.groupName(in.name());
      case "accountingId" -> job.accountingId(in.name());
      case "queueName" -> job.queueName(in.name());
      case "jobState" -> job.jobState(in.constant(STATES, JobState.UNDETERMINED));
      case "jobSubState" -> job.jobSubState(in.name());
      case "taskCount" -> job.taskCount(tasks(in));
      case "slots" -> job.slots(in.count());
      case "nodeCount" -> job.nodeCount(in.count());
      case "gpus" -> job.gpus(in.count());
      case "memoryBytes" -> job.memoryBytes(in.amount());
      case "nodeNames" -> job.nodeNames(in.names());
      case "submissionTimeEpochSeconds" -> job.submissionTimeEpochSeconds(in.amount());
      case "dispatchTimeEpochSeconds" -> job.dispatchTimeEpochSeconds(in.amount());
      case "expectedStartEpochSeconds" -> job.expectedStartEpochSeconds(in.amount());
      case "wallclockLimitSeconds" -> job.wallclockLimitSeconds(in.amount());
      case "wallclockTimeSeconds" -> job.wallclockTimeSeconds(in.amount());
      case "priority" -> job.priority(in.signed());
      case "reason" -> job.reason(in.name());
      default -> {
        in.skip();
        yield job;
      }
    };
  }

  /** PBS says {@code alice@login1}, and foreign probes pass that on; one person is one name. */
  private static String loginName(FieldReader in) throws IOException, WireException {
    String owner = in.identifier();
    int host = owner == null ? -1 : owner.indexOf('@');
    if (host == 0) {
      in.note("expected a login name before the @");
    }
    return host < 0 ? owner : owner.substring(0, host);
  }

  private static int tasks(FieldReader in) throws IOException, WireException {
    Long tasks = in.whole(1, Integer.MAX_VALUE);
    return tasks == null ? 1 : tasks.intValue();
  }
}
