package org.qstatmesh.probe.slurm;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.CapturedErrors;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.collect.Pictures;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.collect.TakerOptions;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.JobDetail;

/** Each recorded situation against the failure codes it must give: never an empty cluster. */
@Timeout(60)
class SlurmSituationsTest {
  private static final String CAPTURE = "slurm-22.05.8";

  /** Columns: what squeue's collector (jobs) says, what scontrol's say. */
  private static final String TABLE =
      """
      unknown-user,             DRMS_UNPARSABLE,     DRMS_COMMAND_MISSING
      unknown-job,              DRMS_COMMAND_FAILED, DRMS_COMMAND_FAILED
      bad-option,               DRMS_COMMAND_FAILED, DRMS_COMMAND_MISSING
      hang-sigstop-slurmctld,   DRMS_TIMEOUT,        DRMS_TIMEOUT
      down-slurmctld,           DRMS_COMMAND_FAILED, DRMS_COMMAND_FAILED
      down-munged-and-slurmctld, DRMS_COMMAND_FAILED, DRMS_COMMAND_FAILED
      down-munged-only,         DRMS_COMMAND_FAILED, DRMS_COMMAND_MISSING
      no-slurm-conf,            DRMS_COMMAND_FAILED, DRMS_COMMAND_FAILED
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void isNamedByItsCode(String situation, String squeue, String scontrol) throws Exception {
    CapturedErrors.make(CAPTURE, situation, folder);
    Taking taking = take(DrmsChoice.SLURM);
    assertNull(Pictures.of(taking));
    assertEquals(squeue, taking.error().code(), taking.error().message());
    Map<String, String> codes =
        taking.outcomes().stream().collect(toMap(o -> o.collector(), o -> o.error().code()));
    assertEquals(
        Map.of("server", scontrol, "jobs", squeue, "nodes", scontrol, "queues", scontrol), codes);
  }

  @Test
  void theTableHasEverySituation() throws Exception {
    Set<String> listed = new TreeSet<>();
    TABLE.lines().forEach(row -> listed.add(row.split(",")[0]));
    assertEquals(new TreeSet<>(CapturedErrors.situations(CAPTURE)), listed);
  }

  @Test
  void saysWhatSlurmSaid() throws Exception {
    CapturedErrors.make(CAPTURE, "hang-sigstop-slurmctld", folder);
    Taking taking = take(DrmsChoice.SLURM);
    assertTrue(taking.error().message().contains("Socket timed out"), taking.error().message());
  }

  @ParameterizedTest
  @CsvSource({"unknown-job, true", "down-slurmctld, false"})
  void tellsAnUnknownJobFromAServerThatIsDown(String situation, boolean unknown) throws Exception {
    CapturedErrors.make(CAPTURE, situation, folder);
    SlurmAdapter adapter = new SlurmAdapter(false);
    CommandOutcome<JobDetail> outcome = runner().run(adapter.job("99999"));
    assertFalse(outcome.success());
    assertEquals(unknown, adapter.isUnknownJob(outcome.exitCode(), outcome.complaint()));
  }

  @Test
  void aJobThatHasEndedIsNoAnswer() throws Exception {
    new FakeCommands(folder).command("squeue", "exit 0");
    CommandOutcome<JobDetail> outcome = runner().run(new SlurmAdapter(false).job("12_3"));
    assertTrue(outcome.success());
    assertNull(outcome.value());
  }

  @Test
  void detectsSlurmBesideItsWrapperOfQstat() throws Exception {
    FakeCommands commands = new FakeCommands(folder);
    commands.command("squeue", "case \"$*\" in --version) echo 'slurm-wlm 22.05.8';; esac");
    commands.command("scontrol", "exit 1");
    assertEquals("slurm", take(DrmsChoice.AUTO).drms());
    // the wrapper is a perl script that knows no such option
    commands.command("qstat", "echo 'Unknown option: version' >&2; exit 2");
    assertEquals("slurm", take(DrmsChoice.AUTO).drms());
  }

  @Test
  void detectsTheOtherSchedulerWhereSlurmIsNotConfigured() throws Exception {
    new FakeCommands(folder)
        .torque("0")
        .command("squeue", "echo 'squeue: fatal: Could not establish a configuration' >&2; exit 1");
    assertEquals("torque", take(DrmsChoice.AUTO).drms());
  }

  @Test
  void asksWhichOfTwoSchedulersIsMeant() throws Exception {
    new FakeCommands(folder).torque("0").command("squeue", "echo 'slurm 23.11.4'");
    Taking taking = take(DrmsChoice.AUTO);
    assertNull(taking.drms());
    assertTrue(
        taking.error().message().contains("both slurm and torque are here"),
        taking.error().message());
  }

  private Taking take(DrmsChoice choice) throws Exception {
    return new SnapshotTaker(runner(), choice, new TakerOptions(Duration.ZERO, false, "test"))
        .take();
  }

  private CommandRunner runner() {
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(Duration.ofSeconds(5));
    return new CommandRunner(CommandPath.only(folder), Map.of(), limits);
  }
}
