package org.qstatmesh.probe.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.CapturedErrors;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.collect.TakerOptions;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;

/**
 * What an administrator reads in each situation, word for word. {@code -Dfixtures.update=true}
 * writes the expected texts anew.
 */
@Timeout(60)
class DoctorTest {
  private static final Path EXPECTED = Path.of("src/test/resources/doctor");
  private static final Surroundings LOGIN_NODE =
      new Surroundings("login1.cluster.example", "qstat", 14, "/usr/bin/qstat-probe");

  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void makeCommands() {
    commands = new FakeCommands(folder);
  }

  @Test
  void aHealthyCluster() throws Exception {
    commands.torque("0");
    assertTold("healthy", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void anotherMachineAndAConfiguration() throws Exception {
    commands.torque("0");
    Surroundings quiet = new Surroundings("HPC_2", "root", null, "java -jar '/a b/x.jar'");
    assertTold("configured", DrmsChoice.TORQUE, quiet, List.of("kept back of every job: reason"));
  }

  @Test
  void aSchedulerThatShowsOnlyOnesOwnJobs() throws Exception {
    commands.torque("0");
    String qstat = Files.readString(folder.resolve("qstat"));
    commands.script("qstat", qstat.replace("query_other_jobs = True", "query_other_jobs = False"));
    assertTold("own-jobs-of-torque", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void aSlurmThatShowsOnlyOnesOwnJobs() throws Exception {
    commands.command("squeue", "case $1 in --version) echo slurm 23.11.4 ;; esac");
    commands.command(
        "scontrol",
        """
        case "$*" in
        *config*) echo 'Configuration data as of 2026-11-22T10:00:00'
          echo 'ClusterName             = hpc'
          echo 'PrivateData             = jobs,usage'
          echo 'SLURM_VERSION           = 23.11.4' ;;
        esac
        """);
    assertTold("own-jobs-of-slurm", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void noSchedulerAtAll() throws Exception {
    assertTold("nothing-here", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void anUnknownScheduler() throws Exception {
    commands.command("qstat", "echo 'Batch Wonder 3'");
    assertTold("unknown-scheduler", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void aCommandThatMayNotBeExecuted() throws Exception {
    commands.torque("0");
    Files.setPosixFilePermissions(
        folder.resolve("pbsnodes"), PosixFilePermissions.fromString("rw-r--r--"));
    assertTold("not-permitted", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @Test
  void aCommandBehindAWrapperThatRefuses() throws Exception {
    commands.torque("0").command("pbsnodes", "echo 'bash: Permission denied' >&2; exit 126");
    assertTold("exit-126", DrmsChoice.AUTO, LOGIN_NODE, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "openpbs-23.06.06, down-server, OPENPBS",
    "openpbs-23.06.06, down-server, AUTO",
    "openpbs-23.06.06, auth-pbs_iff-not-setuid, OPENPBS",
    "torque-6.1.3, unknown-server, TORQUE",
  })
  void aCapturedFailure(String capture, String situation, DrmsChoice choice) throws Exception {
    CapturedErrors.make(capture, situation, folder);
    String name = capture.split("-")[0] + "-" + situation + "-" + choice.word();
    assertTold(name, choice, LOGIN_NODE, List.of());
  }

  private void assertTold(
      String name, DrmsChoice choice, Surroundings surroundings, List<String> limits)
      throws Exception {
    CommandPath path = CommandPath.only(folder);
    StringWriter told = new StringWriter();
    try (CommandRunner runner = new CommandRunner(path, Map.of(), CommandLimits.DEFAULT)) {
      SnapshotTaker taker =
          new SnapshotTaker(runner, choice, new TakerOptions(Duration.ZERO, false, "test"));
      Taking taking = taker.take();
      Diagnosis.Setting setting =
          new Diagnosis.Setting(
              "1.0", " --config /etc/qstat-probe.json", limits, Duration.ofSeconds(30));
      new Diagnosis(
              surroundings, setting, path, taker.detectionSteps(), taking, new PrintWriter(told))
          .print();
    }
    // folder, times and this test's own user are of this run
    String text =
        told.toString()
            .replace(folder.toString(), "BIN")
            .replace("by user " + System.getProperty("user.name"), "by user USER")
            .replaceAll("[0-9]+\\.[0-9]{2} s\\b", "0.00 s");
    Path expected = EXPECTED.resolve(name + ".txt");
    if (Boolean.getBoolean("fixtures.update")) {
      Files.createDirectories(EXPECTED);
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
  }
}
