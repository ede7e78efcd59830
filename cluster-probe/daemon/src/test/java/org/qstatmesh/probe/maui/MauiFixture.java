package org.qstatmesh.probe.maui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

/** What Maui printed beside {@code torque-6.1.3/with-maui}. */
final class MauiFixture {
  private static final Path ROOT = Path.of("src", "test", "resources", "fixtures");
  private static final Path FOLDER = ROOT.resolve("maui-3.5").resolve("mixed");
  private static final Path WITH_QSTAT = ROOT.resolve("torque-6.1.3").resolve("with-maui");
  private static final String SERVER = ".login1.cluster.example";

  private MauiFixture() {}

  static byte[] bytes(String file) throws IOException {
    Path own = FOLDER.resolve(file);
    return Files.readAllBytes(Files.exists(own) ? own : WITH_QSTAT.resolve(file));
  }

  static String text(String file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /** Files of single jobs. */
  static List<String> checkedJobs() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("checkjob-v-.*\\.out"))
          .sorted()
          .toList();
    }
  }

  /** The id of qstat that a file of a single job is about. */
  static String idOf(String file) {
    String number = file.replace("checkjob-v-", "").replace(".out", "");
    return number.replaceAll("_(\\d+)_", "[$1]") + SERVER;
  }

  static UnaryOperator<Job> queue(String text, Problems problems)
      throws IOException, UnparsableException {
    return read(Maui.queue(), text, problems);
  }

  static UnaryOperator<JobDetail> checked(String id, String text)
      throws IOException, UnparsableException {
    return read(Maui.job(id), text, new Problems());
  }

  static <T> T read(Listing<T> listing, String text, Problems problems)
      throws IOException, UnparsableException {
    return Fixture.parse(listing, text.getBytes(StandardCharsets.UTF_8), problems);
  }
}
