package org.qstatmesh.probe.openpbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;

/** The listings of a PBS Pro that knows no {@code -F}, and how the probe comes to ask for them. */
@Timeout(60)
class IndentedRecordsTest {
  private static final String TWO_JOBS =
      """
      Job Id: 1.s
          Job_Name = first
          Job_Owner = eve@login1
          job_state = R
          queue = workq
          exec_host = n001/0*2
          exec_vnode = (n001:ncpus=2)
          Resource_List.ncpus = 2
          Variable_List = PBS_O_HOME=/home/eve,BASH_FUNC_ml%%=() {  eval
      }

      Job Id: 999.s
          Job_Owner = root@login1
          job_state = R
          Resource_List.ncpus = 1000
      ,PBS_O_QUEUE=workq
          comment = Job run at Sun Nov 22 at 06:44 on (n001:ncpu
      \ts=2)
          etime = Sun Nov 22 06:44:44 2026
          project = _pbs_project_default

      Job Id: 2.s
          Job_Name = second
          Job_Owner = dave@login1
          job_state = H
          Resource_List.ncpus = 3
          Hold_Types = u
          Variable_List = PBS_O_HOME=/home/dave,
      \tPBS_O_QUEUE=workq
          project = _pbs_project_default

      """;

  private final OpenPbsAdapter adapter = new OpenPbsAdapter(false);
  private final Fixture mixed = Fixture.of("openpbs-23.06.06/mixed");
  private final List<Job> jobs = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void jobsAreThoseOfTheSafeForm() throws Exception {
    Problems problems = new Problems();
    Fixture.parse(adapter.jobs(jobs::add).older(), recorded("qstat-f.out"), problems);
    assertEquals(0, problems.count(), problems.notes().toString());
    assertEquals(mixed.jobs().size(), jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      // seconds passed between the two commands; the names are printed alike
      Job dsv = mixed.jobs().get(i).toBuilder().wallclockTimeSeconds(null).build();
      assertEquals(dsv, jobs.get(i).toBuilder().wallclockTimeSeconds(null).build());
    }
  }

  @Test
  void vnodesAreThoseOfTheSafeForm() throws Exception {
    Listing<List<Node>> older = adapter.nodes().older();
    assertEquals(List.of("pbsnodes", "-av"), older.argv());
    assertEquals(mixed.nodes(), Fixture.parse(older, recorded("pbsnodes-av.out"), new Problems()));
  }

  @Test
  void anEnvironmentIsNoJob() throws Exception {
    Problems problems = new Problems();
    Fixture.parse(adapter.jobs(jobs::add).older(), bytes(TWO_JOBS), problems);
    assertEquals(List.of("1.s", "2.s"), jobs.stream().map(Job::jobId).toList());
    assertEquals(2, jobs.get(0).slots());
    assertNull(jobs.get(0).reason());
    assertEquals(List.of("record 1: what looks like the next one is part of it"), problems.notes());
  }

  @Test
  void oneJobIsAskedForInTheSameForm() throws Exception {
    Listing<JobDetail> older = adapter.job("1").older();
    assertEquals(List.of("qstat", "-f", "1"), older.argv());
    String text = Fixture.parse(older, bytes(TWO_JOBS), new Problems()).text();
    assertTrue(text.contains("comment = Job run at Sun Nov 22 at 06:44 on (n001:ncpus=2)\n"), text);
    assertFalse(text.contains("/home/"), text);
  }

  @Test
  void cutAnywhereItIsRefusedOrTheBeginningOfTheWhole() throws Exception {
    byte[] whole = bytes(TWO_JOBS);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      String text = new String(cut, StandardCharsets.UTF_8);
      if (text.endsWith("_default\n\n")) {
        Fixture.parse(adapter.jobs(jobs::add).older(), cut, new Problems());
      } else {
        assertThrows(
            UnparsableException.class,
            () -> Fixture.parse(adapter.jobs(jobs::add).older(), cut, new Problems()),
            text);
      }
    }
  }

  @Test
  void theOldWayIsTakenWhereTheNewOneIsRefusedAndKeptTo() throws Exception {
    Files.write(folder.resolve("jobs"), bytes(TWO_JOBS));
    FakeCommands commands =
        new FakeCommands(folder)
            .command(
                "qstat",
                "case \"$*\" in *-F*) echo \"qstat: invalid option -- 'F'\" >&2; exit 2;; esac\n"
                    + "cat '"
                    + folder.resolve("jobs")
                    + "'");
    CommandRunner runner = runner();
    for (int i = 0; i < 3; i++) {
      CommandOutcome<Integer> outcome = runner.run(adapter.jobs(jobs::add));
      assertEquals(2, outcome.value());
      assertEquals("qstat -f", outcome.command());
    }
    assertEquals(1, commands.calls("qstat -f -F dsv"));
    assertEquals(4, commands.calls("qstat -f"));
  }

  @Test
  void aServerThatIsDownIsNamedByTheFirstWayAndOneThatAnsweredIsNotAskedTwice() throws Exception {
    FakeCommands commands = new FakeCommands(folder);
    commands.command("qstat", "echo 'Connection refused' >&2; exit 255");
    CommandRunner runner = runner();
    CommandOutcome<Integer> outcome = runner.run(adapter.jobs(jobs::add));
    assertEquals("qstat -f -F dsv exited with 255: Connection refused", outcome.error().message());
    commands.command("qstat", "");
    assertTrue(runner.run(adapter.jobs(jobs::add)).success());
    long before = commands.calls("qstat");
    commands.command("qstat", "echo 'Connection refused' >&2; exit 255");
    assertFalse(runner.run(adapter.jobs(jobs::add)).success());
    assertEquals(before + 1, commands.calls("qstat"));
  }

  private CommandRunner runner() {
    return new CommandRunner(
        CommandPath.only(folder),
        Map.of(),
        new CommandLimits(Duration.ofSeconds(20), 1 << 20, 1 << 16));
  }

  private static byte[] recorded(String file) throws Exception {
    return Files.readAllBytes(
        Path.of("src/test/resources/fixtures/openpbs-23.06.06/mixed").resolve(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
