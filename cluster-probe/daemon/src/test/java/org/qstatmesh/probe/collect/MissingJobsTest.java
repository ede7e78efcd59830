package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;

/** A listing that lost its last lines without a sign, held against what the server counts. */
@Timeout(120)
class MissingJobsTest {
  private static final Path RECORDED =
      Path.of("src/test/resources/fixtures/openpbs-23.06.06/mixed").toAbsolutePath();

  private final OpenPbsAdapter adapter = new OpenPbsAdapter(false);

  @TempDir Path folder;
  private FakeCommands commands;
  private List<String> lines;

  @BeforeEach
  void readListing() throws Exception {
    commands = new FakeCommands(folder);
    lines = Files.readAllLines(RECORDED.resolve("qstat-f-dsv.out"), StandardCharsets.ISO_8859_1);
    answer("cat '" + RECORDED.resolve("qstat-Bf.out") + "'");
  }

  @Test
  void theWholeListingIsAllThatTheServerCounts() throws Exception {
    assertEquals(0, problemsOf(lines.size()));
    assertEquals(1, commands.calls("qstat -Bf"));
  }

  @Test
  void aListingCutBehindAnyLineIsAProblem() throws Exception {
    for (int kept = lines.size() - 1; kept >= 0; kept -= 1 + kept / 10) {
      assertEquals(1, problemsOf(kept), kept + " lines");
    }
  }

  @Test
  void whatEndedMeanwhileIsNotMissing() throws Exception {
    String counts = "/Queued:/ { sub(\"Queued:7\", n ? \"Queued:6\" : \"Queued:7\") }";
    Path asked = folder.resolve("asked");
    answer(
        "n=0; [ -e '%s' ] && n=1; touch '%s'; awk -v n=$n '%s { print }' '%s'"
            .formatted(asked, asked, counts, RECORDED.resolve("qstat-Bf.out")));
    assertEquals(0, problemsOf(lines.size() - 1));
    assertEquals(2, commands.calls("qstat -Bf"));
  }

  @Test
  void whoSeesOnlyOwnJobsMissesNone() throws Exception {
    answer(
        "sed s/query_other_jobs.*/query_other_jobs=False/ '"
            + RECORDED.resolve("qstat-Bf.out")
            + "'");
    assertEquals(0, problemsOf(3));
  }

  private void answer(String server) {
    commands.command(
        "qstat",
        "case \"$*\" in -Bf) " + server + ";; *) cat '" + folder.resolve("jobs") + "';; esac");
  }

  private int problemsOf(int kept) throws Exception {
    Files.write(folder.resolve("jobs"), lines.subList(0, kept), StandardCharsets.ISO_8859_1);
    CommandRunner runner =
        new CommandRunner(
            CommandPath.only(folder),
            Map.of(),
            new CommandLimits(Duration.ofSeconds(20), 1 << 20, 1 << 16));
    Round round = new Round(runner, new Pace(new PoliteInterval(Duration.ZERO)));
    CommandOutcome<ServerFacts> server = round.run(adapter.server());
    JobsTaken jobs = JobsTaken.in(round, adapter, UnaryOperator.identity(), false);
    JobsTaken counted = MissingJobs.counted(round, adapter, server, jobs);
    assertEquals(List.of(server, counted.outcome()), round.reported());
    return counted.outcome().problems();
  }
}
