package org.qstatmesh.probe.slurm;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The fields of {@code squeue -o}, in the order they are asked for. */
enum JobField {
  JOB_ID(0, "%A", "JobId"),
  /** As squeue shows it: {@code 12_3}, {@code 57_[1-100]}, {@code 22+1}. */
  SHOWN_ID(1, "%i", "ShownId"),
  ARRAY_JOB_ID(2, "%F", "ArrayJobId"),
  ARRAY_TASK_ID(3, "%K", "ArrayTaskId"),
  USER_NAME(4, "%u", "UserName"),
  GROUP_NAME(5, "%g", "GroupName"),
  /** Any text where the site does not enforce accounts; always in lower case. */
  ACCOUNT(6, "%a", "Account"),
  PARTITION(7, "%P", "Partition"),
  QOS(8, "%q", "QOS"),
  STATE(9, "%T", "JobState"),
  STATE_COMPACT(10, "%t", "StateCompact"),
  REASON(11, "%r", "Reason"),
  CPUS(12, "%C", "NumCPUs"),
  NODES(13, "%D", "NumNodes"),
  /** For each node or each core: the text does not say which. */
  MIN_MEMORY(14, "%m", "MinMemory"),
  TIME_LIMIT(15, "%l", "TimeLimit"),
  TIME_LEFT(16, "%L", "TimeLeft"),
  TIME_USED(17, "%M", "RunTime"),
  SUBMIT_TIME(18, "%V", "SubmitTime"),
  START_TIME(19, "%S", "StartTime"),
  END_TIME(20, "%e", "EndTime"),
  PRIORITY(21, "%Q", "Priority"),
  /** GPUs and the like for each node. */
  TRES_PER_NODE(22, "%b", "TresPerNode"),
  NODE_LIST(23, "%N", "NodeList"),
  BATCH_HOST(24, "%B", "BatchHost"),
  /** Last, because anything may be in it. */
  NAME(25, "%j", "JobName");

  private final int column;
  private final String specifier;
  private final String label;

  JobField(int column, String specifier, String label) {
    this.column = column;
    this.specifier = specifier;
    this.label = label;
  }

  /** Its place in the line, from 0. */
  int column() {
    return column;
  }

  /** Its name for people: scontrol's, where it has one. */
  String label() {
    return label;
  }

  /** All of them with bars between. */
  static String format() {
    return Arrays.stream(values()).map(field -> field.specifier).collect(Collectors.joining("|"));
  }
}
