package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;

/**
 * {@code squeue -a -h -O}: what {@code squeue -o} cannot print of GPUs and memory. A suffix behind
 * a field's name, {@code tres-alloc:|}, lets squeue neither pad nor cut it. No column holds text of
 * a user's choice; the mark stands in the second one all the same, and a line without it is none.
 */
final class JobResourceLines {
  private static final List<String> COLUMNS =
      List.of(
          "JobArrayID",
          "SubmitTime",
          "tres-alloc",
          "tres-per-job",
          "tres-per-node",
          "tres-per-task",
          "tres-per-socket",
          "NumTasks",
          "MinMemory");

  private final Mark mark;
  private final TextPool pool = new TextPool();
  private final Map<String, JobResources> byId = new HashMap<>();

  /** One of each: many jobs ask for the same. */
  private final Map<JobResources, JobResources> different = new HashMap<>();

  private JobResourceLines(Mark mark) {
    this.mark = mark;
  }

  /** What {@code -O} is asked for. */
  static String format() {
    return String.join(",", COLUMNS.stream().map(column -> column + ":|").toList());
  }

  /**
   * What is known of each job; a job that is not listed stays as it is.
   *
   * @throws UnparsableException when a text has no such line, or ends inside one
   */
  static UnaryOperator<Job> parse(Reader in, Problems problems, Mark mark)
      throws IOException, UnparsableException {
    JobResourceLines listing = new JobResourceLines(mark);
    Lines lines = new Lines(in);
    StringBuilder line = new StringBuilder();
    int number = 0;
    while (lines.appendNext(line)) {
      number++;
      try {
        listing.take(line.toString());
      } catch (IllegalArgumentException e) {
        problems.add("line " + number + ": " + e.getMessage());
      }
      line.setLength(0);
    }
    if (number > 0 && listing.byId.isEmpty()) {
      throw new UnparsableException("no line is a job's");
    }
    return listing::with;
  }

  private void take(String line) {
    String[] values = line.split("\\|", -1);
    boolean whole = values.length == COLUMNS.size() + 1 && values[COLUMNS.size()].isEmpty();
    if (!whole || !mark.ends(values[1], 0, values[1].length())) {
      throw new IllegalArgumentException("fields are missing or misplaced");
    }
    JobResources resources =
        new JobResources(
            word(values[2]),
            "",
            word(values[3]),
            word(values[4]),
            word(values[5]),
            word(values[6]),
            word(values[7]),
            !values[8].equals("0"));
    JobResources same = different.putIfAbsent(resources, resources);
    byId.put(key(values[0]), same == null ? resources : same);
  }

  private String word(String value) {
    String text = Values.text(value);
    return text == null ? "" : pool.one(text);
  }

  /** An array has one record for its waiting tasks; which they are may change meanwhile. */
  private static String key(String jobId) {
    int bracket = jobId.indexOf('[');
    return bracket < 0 ? jobId : jobId.substring(0, bracket + 1);
  }

  private Job with(Job job) {
    JobResources resources = byId.get(key(job.jobId()));
    return resources == null ? job : resources.of(job);
  }
}
