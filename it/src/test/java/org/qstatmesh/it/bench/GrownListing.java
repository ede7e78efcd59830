package org.qstatmesh.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qstatmesh.it.kit.FakeScheduler;

/** A recorded scheduler whose jobs are repeated under other numbers and owners. */
final class GrownListing {
  private static final Pattern TORQUE_JOB = Pattern.compile("<Job>.*?</Job>", Pattern.DOTALL);

  /** A job that is no array and not over. */
  private static final Pattern TORQUE_LIVE =
      Pattern.compile("(?s)<Job><Job_Id>\\d+\\.login1\\..*<job_state>[RQHS]</job_state>.*");

  private static final Pattern OPENPBS_LIVE =
      Pattern.compile("Job Id: \\d+\\.login1\\|.*\\|job_state=[RQHS]\\|.*");

  private GrownListing() {}

  /** TORQUE with so many jobs of so many users in so many groups. */
  static FakeScheduler torque(Path directory, int jobs, int users) throws IOException {
    FakeScheduler scheduler = FakeScheduler.torque(directory);
    Path listing = directory.resolve("qstat-fxt.out");
    List<String> recorded =
        TORQUE_JOB
            .matcher(read(listing))
            .results()
            .map(MatchResult::group)
            .filter(job -> TORQUE_LIVE.matcher(job).matches())
            .toList();
    write(
        listing,
        "<?xml version=\"1.0\"?>\n<Data>",
        jobs,
        number ->
            recorded
                .get(number % recorded.size())
                .replaceFirst("<Job_Id>\\d+", "<Job_Id>" + (number + 1))
                .replaceFirst("<Job_Owner>[^@<]+", "<Job_Owner>" + user(number % users))
                .replaceFirst("<euser>[^<]+", "<euser>" + user(number % users))
                .replaceFirst("<egroup>[^<]+", "<egroup>" + group(number % users)),
        "</Data>\n");
    return scheduler;
  }

  /** OpenPBS with so many jobs of so many users. */
  static FakeScheduler openPbs(Path directory, int jobs, int users) throws IOException {
    FakeScheduler scheduler = FakeScheduler.openPbs(directory);
    Path listing = directory.resolve("qstat-f-dsv.out");
    List<String> recorded = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(listing, StandardCharsets.ISO_8859_1);
        Stream<String> lines = reader.lines()) {
      lines.filter(line -> OPENPBS_LIVE.matcher(line).matches()).forEach(recorded::add);
    }
    write(
        listing,
        "",
        jobs,
        number ->
            recorded
                    .get(number % recorded.size())
                    .replaceFirst("Job Id: \\d+", "Job Id: " + (number + 1))
                    .replaceFirst("\\|Job_Owner=[^@|]+", "|Job_Owner=" + user(number % users))
                    .replaceFirst("\\|euser=[^|]+", "|euser=" + user(number % users))
                    .replaceFirst("\\|egroup=[^|]+", "|egroup=" + group(number % users))
                + "\n",
        "");
    return scheduler;
  }

  private static String user(int number) {
    return "user%04d".formatted(number);
  }

  /** Three users a group. */
  private static String group(int user) {
    return "group%03d".formatted(user / 3);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static void write(Path file, String head, int jobs, IntFunction<String> job, String foot)
      throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
      out.write(head);
      for (int number = 0; number < jobs; number++) {
        out.write(job.apply(number));
      }
      out.write(foot);
    }
  }
}
