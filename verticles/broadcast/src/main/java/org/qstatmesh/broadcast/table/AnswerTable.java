package org.qstatmesh.broadcast.table;

import static org.qstatmesh.broadcast.table.CsvLines.number;
import static org.qstatmesh.broadcast.table.CsvLines.text;
import static org.qstatmesh.broadcast.table.CsvLines.texts;
import static org.qstatmesh.broadcast.table.CsvLines.time;
import static org.qstatmesh.broadcast.table.CsvLines.whole;
import static org.qstatmesh.broadcast.table.CsvLines.word;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.qstatmesh.broadcast.browser.GridQuestion;
import org.qstatmesh.broadcast.feed.FeedAnswer;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;

/** An answer as CSV; any thread. */
public final class AnswerTable {
  private static final List<String> JOB =
      List.of(
          "jobId",
          "jobName",
          "jobOwner",
          "groupName",
          "accountingId",
          "queueName",
          "jobState",
          "jobSubState",
          "taskCount",
          "slots",
          "nodeCount",
          "gpus",
          "memoryBytes",
          "nodeNames",
          "submissionTimeEpochSeconds",
          "dispatchTimeEpochSeconds",
          "expectedStartEpochSeconds",
          "wallclockLimitSeconds",
          "wallclockTimeSeconds",
          "priority",
          "reason");

  private static final List<String> NODE =
      List.of(
          "nodeName",
          "nodeState",
          "nodeSubState",
          "slots",
          "usedSlots",
          "freeSlots",
          "gpus",
          "usedGpus",
          "memoryBytes",
          "usedMemoryBytes",
          "loadAverage",
          "queueNames",
          "reason",
          "owners");

  private static final List<String> WAIT =
      List.of("cluster", "queueName", "minSlots", "maxSlots", "count", "p50Seconds", "p90Seconds");

  private static final List<String> OF_JOB_EVENT =
      List.of(
          "jobId",
          "jobOwner",
          "queueName",
          "accountingId",
          "tasks",
          "slots",
          "submissionTimeEpochSeconds",
          "dispatchTimeEpochSeconds",
          "finishTimeEpochSeconds",
          "waitSeconds");

  private static final List<String> OF_NODE_EVENT = List.of("nodeName", "from", "to", "reason");

  private AnswerTable() {}

  /**
   * The answer as a table in UTF-8; throws {@link IllegalArgumentException} for one that is none.
   *
   * @param question what was asked
   */
  public static byte[] csv(GridQuestion question, Object answer) {
    if (answer instanceof HistoryAnswer history && question instanceof GridQuestion.History asked) {
      return HistoryTable.of(asked.query(), history);
    }
    if (answer instanceof JobsAnswer jobs) {
      return jobs(jobs);
    }
    if (answer instanceof NodesAnswer nodes) {
      return nodes(nodes);
    }
    if (answer instanceof WaitsAnswer waits) {
      return waits(waits);
    }
    if (answer instanceof EventsAnswer events) {
      return events(events);
    }
    if (answer instanceof FeedAnswer changes) {
      return ChangesTable.of(changes);
    }
    throw new IllegalArgumentException("no table of " + answer.getClass().getSimpleName());
  }

  private static byte[] jobs(JobsAnswer answer) {
    CsvLines lines = new CsvLines(JOB);
    answer.jobs().forEach(job -> lines.add(line(job)));
    return lines.bytes();
  }

  private static List<String> line(Job job) {
    return List.of(
        text(job.jobId()),
        text(job.jobName()),
        text(job.jobOwner()),
        text(job.groupName()),
        text(job.accountingId()),
        text(job.queueName()),
        word(job.jobState()),
        text(job.jobSubState()),
        whole(job.taskCount()),
        whole(job.slots()),
        whole(job.nodeCount()),
        whole(job.gpus()),
        whole(job.memoryBytes()),
        texts(job.nodeNames()),
        whole(job.submissionTimeEpochSeconds()),
        whole(job.dispatchTimeEpochSeconds()),
        whole(job.expectedStartEpochSeconds()),
        whole(job.wallclockLimitSeconds()),
        whole(job.wallclockTimeSeconds()),
        whole(job.priority()),
        text(job.reason()));
  }

