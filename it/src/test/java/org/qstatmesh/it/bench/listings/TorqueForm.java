package org.qstatmesh.it.bench.listings;

import static org.qstatmesh.it.bench.listings.Words.NOW;
import static org.qstatmesh.it.bench.listings.Words.SERVER;

/** A {@code <Job>} of {@code qstat -x}. */
final class TorqueForm {
  private TorqueForm() {}

  static void append(StringBuilder out, GeneratedJob job) {
    String id = job.number() + "." + SERVER;
    long submitted = job.submittedAt(NOW);
    out.append("<Job>");
    element(out, "Job_Id", id);
    element(out, "Job_Name", job.name());
    element(out, "Job_Owner", job.owner() + "@" + SERVER);
    if (job.isRunning()) {
      used(out, job);
    }
    element(out, "job_state", letter(job));
    element(out, "queue", job.queue());
    element(out, "server", SERVER);
    element(out, "Account_Name", job.account());
    element(out, "Checkpoint", "u");
    element(out, "ctime", submitted);
    path(out, "Error_Path", job, ".e");
    if (job.isRunning()) {
      out.append("<exec_host>");
      Words.execHost(out, job, true).append("</exec_host>");
    }
    element(out, "Hold_Types", job.state() == GeneratedJob.State.HELD ? "u" : "n");
    out.append("<Join_Path>n</Join_Path><Keep_Files>n</Keep_Files><Mail_Points>a</Mail_Points>");
    element(out, "mtime", submitted);
    path(out, "Output_Path", job, ".o");
    element(out, "Priority", 0);
    element(out, "qtime", submitted);
    element(out, "Rerunable", "True");
    asked(out, job);
    element(out, "substate", job.isRunning() ? 42 : 10);
    Words.environment(out.append("<Variable_List>"), job).append("</Variable_List>");
    element(out, "euser", job.owner());
    element(out, "egroup", job.group());
    element(out, "queue_rank", job.number());
    element(out, "queue_type", "E");
    element(out, "etime", submitted);
    out.append("<submit_args>-A ").append(job.account()).append(" -N ").append(job.name());
    Words.workDirectory(out.append(' '), job).append("/job.pbs</submit_args>");
    if (job.isRunning()) {
      started(out, job, id);
    }
    element(out, "fault_tolerant", "False");
    element(out, "job_radix", 0);
    element(out, "submit_host", SERVER);
    Words.workDirectory(out.append("<init_work_dir>"), job).append("</init_work_dir></Job>");
  }

  private static String letter(GeneratedJob job) {
    return switch (job.state()) {
      case RUNNING -> "R";
      case QUEUED -> "Q";
      case HELD -> "H";
    };
  }

  private static void used(StringBuilder out, GeneratedJob job) {
    Words.hours(out.append("<resources_used><cput>"), job.ranSeconds()).append("</cput>");
    element(out, "energy_used", 0);
    element(out, "mem", 17L * job.kind() + "kb");
    element(out, "vmem", 29L * job.kind() + "kb");
    Words.hours(out.append("<walltime>"), job.ranSeconds()).append("</walltime></resources_used>");
  }

  private static void asked(StringBuilder out, GeneratedJob job) {
    String nodes = job.nodes() + ":ppn=" + job.coresOfOneNode();
    Words.hours(out.append("<Resource_List><walltime>"), job.wallclockLimitSeconds());
    out.append("</walltime>");
    element(out, "mem", 4 * job.nodes() + "gb");
    element(out, "nodes", nodes);
    element(out, "nodect", job.nodes());
    element(out, "neednodes", nodes);
    out.append("</Resource_List>");
  }

  private static void started(StringBuilder out, GeneratedJob job, String id) {
    element(out, "session_id", 10_000 + job.kind());
    element(out, "hashname", id);
    element(out, "start_time", job.startedAt(NOW));
    out.append("<Walltime>");
    element(out, "Remaining", job.wallclockLimitSeconds() - job.ranSeconds());
    out.append("</Walltime>");
    element(out, "start_count", 1);
  }

  private static void path(StringBuilder out, String name, GeneratedJob job, String suffix) {
    out.append('<').append(name).append(">login1:");
    Words.workDirectory(out, job).append('/').append(job.name()).append(suffix);
    out.append(job.number()).append("</").append(name).append('>');
  }

  private static void element(StringBuilder out, String name, long value) {
    out.append('<').append(name).append('>').append(value).append("</").append(name).append('>');
  }

  private static void element(StringBuilder out, String name, String value) {
    out.append('<').append(name).append('>').append(value).append("</").append(name).append('>');
  }
}
