package org.qstatmesh.probe.slurm;

import java.util.List;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.probe.reason.PlainReasons;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * One record as a job. Cores are those allocated when it runs (two for one asked where a core has
 * two threads), those asked for when it waits. Memory stays unknown: the text does not say whether
 * it is for each core or each node.
 */
final class SlurmJob {
  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_ID = 256;

  private final TextPool pool;
  private final boolean hideJobNames;
  private final PlainReasons reasons = new PlainReasons(ReasonSource.SLURM);

  SlurmJob(TextPool pool, boolean hideJobNames) {
    this.pool = pool;
    this.hideJobNames = hideJobNames;
  }

  /**
   * The job.
   *
   * @throws IllegalArgumentException when its tasks, cores or hosts cannot be told
   */
  Job of(JobFields record) {
    String stateWord = record.text(JobField.STATE);
    JobWord word = JobWord.of(stateWord);
    String reason = Values.text(record.text(JobField.REASON));
    JobState state = word == null ? JobState.UNDETERMINED : word.state(reason);
    boolean waits = state == JobState.QUEUED || state == JobState.HELD;
    boolean array = record.isWaitingArray();
    Job.Builder job =
        Job.builder(id(record, array), pool.one(record.text(JobField.USER_NAME)), state)
            .jobName(hideJobNames ? null : name(record))
            .groupName(pool.one(Values.text(record.text(JobField.GROUP_NAME))))
            .accountingId(pool.one(cut(Values.text(record.text(JobField.ACCOUNT)))))
            .queueName(pool.one(cut(Values.text(record.text(JobField.PARTITION)))))
            .jobSubState(pool.one(stateWord))
            .taskCount(array ? TaskList.count(record.text(JobField.ARRAY_TASK_ID)) : 1)
            .submissionTimeEpochSeconds(Values.epochSeconds(record.text(JobField.SUBMIT_TIME)))
            .wallclockLimitSeconds(Values.seconds(record.text(JobField.TIME_LIMIT)))
            .priority(Numbers.parseLong(record.text(JobField.PRIORITY)))
            .reason(waits ? reasons.of(cut(reason)) : null);
    if (state == JobState.UNDETERMINED || state == JobState.FINISHED) {
      return job.build();
    }
    int nodes = Values.count(leastOf(record.text(JobField.NODES)), "the node count");
    int cores = Values.count(record.text(JobField.CPUS), "the core count");
    boolean holdsNothing = word.holdsNothing();
    job =
        job.nodeCount(nodes)
            .slots(holdsNothing ? 0 : cores)
            .gpus(holdsNothing ? Integer.valueOf(0) : gpus(record, nodes));
    Long start = Values.epochSeconds(record.text(JobField.START_TIME));
    return waits
        ? job.expectedStartEpochSeconds(start).build()
        : job.dispatchTimeEpochSeconds(start)
            .wallclockTimeSeconds(Values.seconds(record.text(JobField.TIME_USED)))
            .nodeNames(hosts(record))
            .build();
  }

  /**
   * As squeue shows it; the tasks of a waiting array are folded as in {@code 57_[1-100]}, and a
   * list too long to be anybody's id is cut as squeue itself cuts it.
   */
  private static String id(JobFields record, boolean array) {
    if (!array) {
      return record.text(JobField.SHOWN_ID);
    }
    String number = record.text(JobField.ARRAY_JOB_ID);
    String tasks = record.text(JobField.ARRAY_TASK_ID);
    return number + "_[" + (tasks.length() > LONGEST_ID ? "..." : tasks) + "]";
  }

  /** Any text is a name, {@code (null)} too. */
  private static String name(JobFields record) {
    String name = record.text(JobField.NAME);
    return name.isEmpty() ? null : cut(name);
  }

  /**
   * GPUs asked for in another way than for each node are not in the text: then unknown, as where
   * the request makes no sense.
   */
  private static Integer gpus(JobFields record, int nodes) {
    String perNode = Values.text(record.text(JobField.TRES_PER_NODE));
    if (perNode == null) {
      return null;
    }
    try {
      return Numbers.checkedCount((long) Gpus.in(perNode) * nodes, "gpu");
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private List<String> hosts(JobFields record) {
    String list = Values.text(record.text(JobField.NODE_LIST));
    return list == null ? List.of() : HostList.unfold(list).stream().map(pool::one).toList();
  }

  /** {@code 2-4}: a waiting job may give both bounds. */
  private static String leastOf(String nodes) {
    int dash = nodes.indexOf('-');
    return dash < 0 ? nodes : nodes.substring(0, dash);
  }

  private static String cut(String text) {
    return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
