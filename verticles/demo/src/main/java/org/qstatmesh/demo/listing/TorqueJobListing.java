package org.qstatmesh.demo.listing;

import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Hold;
import org.qstatmesh.demo.simulation.Order;
import org.qstatmesh.demo.simulation.Request;
import org.qstatmesh.demo.simulation.Submission;
import org.qstatmesh.demo.simulation.Task;

/** {@code qstat -f -x -t} of TORQUE 6.1: every job and every task of an array, one record each. */
final class TorqueJobListing {
  private final BatchSystem batch;
  private final String server;
  private final XmlText xml = new XmlText();

  TorqueJobListing(BatchSystem batch) {
    this.batch = batch;
    this.server = batch.plan().serverName();
  }

  String text() {
    for (Submission submission : batch.visibleSubmissions()) {
      for (Task task : submission.tasks()) {
        record(submission, task);
      }
    }
    return xml.end();
  }

  private void record(Submission submission, Task task) {
    Order order = submission.order();
    String login = submission.owner().login();
    xml.open("Job");
    xml.add("Job_Id", TorqueForm.jobId(task, batch));
    xml.add("Job_Name", order.array() ? order.name() + "-" + task.index() : order.name());
    xml.add("Job_Owner", login + "@" + server);
    boolean started = task.isRunning() || task.isSuspended();
    if (started) {
      xml.open("resources_used");
      xml.add("cput", PbsTime.duration(used(task) * order.request().cores()));
      xml.add("walltime", PbsTime.duration(used(task)));
      xml.close("resources_used");
    }
    xml.add("job_state", letter(submission, task));
    xml.add("queue", order.queueName());
    xml.add("server", server);
    if (submission.owner().account() != null) {
      xml.add("Account_Name", submission.owner().account());
    }
    xml.add("ctime", submission.submittedAt());
    if (submission.waitsFor() != null) {
      xml.add("depend", "afterok:" + submission.waitsFor().sequence() + "." + server);
    }
    if (started) {
      placed(task);
    }
    xml.add("Hold_Types", holdTypes(submission, task));
    xml.add("Priority", 0);
    xml.add("qtime", submission.submittedAt());
    xml.add("Rerunable", "True");
    resources(order);
    xml.add("Variable_List", JobEnvironment.of(submission, server));
    xml.add("euser", login);
    xml.add("egroup", submission.owner().group());
    if (submission.hold() == Hold.START_TIME) {
      xml.add("Execution_Time", submission.startTime());
    }
    comment(submission, task);
    if (started) {
      xml.add("start_time", task.startedAt());
    }
    xml.close("Job");
  }

  private long used(Task task) {
    return Math.max(0, batch.now() - task.startedAt());
  }

  private void placed(Task task) {
    xml.add("exec_host", TorqueForm.execHost(task));
    if (task.submission().order().request().gpus() > 0) {
      xml.add("exec_gpus", TorqueForm.execGpus(task));
    }
  }

  private void resources(Order order) {
    Request request = order.request();
    String gpus = request.gpusPerNode() > 0 ? ":gpus=" + request.gpusPerNode() : "";
    xml.open("Resource_List");
    xml.add("walltime", PbsTime.duration(order.wallclockLimitSeconds()));
    xml.add("nodes", request.nodes() + ":ppn=" + request.coresPerNode() + gpus);
    xml.add("nodect", request.nodes());
    xml.add("mem", request.nodes() * request.memoryGibPerNode() + "gb");
    xml.close("Resource_List");
  }

  private void comment(Submission submission, Task task) {
    if (task.isRunning() || task.isSuspended()) {
      xml.add("comment", "Job started on " + PbsTime.inComment(task.startedAt()));
    } else if (submission.comment() != null
        && submission.hold() == Hold.NONE
        && !task.isBeyondSlotLimit()) {
      xml.add("comment", submission.comment());
    }
  }

  private static String letter(Submission submission, Task task) {
    if (task.isRunning()) {
      return "R";
    }
    if (task.isSuspended()) {
      return "S";
    }
    return switch (submission.hold()) {
      case NONE -> task.isBeyondSlotLimit() ? "H" : "Q";
      case START_TIME -> "W";
      case USER, DEPENDENCY -> "H";
    };
  }

  private static String holdTypes(Submission submission, Task task) {
    return switch (submission.hold()) {
      case NONE -> task.isWaiting() && task.isBeyondSlotLimit() ? "l" : "n";
      case START_TIME -> "n";
      case USER -> "u";
      case DEPENDENCY -> "s";
    };
  }
}