  private static byte[] nodes(NodesAnswer answer) {
    CsvLines lines = new CsvLines(NODE);
    for (Node node : answer.nodes()) {
      lines.add(line(node, answer.owners().getOrDefault(node.nodeName(), List.of())));
    }
    return lines.bytes();
  }

  private static List<String> line(Node node, List<String> owners) {
    return List.of(
        text(node.nodeName()),
        word(node.nodeState()),
        text(node.nodeSubState()),
        whole(node.slots()),
        whole(node.usedSlots()),
        whole(node.freeSlots()),
        whole(node.gpus()),
        whole(node.usedGpus()),
        whole(node.memoryBytes()),
        whole(node.usedMemoryBytes()),
        number(node.loadAverage()),
        texts(node.queueNames()),
        text(node.reason()),
        texts(owners));
  }

  private static byte[] waits(WaitsAnswer answer) {
    CsvLines lines = new CsvLines(WAIT);
    for (WaitsAnswer.Wait wait : answer.waits()) {
      lines.add(
          List.of(
              text(wait.cluster()),
              text(wait.queueName()),
              whole(wait.minSlots()),
              whole(wait.maxSlots()),
              whole(wait.count()),
              whole(wait.p50Seconds()),
              whole(wait.p90Seconds())));
    }
    return lines.bytes();
  }

  private record Line(long atEpochMillis, List<String> fields) {}

  /** All in one table, newest first; a node's line has the event NODE. */
  private static byte[] events(EventsAnswer answer) {
    List<Line> events = new ArrayList<>();
    answer.jobs().forEach(job -> events.add(new Line(job.atEpochMillis(), line(job))));
    answer.nodes().forEach(node -> events.add(new Line(node.atEpochMillis(), line(node))));
    answer.clusters().forEach(news -> events.add(new Line(news.atEpochMillis(), line(news))));
    events.sort(Comparator.comparingLong(Line::atEpochMillis).reversed());
    CsvLines lines = new CsvLines(joined(List.of("time", "event"), OF_JOB_EVENT, OF_NODE_EVENT));
    events.forEach(event -> lines.add(event.fields()));
    return lines.bytes();
  }

  private static List<String> line(JobEvent job) {
    List<String> ofJob =
        List.of(
            text(job.jobId()),
            text(job.jobOwner()),
            text(job.queueName()),
            text(job.accountingId()),
            whole(job.tasks()),
            whole(job.slots()),
            whole(job.submissionTimeEpochSeconds()),
            whole(job.dispatchTimeEpochSeconds()),
            whole(job.finishTimeEpochSeconds()),
            whole(job.waitSeconds()));
    List<String> head = List.of(time(job.atEpochMillis()), word(job.change()));
    return joined(head, ofJob, Collections.nCopies(OF_NODE_EVENT.size(), ""));
  }

  private static List<String> line(NodeEvent node) {
    List<String> ofNode =
        List.of(text(node.nodeName()), word(node.from()), word(node.to()), text(node.reason()));
    List<String> head = List.of(time(node.atEpochMillis()), "NODE");
    return joined(head, Collections.nCopies(OF_JOB_EVENT.size(), ""), ofNode);
  }

  /** Why a cluster is down stands where a node's reason does. */
  private static List<String> line(ClusterEvent news) {
    List<String> head = List.of(time(news.atEpochMillis()), word(news.change()));
    int before = OF_JOB_EVENT.size() + OF_NODE_EVENT.size() - 1;
    return joined(head, Collections.nCopies(before, ""), List.of(word(news.failure())));
  }

  private static List<String> joined(List<String> head, List<String> middle, List<String> end) {
    return Stream.of(head, middle, end).flatMap(List::stream).toList();
  }
}
