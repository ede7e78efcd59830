package org.qstatmesh.probe.policy;

import static org.qstatmesh.probe.policy.JobAttribute.ACCOUNTING_ID;
import static org.qstatmesh.probe.policy.JobAttribute.DISPATCH_TIME;
import static org.qstatmesh.probe.policy.JobAttribute.EXPECTED_START;
import static org.qstatmesh.probe.policy.JobAttribute.GPUS;
import static org.qstatmesh.probe.policy.JobAttribute.GROUP_NAME;
import static org.qstatmesh.probe.policy.JobAttribute.JOB_NAME;
import static org.qstatmesh.probe.policy.JobAttribute.JOB_SUB_STATE;
import static org.qstatmesh.probe.policy.JobAttribute.MEMORY_BYTES;
import static org.qstatmesh.probe.policy.JobAttribute.NODE_COUNT;
import static org.qstatmesh.probe.policy.JobAttribute.NODE_NAMES;
import static org.qstatmesh.probe.policy.JobAttribute.PRIORITY;
import static org.qstatmesh.probe.policy.JobAttribute.REASON;
import static org.qstatmesh.probe.policy.JobAttribute.SUBMISSION_TIME;
import static org.qstatmesh.probe.policy.JobAttribute.WALLCLOCK_LIMIT;
import static org.qstatmesh.probe.policy.JobAttribute.WALLCLOCK_TIME;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The schedulers' own names for the fields of a job, as single-job texts have them: {@code name =
 * value}, one a line. A line with a name that is not listed here is kept back where only some
 * fields may leave: what it tells is not known.
 */
final class SchedulerWords {
  private static final String SEPARATOR = " = ";

  /** What a line tells; a line that tells several things needs all of them allowed. */
  private static final Map<String, Set<JobAttribute>> TOLD = told();

  private SchedulerWords() {}

  private static Map<String, Set<JobAttribute>> told() {
    Map<String, Set<JobAttribute>> told = new HashMap<>();
    // who, where, in which state, how many cores: always told
    put(told, Set.of(), "Job_Owner euser job_state queue server job_array_id array_index");
    put(told, Set.of(), "Resource_List.ncpus Resource_List.procs Resource_List.procct");
    put(told, Set.of(), "resources_used.ncpus JobId ShownId ArrayJobId ArrayTaskId UserName");
    put(told, Set.of(), "Partition JobState NumCPUs JB_job_number JB_owner JB_pe JB_pe_range");
    put(told, Set.of(), "JB_hard_queue_list JB_ja_structure array_state_count job_array_request");
    put(told, Set.of(JOB_NAME), "Job_Name JobName JB_job_name");
    put(told, Set.of(GROUP_NAME), "egroup GroupName JB_group JB_department");
    put(told, Set.of(ACCOUNTING_ID), "Account_Name project Account JB_account JB_project");
    put(told, Set.of(JOB_SUB_STATE), "substate StateCompact");
    put(told, Set.of(NODE_COUNT), "Resource_List.nodect Resource_List.place NumNodes");
    put(
        told,
        Set.of(NODE_COUNT, NODE_NAMES, GPUS, MEMORY_BYTES),
        "Resource_List.nodes Resource_List.neednodes Resource_List.select");
    put(told, Set.of(GPUS), "Resource_List.ngpus TresPerNode");
    put(told, Set.of(NODE_NAMES), "exec_host NodeList BatchHost");
    put(told, Set.of(NODE_NAMES, MEMORY_BYTES, GPUS), "exec_vnode exec_gpus");
    put(told, Set.of(MEMORY_BYTES), "Resource_List.mem Resource_List.pmem Resource_List.vmem");
    put(told, Set.of(MEMORY_BYTES), "Resource_List.pvmem resources_used.mem resources_used.vmem");
    put(told, Set.of(MEMORY_BYTES), "MinMemory");
    put(told, Set.of(SUBMISSION_TIME), "ctime qtime SubmitTime JB_submission_time");
    put(told, Set.of(DISPATCH_TIME), "stime start_time");
    put(told, Set.of(DISPATCH_TIME, EXPECTED_START), "StartTime EndTime");
    put(told, Set.of(EXPECTED_START), "estimated.start_time Execution_Time JB_execution_time");
    put(told, Set.of(WALLCLOCK_LIMIT), "Resource_List.walltime TimeLimit hard_resource.h_rt");
    put(told, Set.of(WALLCLOCK_TIME), "resources_used.walltime RunTime");
    put(told, Set.of(WALLCLOCK_LIMIT, WALLCLOCK_TIME), "Walltime.Remaining TimeLeft");
    put(told, Set.of(PRIORITY), "Priority JB_priority");
    put(told, Set.of(REASON), "comment depend Hold_Types Reason JB_jid_predecessor_list");
    return told;
  }

  private static void put(
      Map<String, Set<JobAttribute>> told, Set<JobAttribute> attributes, String names) {
    for (String name : names.split(" ")) {
      told.put(name, attributes);
    }
  }

  /** The lines that tell nothing but what is allowed. */
  static String only(Set<JobAttribute> allowed, String text) {
    return text.lines()
        .filter(line -> tellsOnly(allowed, line))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static boolean tellsOnly(Set<JobAttribute> allowed, String line) {
    int end = line.indexOf(SEPARATOR);
    Set<JobAttribute> told = end < 0 ? null : TOLD.get(line.substring(0, end));
    return told != null && allowed.containsAll(told);
  }
}
