package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.probe.xml.XmlText;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * {@code qstat -f -u * -xml}: the queue instances with what runs in each, then what waits. A task
 * that runs is listed once in each of its queue instances; tasks of an array that wait in the same
 * state are one record with the array's own id.
 */
final class GridEngineJobs {
  private static final Set<String> READ =
      Set.of(
          "JB_job_number",
          "JB_name",
          "JB_owner",
          "state",
          "JAT_start_time",
          "JB_submission_time",
          "queue_name",
          "slots",
          "tasks");

  private final Problems problems;
  private final boolean hideJobNames;
  private final TextPool pool = new TextPool();
  private final Attributes record = new Attributes();
  private final Map<String, PlacedJob> placed = new LinkedHashMap<>();
  private final List<Job> waiting = new ArrayList<>();
  private int number;

  private GridEngineJobs(Problems problems, boolean hideJobNames) {
    this.problems = problems;
    this.hideJobNames = hideJobNames;
  }

  static int parse(Reader in, Problems problems, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    GridEngineJobs listing = new GridEngineJobs(problems, hideJobNames);
    XmlText.read(in, xml -> listing.read(new XmlCursor(xml)));
    return listing.handOn(sink);
  }

  private void read(XmlCursor xml) throws XMLStreamException, UnparsableException {
    xml.demandRoot("job_info");
    for (String part = xml.nextChild(); part != null; part = xml.nextChild()) {
      readPart(xml);
    }
    xml.finish();
  }

  /** {@code queue_info} (queue instances, or bare jobs without -f) or {@code job_info}. */
  private void readPart(XmlCursor xml) throws XMLStreamException, UnparsableException {
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      switch (child) {
        case "Queue-List" -> readInstance(xml);
        case "job_list" -> readJob(xml, null);
        default -> xml.skip();
      }
    }
  }

  private void readInstance(XmlCursor xml) throws XMLStreamException, UnparsableException {
    String instance = null;
    for (String child = xml.nextChild(); child != null; child = xml.nextChild()) {
      switch (child) {
        case "name" -> instance = xml.text();
        case "job_list" -> readJob(xml, instance);
        default -> xml.skip();
      }
    }
  }

  private void readJob(XmlCursor xml, String instance)
      throws XMLStreamException, UnparsableException {
    xml.readInto(record, READ);
    number++;
    try {
      take(instance != null ? instance : record.text("queue_name"));
    } catch (IllegalArgumentException e) {
      problems.add("job " + number + ": " + e.getMessage());
    }
  }

  private void take(String instance) {
    JobState state = StateWord.stateOf(record.text("state"));
    if (state == JobState.FINISHED) {
      return;
    }
    Integer slots = record.count("slots");
    if (slots == null) {
      throw new IllegalArgumentException("slots is missing");
    }
    if (instance == null || instance.isEmpty()) {
      waiting.add(job(state).slots(slots).build());
      return;
    }
    QueueInstance there = QueueInstance.parse(instance);
    Job.Builder job = job(state);
    placed
        .computeIfAbsent(job.build().jobId(), unseen -> new PlacedJob(job, state))
        .add(there, slots);
  }

  private Job.Builder job(JobState state) {
    String job = record.text("JB_job_number");
    if (Numbers.parseLong(job) == null) {
      throw new IllegalArgumentException("JB_job_number is no number");
    }
    String tasks = record.whole("tasks");
    boolean one = TaskRanges.isOne(tasks);
    return Job.builder(one ? job + "." + tasks : job, pool.one(record.text("JB_owner")), state)
        .jobName(hideJobNames ? null : record.text("JB_name"))
        .jobSubState(pool.one(record.text("state")))
        .taskCount(tasks == null || tasks.isEmpty() ? 1 : TaskRanges.count(tasks))
        .submissionTimeEpochSeconds(Times.parseEpochSeconds(record.text("JB_submission_time")))
        .dispatchTimeEpochSeconds(Times.parseEpochSeconds(record.text("JAT_start_time")));
  }

  private int handOn(Consumer<Job> sink) {
    placed.values().forEach(job -> sink.accept(job.build(pool)));
    waiting.forEach(sink);
    return placed.size() + waiting.size();
  }
}
