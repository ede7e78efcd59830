package org.qstatmesh.probe.slurm;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qstatmesh.wire.JobState;

/**
 * The words of a job's state, from squeue(1), "JOB STATE CODES": long ({@code %T}) and compact
 * ({@code %t}).
 */
enum JobWord {
  BOOT_FAIL("BF", JobState.FINISHED),
  CANCELLED("CA", JobState.FINISHED),
  COMPLETED("CD", JobState.FINISHED),
  /** Has its nodes, which are booting. */
  CONFIGURING("CF", JobState.RUNNING),
  /** Its epilog runs; its cores are given back. */
  COMPLETING("CG", JobState.RUNNING),
  DEADLINE("DL", JobState.FINISHED),
  FAILED("F", JobState.FINISHED),
  NODE_FAIL("NF", JobState.FINISHED),
  OUT_OF_MEMORY("OOM", JobState.FINISHED),
  PENDING("PD", JobState.QUEUED),
  PREEMPTED("PR", JobState.FINISHED),
  RUNNING("R", JobState.RUNNING),
  /** Its reservation was deleted: it waits until somebody releases it. */
  RESV_DEL_HOLD("RD", JobState.HELD),
  REQUEUE_FED("RF", JobState.QUEUED),
  REQUEUE_HOLD("RH", JobState.HELD),
  REQUEUED("RQ", JobState.QUEUED),
  RESIZING("RS", JobState.RUNNING),
  /** Runs on another cluster of the federation, which lists it. */
  REVOKED("RV", JobState.FINISHED),
  SIGNALING("SI", JobState.RUNNING),
  SPECIAL_EXIT("SE", JobState.HELD),
  /** Ended; its files are on their way. Its cores are given back. */
  STAGE_OUT("SO", JobState.RUNNING),
  /** Stopped by a signal and keeps its cores. */
  STOPPED("ST", JobState.RUNNING),
  SUSPENDED("S", JobState.SUSPENDED),
  TIMEOUT("TO", JobState.FINISHED);

  private static final Map<String, JobWord> LONG = by(JobWord::name);
  private static final Map<String, JobWord> COMPACT = by(word -> word.compact);

  private final String compact;
  private final JobState state;

  JobWord(String compact, JobState state) {
    this.compact = compact;
    this.state = state;
  }

  /** The word of either form; null for one nobody wrote down. */
  static JobWord of(String word) {
    JobWord known = LONG.get(word);
    return known != null ? known : COMPACT.get(word);
  }

  /** Whether both forms can be of one job: they name the same state, or nobody knows either. */
  static boolean agree(String word, String compact) {
    return LONG.get(word) == COMPACT.get(compact);
  }

  /** What it means for a job whose reason to wait is this. */
  JobState state(String reason) {
    return this == PENDING && WaitingReason.holds(reason) ? JobState.HELD : state;
  }

  /** Whether a job in this state, of those that ran, has given its cores back. */
  boolean holdsNothing() {
    return this == COMPLETING || this == STAGE_OUT || this == SUSPENDED;
  }

  private static Map<String, JobWord> by(Function<JobWord, String> form) {
    return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(form, word -> word));
  }
}
