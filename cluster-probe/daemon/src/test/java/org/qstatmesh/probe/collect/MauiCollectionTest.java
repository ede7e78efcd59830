package org.qstatmesh.probe.collect;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Snapshot;

/** A TORQUE whose listings are recorded ones, with Maui beside it or in trouble. */
@Timeout(60)
class MauiCollectionTest {
  private static final Path RECORDED =
      Path.of("src", "test", "resources", "fixtures", "torque-6.1.3", "with-maui").toAbsolutePath();
  private static final String DOWN =
      "echo 'ERROR:    lost connection to server' >&2; echo 'ERROR:  cannot request service' >&2; exit 1";

  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void makeCluster() {
    commands = new FakeCommands(folder);
    commands.command(
        "qstat",
        """
        case "$*" in
        --version) echo 'Version: 6.1.3' ;;
        *-B*) cat 'FOLDER/qstat-Bf.out' ;;
        *-Q*) cat 'FOLDER/qstat-Qf.out' ;;
        *) cat 'FOLDER/qstat-fxt.out' ;;
        esac
        """
            .replace("FOLDER", RECORDED + ""));
    commands.command("pbsnodes", "cat '" + RECORDED + "/pbsnodes-x.out'");
    commands.command(
        "showq",
        "if [ \"$1\" = -b ]; then cat '%s/showq-b.out'; else cat '%s/showq.out'; fi"
            .formatted(RECORDED, RECORDED));
    commands.command("checkjob", DOWN);
  }

  private Taking take(int deadlineSeconds) throws Exception {
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(Duration.ofSeconds(deadlineSeconds));
    CommandRunner runner = new CommandRunner(CommandPath.only(folder), Map.of(), limits);
    return new SnapshotTaker(
            runner, DrmsChoice.AUTO, new TakerOptions(Duration.ZERO, false, "test"))
        .take();
  }

  private static Map<String, String> reasons(Snapshot snapshot) {
    return snapshot.jobs().stream()
        .filter(job -> job.reason() != null)
        .collect(toMap(Job::jobId, Job::reason));
  }

  private static List<String> collectors(Snapshot snapshot) {
    return snapshot.collectors().stream().map(CollectorReport::collector).toList();
  }

  private static CollectorReport report(Snapshot snapshot, String collector) {
    return snapshot.collectors().stream()
        .filter(report -> report.collector().equals(collector))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void mauiTellsWhyJobsWait() throws Exception {
    Taking taking = take(60);
    Snapshot snapshot = Pictures.of(taking);
    assertTrue(taking.complete(), taking.outcomes() + "");
    assertEquals(
        List.of("server", "jobDetails", "jobReasons", "jobs", "nodes", "queues"),
        collectors(snapshot));
    assertEquals(164, snapshot.jobs().size());
    assertEquals(
        "put off for a while: the scheduler could not start it",
        reasons(snapshot).get("42.login1.cluster.example"));
    assertEquals(2, commands.calls("showq"), "once for all jobs");
    assertEquals(0, commands.calls("checkjob"), "never for each");
  }

  @Test
  void withoutItsCommandsNobodyAsks() throws Exception {
    Files.delete(folder.resolve("checkjob"));
    Snapshot snapshot = Pictures.of(take(60));
    assertEquals(List.of("server", "jobs", "nodes", "queues"), collectors(snapshot));
    assertEquals(0, commands.calls("showq"));
    assertEquals("waits for free resources", reasons(snapshot).get("42.login1.cluster.example"));
  }

  @Test
  void whereMauiIsDownTheJobsStayAsQstatHasThem() throws Exception {
    commands.command("showq", DOWN);
    Snapshot snapshot = Pictures.of(take(60));
    assertEquals(164, snapshot.jobs().size());
    assertEquals("waits for free resources", reasons(snapshot).get("42.login1.cluster.example"));
    assertEquals("DRMS_COMMAND_FAILED", report(snapshot, "jobDetails").error().code());
    assertTrue(report(snapshot, "jobDetails").error().message().contains("lost connection"));
    assertTrue(report(snapshot, "jobs").success());
    assertEquals(1, commands.calls("showq"), "not asked a second time");
  }

  @Test
  void aMauiThatHangsCostsNeitherTheJobsNorTheirTime() throws Exception {
    commands.command("showq", "sleep 60");
    Taking taking = take(6);
    Snapshot snapshot = Pictures.of(taking);
    assertEquals("DRMS_TIMEOUT", report(snapshot, "jobDetails").error().code());
    assertTrue(report(snapshot, "jobDetails").durationSeconds() < 5);
    assertEquals(164, snapshot.jobs().size());
    assertTrue(report(snapshot, "nodes").success());
  }

  @Test
  void aListThatMauiCutsIsAProblemAndNoTotal() throws Exception {
    commands.command(
        "showq",
        "if [ \"$1\" = -b ]; then head -40 '%s/showq-b.out'; else head -20 '%s/showq.out'; fi; "
                .formatted(RECORDED, RECORDED)
            + "printf '\\nNOTE:  output truncated'");
    Snapshot snapshot = Pictures.of(take(60));
    assertEquals(164, snapshot.jobs().size());
    assertEquals(
        110, snapshot.jobs().stream().filter(job -> job.jobState() == JobState.QUEUED).count());
    assertEquals(1, report(snapshot, "jobDetails").problems());
    assertEquals(1, report(snapshot, "jobReasons").problems());
    assertTrue(report(snapshot, "jobReasons").success());
  }
}
