package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

@Timeout(60)
class SnapshotTakerTest {
  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void makeCluster() {
    commands = new FakeCommands(folder).torque("0");
  }

  @Test
  void takesThePictureOfTheWholeCluster() throws Exception {
    Taking taking = taker(DrmsChoice.AUTO).take();
    Snapshot snapshot = Pictures.of(taking);
    assertTrue(taking.complete());
    assertEquals("torque", snapshot.drms());
    assertEquals("6.1.3", snapshot.drmsVersion());
    assertEquals("login1", snapshot.serverName());
    assertEquals(Visibility.ALL, snapshot.visibility());
    assertTrue(snapshot.snapshotId().matches("[0-9a-f]{4}-1"), snapshot.snapshotId());
    assertEquals("alice", snapshot.jobs().get(0).jobOwner());
    assertEquals("n001", snapshot.nodes().get(0).nodeName());
    assertEquals("batch", snapshot.queues().get(0).queueName());
    assertEquals(
        List.of("server", "jobs", "nodes", "queues"),
        snapshot.collectors().stream().map(report -> report.collector()).toList());
  }

  @Test
  void leavesOutThePartWhoseCommandFailed() throws Exception {
    commands.command("pbsnodes", "echo 'Connection refused' >&2; exit 1");
    Taking taking = taker(DrmsChoice.TORQUE).take();
    assertFalse(taking.complete());
    assertNull(Pictures.of(taking).nodes());
    assertNotNull(Pictures.of(taking).jobs());
    assertEquals("DRMS_COMMAND_FAILED", Pictures.of(taking).collectors().get(2).error().code());
  }

  @Test
  void countsTheSnapshotsItTook() throws Exception {
    SnapshotTaker taker = taker(DrmsChoice.TORQUE);
    String first = taker.take().snapshot().snapshotId();
    String second = taker.take().snapshot().snapshotId();
    assertEquals(first.replaceAll("-1$", "-2"), second);
    assertNotEquals(first, taker(DrmsChoice.TORQUE).take().snapshot().snapshotId());
  }

  @Test
  void hidesJobNames() throws Exception {
    Taking named = taker(DrmsChoice.AUTO).take();
    assertTrue(json(named).contains("secret name"), json(named));
    SnapshotTaker hiding =
        new SnapshotTaker(
            runner(60), DrmsChoice.AUTO, new TakerOptions(Duration.ZERO, true, "test"));
    assertFalse(json(hiding.take()).contains("secret"));
  }

  @Test
  void givesTheOtherCommandsLittleTimeAfterOneThatHung() throws Exception {
    commands.command("qstat", "sleep 60");
    commands.command("pbsnodes", "sleep 60");
    SnapshotTaker taker =
        new SnapshotTaker(
            runner(3), DrmsChoice.TORQUE, new TakerOptions(Duration.ZERO, false, "test"));
    Taking taking = taker.take();
    assertEquals("DRMS_TIMEOUT", taking.error().code());
    List<Double> seconds = taking.outcomes().stream().map(o -> o.took().toMillis() / 1e3).toList();
    assertTrue(seconds.get(0) >= 3, seconds.toString());
    assertTrue(seconds.stream().skip(1).allMatch(s -> s < 2), seconds.toString());
  }

  @Test
  void detectsByTheVersionOnEitherStream() throws Exception {
    assertEquals("torque", detected("echo 'version: 4.1.7' >&2"));
    assertEquals("openpbs", detected("echo 'pbs_version = 23.06.06'"));
    assertEquals("openpbs", detected("echo 'pbs_version = PBSPro_13.0.2' >&2"));
    assertNull(detected("echo 'GE 8.1.9'"));
    String help = "case $1 in -help) echo 'GE 6.2u5'; echo 'usage: qstat' ;; *) exit 1 ;; esac";
    assertNull(detected(help), "without a qhost");
    commands.command("qhost", "exit 1");
    assertNull(detected("exit 1"));
    assertNull(detected("echo 'usage: qstat'; exit 0"));
    commands.command("qstat", help);
    assertEquals("gridengine", taker(DrmsChoice.AUTO).take().drms());
  }

  @Test
  void asksAgainAfterItFoundNothing() throws Exception {
    FakeCommands later = new FakeCommands(folder);
    later.command("qstat", "echo 'qstat: starting up' >&2; exit 1");
    SnapshotTaker taker = taker(DrmsChoice.AUTO);
    assertEquals("DRMS_COMMAND_FAILED", taker.take().error().code());
    later.torque("0");
    assertEquals("torque", taker.take().drms());
    assertEquals("torque", taker.take().drms());
    assertEquals(2, later.calls("qstat --version"));
  }

  @Test
  void needsMoreThanOneCommandOfAScheduler() throws Exception {
    Path gridEngine = Files.createDirectory(folder.resolve("gridengine"));
    new FakeCommands(gridEngine).command("qhost", "exit 0");
    CommandRunner runner =
        new CommandRunner(CommandPath.only(gridEngine), Map.of(), CommandLimits.DEFAULT);
    Taking taking =
        new SnapshotTaker(runner, DrmsChoice.AUTO, new TakerOptions(Duration.ZERO, false, "test"))
            .take();
    assertEquals("DRMS_COMMAND_MISSING", taking.error().code());
    assertTrue(taking.error().message().contains("qstat is not in"), taking.error().message());
  }

  @Test
  void neverStartsACommandTwiceWithinTheInterval() throws Exception {
    commands.command("pbsnodes", "date +%s%N >> '" + folder + "/starts'; echo '<Data></Data>'");
    SnapshotTaker taker =
        new SnapshotTaker(
            runner(60), DrmsChoice.TORQUE, new TakerOptions(Duration.ofMillis(800), false, "test"));
    commands.torqueServerPause("0.5");
    CommandOutcome<?> slow = taker.take().outcomes().get(0);
    commands.torqueServerPause("0");
    assertTrue(slow.took().toMillis() >= 500);
    Taking second = taker.take();
    assertTrue(second.complete());
    List<Long> starts =
        Files.readAllLines(folder.resolve("starts")).stream().map(Long::valueOf).toList();
    assertTrue(starts.get(1) - starts.get(0) > 600_000_000L, starts.toString());
  }

  private String detected(String version) throws Exception {
    commands.command("qstat", version);
    return taker(DrmsChoice.AUTO).take().drms();
  }

  private SnapshotTaker taker(DrmsChoice choice) {
    return new SnapshotTaker(runner(60), choice, new TakerOptions(Duration.ZERO, false, "test"));
  }

  private CommandRunner runner(int deadlineSeconds) {
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(Duration.ofSeconds(deadlineSeconds));
    return new CommandRunner(CommandPath.only(folder), Map.of(), limits);
  }

  private static String json(Taking taking) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    taking.encoded().writeTo(out, 0);
    return out.toString(StandardCharsets.UTF_8);
  }
}
