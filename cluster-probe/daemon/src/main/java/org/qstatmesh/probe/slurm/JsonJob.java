package org.qstatmesh.probe.slurm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.probe.pbs.Numbers;

/** One record of {@code squeue --json}, in the words that {@code squeue -o} has for it. */
final class JsonJob implements JobFields {
  /** Names of the fields that are read. */
  static final Set<String> FIELDS =
      Set.of(
          "job_id",
          "array_job_id",
          "array_task_id",
          "array_task_string",
          "het_job_id",
          "het_job_offset",
          "user_name",
          "user_id",
          "group_name",
          "group_id",
          "account",
          "partition",
          "qos",
          "job_state",
          "state_reason",
          "state_description",
          "cpus",
          "node_count",
          "nodes",
          "tasks",
          "time_limit",
          "submit_time",
          "start_time",
          "priority",
          "name",
          "tres_alloc_str",
          "tres_req_str",
          "tres_per_job",
          "tres_per_node",
          "tres_per_task",
          "tres_per_socket",
          "gres_detail",
          "memory_per_node",
          "memory_per_cpu");

  /**
   * Flags that say more than the state they stand beside, in the order in which squeue lets them
   * (job_state_string in slurm_protocol_defs.c).
   */
  private static final List<JobWord> FLAGS =
      List.of(
          JobWord.COMPLETING,
          JobWord.STAGE_OUT,
          JobWord.CONFIGURING,
          JobWord.RESIZING,
          JobWord.REQUEUED,
          JobWord.REQUEUE_FED,
          JobWord.REQUEUE_HOLD,
          JobWord.SPECIAL_EXIT,
          JobWord.STOPPED,
          JobWord.REVOKED,
          JobWord.RESV_DEL_HOLD,
          JobWord.SIGNALING);

  /** Slurm's numbers for "no value" and "without bound", of 32 and 16 bits. */
  private static final Set<String> NO_NUMBERS =
      Set.of("4294967294", "4294967295", "65534", "65535");

  private final Map<String, String> fields;

  /**
   * A record.
   *
   * @throws IllegalArgumentException when its id, its owner or its state is none
   */
  JsonJob(Map<String, String> fields) {
    this.fields = fields;
    if (Numbers.parseLong(value("job_id")) == null) {
      throw new IllegalArgumentException("job_id is no number");
    }
    if (text(JobField.USER_NAME).isEmpty() || value("job_state").isEmpty()) {
      throw new IllegalArgumentException("user_name or job_state is missing");
    }
  }

  @Override
  public boolean isWaitingArray() {
    return !value("array_task_string").isEmpty() && count("array_job_id") > 0;
  }

  @Override
  public String text(JobField field) {
    return switch (field) {
      case JOB_ID -> value("job_id");
      case SHOWN_ID -> shownId();
      case ARRAY_JOB_ID -> count("array_job_id") > 0 ? value("array_job_id") : value("job_id");
      case ARRAY_TASK_ID -> either("array_task_string", "array_task_id");
      case USER_NAME -> either("user_name", "user_id");
      case GROUP_NAME -> either("group_name", "group_id");
      case ACCOUNT -> value("account");
      case PARTITION -> value("partition");
      case QOS -> value("qos");
      case STATE, STATE_COMPACT -> state();
      case REASON -> either("state_description", "state_reason");
      case CPUS -> orCounted("cpus", "cpu");
      case NODES -> orCounted("node_count", "node");
      case TIME_LIMIT -> minutes(value("time_limit"));
      case SUBMIT_TIME -> time("submit_time");
      case START_TIME -> time("start_time");
      case PRIORITY -> value("priority");
      case TRES_PER_NODE -> value("tres_per_node");
      case NODE_LIST -> value("nodes");
      case NAME -> value("name");
      case MIN_MEMORY, TIME_LEFT, TIME_USED, END_TIME, BATCH_HOST -> "";
    };
  }

  /** The field, or where there is none the count of that resource. */
  private String orCounted(String name, String resource) {
    String value = value(name);
    return value.isEmpty() ? resources().counted(resource) : value;
  }

  /** What it holds, or asks for. */
  JobResources resources() {
    return new JobResources(
        either("tres_alloc_str", "tres_req_str"),
        value("gres_detail"),
        value("tres_per_job"),
        value("tres_per_node"),
        value("tres_per_task"),
        value("tres_per_socket"),
        value("tasks"),
        count("memory_per_node") > 0 || count("memory_per_cpu") > 0);
  }

  private String shownId() {
    if (count("het_job_id") > 0) {
      return value("het_job_id") + "+" + count("het_job_offset");
    }
    if (count("array_job_id") == 0) {
      return value("job_id");
    }
    return isWaitingArray()
        ? value("array_job_id") + "_[" + value("array_task_string") + "]"
        : value("array_job_id") + "_" + value("array_task_id");
  }

  private String state() {
    List<String> words = Arrays.asList(value("job_state").split(",", -1));
    return FLAGS.stream()
        .map(JobWord::name)
        .filter(words::contains)
        .findFirst()
        .orElse(words.get(0));
  }

  private static String minutes(String number) {
    return number.isEmpty() || NO_NUMBERS.contains(number) || number.equals(JsonRecords.UNLIMITED)
        ? number
        : number + ":00";
  }

  /** The beginning of the epoch is Slurm's word for no time. */
  private String time(String name) {
    String time = value(name);
    return time.equals("0") ? "" : time;
  }

  /** The number; 0 where there is none. */
  private long count(String name) {
    String text = value(name);
    Long number = NO_NUMBERS.contains(text) ? null : Numbers.parseLong(text);
    return number == null ? 0 : number;
  }

  private String either(String first, String second) {
    String value = value(first);
    return value.isEmpty() ? value(second) : value;
  }

  private String value(String name) {
    return fields.getOrDefault(name, "");
  }
}
