package org.qstatmesh.probe.pbs;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A job's attributes as text, one a line: those of the list and no others. Environment ({@code
 * Variable_List}), submit arguments, script, paths ({@code Error_Path}, {@code Output_Path}, {@code
 * init_work_dir}, {@code jobdir}, stage-in and -out) and mail addresses are not on it, and what a
 * later version of the scheduler adds is not either.
 */
public final class JobText {
  private static final String NAME = "Job_Name";

  private static final Set<String> ALLOWED =
      Set.of(
          NAME,
          "Job_Owner",
          "job_state",
          "substate",
          "queue",
          "server",
          "euser",
          "egroup",
          "Account_Name",
          "project",
          "Priority",
          "Rerunable",
          "Hold_Types",
          "depend",
          "comment",
          "ctime",
          "qtime",
          "etime",
          "mtime",
          "stime",
          "start_time",
          "Execution_Time",
          "estimated.start_time",
          "eligible_time",
          "run_count",
          "start_count",
          "exec_host",
          "exec_vnode",
          "exec_gpus",
          "job_array_id",
          "job_array_request",
          "array_index",
          "array_state_count",
          "array_indices_submitted",
          "array_indices_remaining",
          "Walltime.Remaining",
          "Resource_List.nodes",
          "Resource_List.neednodes",
          "Resource_List.nodect",
          "Resource_List.procs",
          "Resource_List.procct",
          "Resource_List.ncpus",
          "Resource_List.ngpus",
          "Resource_List.mpiprocs",
          "Resource_List.select",
          "Resource_List.place",
          "Resource_List.walltime",
          "Resource_List.cput",
          "Resource_List.pcput",
          "Resource_List.mem",
          "Resource_List.pmem",
          "Resource_List.vmem",
          "Resource_List.pvmem",
          "Resource_List.nice",
          "resources_used.walltime",
          "resources_used.cput",
          "resources_used.cpupercent",
          "resources_used.ncpus",
          "resources_used.mem",
          "resources_used.vmem");

  /** Below the wire's longest string, with room for its escapes. */
  private static final int LONGEST = 48 << 10;

  private JobText() {}

  /** Which attributes may be in the text. */
  public static Predicate<String> allowed(boolean hideJobNames) {
    return name -> ALLOWED.contains(name) && !(hideJobNames && name.equals(NAME));
  }

  /** The lines {@code name = value}; a newline inside a value is written {@code \n}. */
  public static String of(Attributes attributes, boolean hideJobNames) {
    Predicate<String> allowed = allowed(hideJobNames);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : attributes.all().entrySet()) {
      if (allowed.test(entry.getKey())) {
        String value = attributes.text(entry.getKey());
        int before = text.length();
        text.append(entry.getKey()).append(" = ").append(oneLine(value)).append('\n');
        if (text.length() > LONGEST) {
          text.setLength(before);
          break;
        }
      }
    }
    return text.toString();
  }

  private static String oneLine(String value) {
    return value == null ? "" : value.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
