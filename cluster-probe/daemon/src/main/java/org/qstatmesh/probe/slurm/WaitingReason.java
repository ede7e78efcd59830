package org.qstatmesh.probe.slurm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a job waits, from squeue(1), "JOB REASON CODES". The words are matched at their beginning,
 * the longest first where one begins another: {@code QOSMaxJobsPerUserLimit} and a hundred more end
 * in many ways.
 */
final class WaitingReason {
  private static final String HOLDS_AFTER_FAILURE = "held after it failed to start";
  private static final Map<String, String> SENTENCES = sentences();

  private WaitingReason() {}

  /** Whether a pending job with this reason is held: by somebody, by its time, by another job. */
  static boolean holds(String reason) {
    return reason != null
        && (reason.startsWith("JobHeld")
            || reason.startsWith("JobHold")
            || reason.startsWith("Dependency")
            || reason.equals("BeginTime")
            || reason.endsWith("requeued_held")
            || reason.endsWith("requeued held"));
  }

  /** The reason in a plain sentence; as it is where there is none. */
  static String inPlainWords(String reason) {
    if (reason == null) {
      return null;
    }
    for (Map.Entry<String, String> entry : SENTENCES.entrySet()) {
      if (reason.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    boolean held = reason.endsWith("requeued_held") || reason.endsWith("requeued held");
    return held ? HOLDS_AFTER_FAILURE : reason;
  }

  private static Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>();
    sentences.put("JobHeldUser", "held by its user");
    sentences.put("JobHeldAdmin", "held by the system or an administrator");
    sentences.put("JobHoldMaxRequeue", HOLDS_AFTER_FAILURE);
    sentences.put("DependencyNeverSatisfied", "waits for another job that can no longer succeed");
    sentences.put("Dependency", "waits for another job");
    sentences.put("BeginTime", "waits for its start time");
    sentences.put("JobArrayTaskLimit", "waits for the slot limit of its array");
    sentences.put("Resources", "waits for free cores, memory or nodes");
    sentences.put("Priority", "waits behind jobs of higher priority");
    sentences.put("ReqNodeNotAvail, Reserved for maintenance", "would not end before maintenance");
    sentences.put("ReqNodeNotAvail", "the nodes it needs are down, drained or reserved");
    sentences.put("Nodes required for job are", "the nodes it needs are down, drained or reserved");
    sentences.put("NodeDown", "the nodes it needs are down, drained or reserved");
    sentences.put("PartitionTimeLimit", "asks for more than its queue allows");
    sentences.put("PartitionNodeLimit", "asks for more than its queue allows");
    sentences.put("PartitionConfig", "asks for more than its queue allows");
    sentences.put("PartitionDown", "its queue does not start jobs");
    sentences.put("PartitionInactive", "its queue does not start jobs");
    sentences.put("Licenses", "waits for a licence");
    sentences.put("Reservation", "waits for its reservation");
    sentences.put("QOS", "the limit of its quality of service is reached");
    sentences.put("Assoc", "your account or group is at its limit");
    sentences.put("MaxJobs", "your account or group is at its limit");
    sentences.put("BadConstraints", "no node can ever give what it asks for");
    return sentences;
  }
}
