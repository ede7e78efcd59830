package org.qstatmesh.demo.listing;

import java.util.StringJoiner;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Hold;
import org.qstatmesh.demo.simulation.Order;
import org.qstatmesh.demo.simulation.Placement;
import org.qstatmesh.demo.simulation.Request;
import org.qstatmesh.demo.simulation.Submission;
import org.qstatmesh.demo.simulation.Task;
import org.qstatmesh.demo.simulation.TaskCounts;

/** {@code qstat -f -F dsv} of OpenPBS 23.06: every job, an array once with its tasks counted. */
final class OpenPbsJobListing {
  private static final long KIB_PER_GIB = 1L << 20;

  private final BatchSystem batch;
  private final String server;
  private final DsvText dsv = new DsvText();

  OpenPbsJobListing(BatchSystem batch) {
    this.batch = batch;
    this.server = batch.plan().serverName();
  }

  /** {@code 7.server} or {@code 7[2].server}. */
  static String jobId(Task task, BatchSystem batch) {
    String index = task.submission().order().array() ? "[" + task.index() + "]" : "";
    return task.submission().sequence() + index + "." + batch.plan().serverName();
  }

  String text() {
    for (Submission submission : batch.visibleSubmissions()) {
      record(submission);
    }
    return dsv.toString();
  }

  private void record(Submission submission) {
    Order order = submission.order();
    String login = submission.owner().login();
    Task only = order.array() ? null : submission.tasks().get(0);
    boolean started = only != null && !only.isWaiting();
    dsv.begin("Job Id: ", submission.sequence() + (order.array() ? "[]." : ".") + server);
    dsv.add("Job_Name", order.name());
    dsv.add("Job_Owner", login + "@" + server);
    if (started) {
      dsv.add("resources_used.walltime", PbsTime.duration(used(only)));
    }
    dsv.add("job_state", letter(submission, only));
    dsv.add("queue", order.queueName());
    dsv.add("server", server);
    if (submission.owner().account() != null) {
      dsv.add("Account_Name", submission.owner().account());
    }
    dsv.add("ctime", PbsTime.ctime(submission.submittedAt()));
    if (submission.waitsFor() != null) {
      String other = submission.waitsFor().sequence() + "." + server;
      dsv.add("depend", "afterok:" + other + "@" + server);
    }
    if (started) {
      placed(only, order.request());
    }
    if (submission.hold() == Hold.START_TIME) {
      dsv.add("Execution_Time", PbsTime.ctime(submission.startTime()));
    }
    dsv.add("Hold_Types", holdTypes(submission));
    dsv.add("Priority", 0);
    dsv.add("qtime", PbsTime.ctime(submission.submittedAt()));
    dsv.add("Rerunable", "True");
    resources(order);
    if (started || (order.array() && submission.hasBegun())) {
      long at = started ? only.startedAt() : submission.firstStartedAt();
      dsv.add("stime", PbsTime.ctime(at));
    }
    dsv.add("Variable_List", JobEnvironment.of(submission, server));
    dsv.add("euser", login);
    dsv.add("egroup", submission.owner().group());
    comment(submission, only);
    if (order.array()) {
      tasks(submission);
    }
    dsv.add("project", "_pbs_project_default");
    dsv.end();
  }

  private long used(Task task) {
    return Math.max(0, batch.now() - task.startedAt());
  }

  private void placed(Task task, Request request) {
    StringJoiner hosts = new StringJoiner("+");
    StringJoiner vnodes = new StringJoiner("+");
    String gpus = request.gpusPerNode() > 0 ? ":ngpus=" + request.gpusPerNode() : "";
    for (Placement placement : task.placements()) {
      String node = placement.node().name();
      hosts.add(node + "/" + placement.cores().nextSetBit(0) + "*" + request.coresPerNode());
      vnodes.add("(" + node + ":ncpus=" + request.coresPerNode() + memory(request) + gpus + ")");
    }
    dsv.add("exec_host", hosts.toString());
    dsv.add("exec_vnode", vnodes.toString());
  }

  private static String memory(Request request) {
    return ":mem=" + request.memoryGibPerNode() * KIB_PER_GIB + "kb";
  }

  private void resources(Order order) {
    Request request = order.request();
    dsv.add("Resource_List.mem", request.nodes() * request.memoryGibPerNode() + "gb");
    dsv.add("Resource_List.ncpus", request.cores());
    String gpus = "";
    if (request.gpus() > 0) {
      dsv.add("Resource_List.ngpus", request.gpus());
      gpus = ":ngpus=" + request.gpusPerNode();
    }
    dsv.add("Resource_List.nodect", request.nodes());
    dsv.add("Resource_List.place", request.nodes() > 1 ? "scatter" : "pack");
    dsv.add("Resource_List.select", request.nodes() + ":ncpus=" + request.coresPerNode() + gpus);
    dsv.add("Resource_List.walltime", PbsTime.duration(order.wallclockLimitSeconds()));
  }

  private void comment(Submission submission, Task only) {
    if (only != null && !only.isWaiting()) {
      dsv.add("comment", "Job run at " + PbsTime.inComment(only.startedAt()));
    } else if (submission.comment() != null && submission.hold() == Hold.NONE) {
      dsv.add("comment", submission.comment());
    } else if (submission.order().array() && submission.hasBegun()) {
      dsv.add("comment", "Job Array Began at " + PbsTime.inComment(submission.firstStartedAt()));
    }
  }

  private void tasks(Submission submission) {
    TaskCounts counts = TaskCounts.of(submission, batch.plan().scheduler());
    StringBuilder words = new StringBuilder();
    words.append("Queued:").append(counts.queued());
    words.append(" Running:").append(counts.running());
    words.append(" Exiting:0 Expired:").append(submission.ended());
    if (counts.suspended() > 0) {
      words.append(" Suspended:").append(counts.suspended());
    }
    dsv.add("array", "True");
    dsv.add("array_state_count", words.toString());
    int size = submission.order().durationsSeconds().size();
    dsv.add("array_indices_submitted", "0-" + (size - 1));
  }

  private static String letter(Submission submission, Task only) {
    if (only == null && submission.hasBegun()) {
      return "B";
    }
    if (only != null && !only.isWaiting()) {
      return only.isRunning() ? "R" : "S";
    }
    return switch (submission.hold()) {
      case NONE -> "Q";
      case START_TIME -> "W";
      case USER, DEPENDENCY -> "H";
    };
  }

  private static String holdTypes(Submission submission) {
    return switch (submission.hold()) {
      case NONE, START_TIME -> "n";
      case USER -> "u";
      case DEPENDENCY -> "s";
    };
  }
}
