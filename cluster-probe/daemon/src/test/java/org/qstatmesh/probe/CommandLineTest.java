package org.qstatmesh.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.serve.FrameClient;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireLimits;

/** The command line in a JVM of its own: exit codes, what goes to which stream. */
@Timeout(60)
class CommandLineTest {
  @TempDir Path folder;
  private FakeCommands commands;
  private Path out;
  private Path err;

  @BeforeEach
  void makeCluster() throws IOException {
    commands = new FakeCommands(Files.createDirectory(folder.resolve("bin"))).torque("0");
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  @Test
  void printsACompleteSnapshot() throws Exception {
    assertEquals(0, run("snapshot", "--command-path", bin()));
    Snapshot snapshot =
        WireCodec.readSnapshot(new ByteArrayInputStream(Files.readAllBytes(out)), WireLimits.REPLY);
    assertEquals("alice", snapshot.jobs().get(0).jobOwner());
    assertEquals("", text(err));
  }

  @Test
  void printsAPartialSnapshotAndSaysWhatIsMissing() throws Exception {
    commands.command("pbsnodes", "printf 'not\\033[2J allowed\\n' >&2; exit 1");
    assertEquals(2, run("snapshot", "--command-path", bin(), "--drms", "torque"));
    assertEquals(
        "qstat-probe: nodes: DRMS_COMMAND_FAILED: pbsnodes -x exited with 1: not\\u001b[2J allowed\n",
        text(err));
    assertTrue(text(out).contains("\"nodes\":null"), text(out));
  }

  @Test
  void printsNoSnapshotWhenAllFailed() throws Exception {
    commands.command("qstat", "exit 3").command("pbsnodes", "exit 3");
    assertEquals(1, run("snapshot", "--command-path", bin(), "--drms", "torque"));
    assertEquals("", text(out));
    assertTrue(text(err).contains("DRMS_COMMAND_FAILED: qstat"), text(err));
  }

  @Test
  void diagnosesAHealthyCluster() throws Exception {
    assertEquals(0, run("doctor", "--command-path", bin()));
    assertTrue(text(out).contains("It is torque, version 6.1.3, server login1."), text(out));
    assertTrue(text(out).contains("1 job record of 1 user now."), text(out));
    assertTrue(text(out).contains(bin() + "/pbsnodes"), text(out));
    assertTrue(text(out).contains("serve --stdio --command-path " + bin() + "\" ssh-"), text(out));
  }

  @Test
  void diagnosesAServerThatIsDown() throws Exception {
    CapturedErrors.make("openpbs-23.06.06", "down-server", commands.folder());
    assertEquals(1, run("doctor", "--command-path", bin(), "--drms", "openpbs"));
    assertTrue(text(out).contains("Connection refused; qstat: cannot connect"), text(out));
    assertTrue(text(out).contains("What to do"), text(out));
  }

  @Test
  void diagnosesAHostWithoutAScheduler() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(69, run("doctor", "--command-path", empty.toString()));
    assertTrue(text(out).contains("qstat is not in " + empty), text(out));
    assertTrue(text(out).contains("What to do"), text(out));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "server",
        "serve --port 1",
        "serve --minimum-interval -1",
        "serve --minimum-interval soon",
        "serve --bind ipc:///tmp/x",
        "serve --stdio --bind tcp://127.0.0.1:1",
        "serve --stdio --curve keys.json",
        "snapshot --drms pbs",
        "doctor --command-path /no/such/folder"
      })
  void refusesWhatItDoesNotKnow(String line) throws Exception {
    assertEquals(64, run(line.isEmpty() ? new String[0] : line.split(" ")));
    assertEquals("", text(out));
    assertFalse(text(err).isBlank());
  }

  @Test
  void namesTheSchedulersThereAre() throws Exception {
    assertEquals(64, run("serve", "--drms", "lsf"));
    assertTrue(
        text(err)
            .contains(
                "unknown scheduler 'lsf'; supported: auto, torque, openpbs, slurm, gridengine"),
        text(err));
  }

  @Test
  void servesUntilItIsTerminated() throws Exception {
    Process process =
        start("serve", "--bind", "tcp://127.0.0.1:*", "--command-path", bin()).start();
    String endpoint = awaitEndpoint(process);
    assertEquals(69, run("serve", "--bind", endpoint, "--command-path", bin()));
    assertTrue(text(err).contains("cannot bind " + endpoint), text(err));
    process.destroy();
    assertTrue(process.waitFor(2, TimeUnit.SECONDS), "still there 2 s after SIGTERM");
    assertEquals(143, process.exitValue());
  }

  @Test
  void servesOverItsOwnStreamsAndLeavesNothingBehind() throws Exception {
    commands.torque("987703");
    Process process =
        start("serve", "--stdio", "--command-path", bin()).redirectError(err.toFile()).start();
    FrameClient client = new FrameClient(process.getOutputStream(), process.getInputStream());
    assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
    client.send(ProbeRequest.snapshot("2", null));
    while (commands.calls("qstat -B") == 0) {
      Thread.onSpinWait();
    }
    client.leave();
    assertTrue(process.waitFor(2, TimeUnit.SECONDS), "still there 2 s after its input ended");
    assertEquals(0, process.exitValue());
    assertTrue(client.atEnd(), "something else was printed");
    long left =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().commandLine().orElse("").contains("sleep 987703"))
            .count();
    assertEquals(0, left);
  }

  @Test
  void endsWithOneAfterARequestThatIsTooLong() throws Exception {
    Process process =
        start("serve", "--stdio", "--command-path", bin()).redirectError(err.toFile()).start();
    FrameClient client = new FrameClient(process.getOutputStream(), process.getInputStream());
    client.declare(8193);
    assertInstanceOf(ProbeReply.Failed.class, client.receive());
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    assertTrue(text(err).contains("8193 bytes"), text(err));
  }

  @Test
  void refusesKeysThatOthersMayRead() throws Exception {
    Path file = Files.writeString(folder.resolve("keys.json"), "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(78, run("serve", "--curve", file.toString(), "--bind", "tcp://127.0.0.1:*"));
    assertTrue(text(err).contains("chmod 600 " + file), text(err));
    assertTrue(text(err).contains(file + "#/clients: is missing"), text(err));
    assertEquals("", text(out));
  }

  @Test
  void everySubcommandObeysTheConfiguration() throws Exception {
    Path file = Files.writeString(folder.resolve("probe.json"), "{\"hiddenUsers\": [\"alice\"]}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(0, run("snapshot", "--command-path", bin(), "--config", file.toString()));
    assertTrue(text(out).contains("\"jobOwner\":\"(hidden)\""), text(out));
    assertFalse(text(out).contains("alice"), text(out));
    Files.writeString(file, "{\"hiddenUser\": []}");
    for (String command : List.of("serve", "snapshot", "doctor")) {
      assertEquals(78, run(command, "--command-path", bin(), "--config", file.toString()));
      assertEquals("", text(out));
      assertEquals(
          "qstat-probe: "
              + file
              + "#/hiddenUser: is unknown; known are minimumIntervalSeconds, hideJobNames,"
              + " hiddenUsers, attributes\n",
          text(err));
    }
  }

  private static String awaitEndpoint(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    assertTrue(line.matches("listening on tcp://127\\.0\\.0\\.1:[0-9]+"), line);
    return line.substring("listening on ".length());
  }

  private String bin() {
    return commands.folder().toString();
  }

  private int run(String... args) throws Exception {
    Process process = start(args).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return process.exitValue();
  }

  private static ProcessBuilder start(String... args) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add("org.qstatmesh.probe.Main");
    words.addAll(List.of(args));
    return new ProcessBuilder(words);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
