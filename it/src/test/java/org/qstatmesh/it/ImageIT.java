package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.RunningProcess;

/** The probe's image, unpacked where it was not made, on a machine that has no Java. */
@Timeout(120)
class ImageIT {
  /** What modules of login nodes set for other programs; each of them stops a Java or breaks it. */
  private static final List<String> HOSTILE =
      List.of(
          "JAVA_HOME=/nonexistent",
          "JAVA_TOOL_OPTIONS=-Xmx1k",
          "JDK_JAVA_OPTIONS=--no-such-option",
          "_JAVA_OPTIONS=-XX:NoSuchOption",
          "LD_LIBRARY_PATH=/nonexistent",
          "CLASSPATH=/nonexistent",
          "CDPATH=/usr",
          "PATH=");

  @TempDir private static Path directory;
  private static Path image;
  private static Path commands;

  @BeforeAll
  static void unpack() throws Exception {
    Path unpacked = Files.createDirectory(directory.resolve("some where"));
    RunningProcess.run("tar", "-xf", archive().toString(), "-C", unpacked.toString());
    try (Stream<Path> folders = Files.list(unpacked)) {
      image = folders.findFirst().orElseThrow();
    }
    commands = FakeScheduler.torque(directory.resolve("torque")).directory();
  }

  /** The newest, since both forms of it may be there. */
  private static Path archive() throws IOException {
    Path target = Checkout.root().resolve("cluster-probe/daemon/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("qstat-probe-.*-linux-.*\\.tar.*"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(
              () -> new AssertionError("no image in " + target + "; build it with -Pimage"));
    }
  }

  @Test
  void aSnapshotNeedsNoJavaAndNoEnvironment() throws Exception {
    try (RunningProcess snapshot = launch(List.of(), launcher(), "snapshot")) {
      assertEquals(0, snapshot.exitCode(Eventually.PATIENCE), snapshot::output);
      assertTrue(snapshot.output().startsWith("{\"cluster\":null,\"drms\":\"torque\""));
    }
  }

  @Test
  void doctorIsRightThroughLinksInAHostileEnvironment() throws Exception {
    Path folder = Files.createSymbolicLink(directory.resolve("current"), image);
    Path link =
        Files.createSymbolicLink(directory.resolve("probe"), folder.resolve("bin/qstat-probe"));
    try (RunningProcess doctor = launch(HOSTILE, link, "doctor")) {
      assertEquals(0, doctor.exitCode(Eventually.PATIENCE), doctor::output);
      assertTrue(doctor.output().contains("torque"), doctor::output);
      assertFalse(doctor.output().contains("Picked up"), doctor::output);
    }
  }

  @Test
  void itServesAPortWithItsOwnJava() throws Exception {
    try (RunningProcess probe =
        launch(HOSTILE, launcher(), "serve", "--bind", "tcp://127.0.0.1:*")) {
      probe.awaitLine("listening on tcp://127.0.0.1:\\d+");
      Path java = Path.of("/proc/" + probe.pid() + "/exe").toRealPath();
      assertEquals(image.resolve("lib/runtime/bin/java").toRealPath(), java);
      probe.terminate();
      assertEquals(143, probe.exitCode(Eventually.PATIENCE), probe::output);
    }
  }

  @Test
  void itServesAPeerOverStandardInput() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command(HOSTILE, launcher(), "serve", "--stdio"));
    Process probe = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (DataOutputStream to = new DataOutputStream(probe.getOutputStream());
        DataInputStream from = new DataInputStream(probe.getInputStream())) {
      byte[] request =
          "{\"protocol\":\"qstat-mesh/1\",\"id\":\"7\",\"op\":\"snapshot\"}"
              .getBytes(StandardCharsets.UTF_8);
      to.writeInt(request.length);
      to.write(request);
      to.flush();
      byte[] reply = new byte[from.readInt()];
      from.readFully(reply);
      String text = new String(reply, StandardCharsets.UTF_8);
      assertTrue(text.contains("\"drms\":\"torque\""), text);
    } finally {
      probe.destroyForcibly();
    }
  }

  /** Java passes over an archive that does not fit, and starts later: nobody would notice. */
  @Test
  void itsClassesAreReadyWhereverItLies() throws Exception {
    String release = Files.readString(image.resolve("lib/runtime/release"));
    boolean ofJava17 = release.contains("JAVA_VERSION=\"17");
    String className = ofJava17 ? "java.lang.Object" : "org.qstatmesh.probe.Main";
    List<String> environment = List.of("QSTAT_PROBE_JAVA_OPTS=-Xlog:class+load -XX:+UseSerialGC");
    try (RunningProcess version = launch(environment, launcher(), "--version")) {
      assertEquals(0, version.exitCode(Eventually.PATIENCE), version::output);
      version.awaitLine("\\b" + className + " source: shared objects file");
    }
  }

  private static Path launcher() {
    return image.resolve("bin/qstat-probe");
  }

  private static RunningProcess launch(List<String> environment, Path launcher, String... words)
      throws IOException {
    return RunningProcess.start("image", command(environment, launcher, words));
  }

  /** With these variables and no others. */
  private static List<String> command(List<String> environment, Path launcher, String... words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
    command.addAll(environment);
    command.add(launcher.toString());
    command.addAll(List.of(words));
    if (!words[0].startsWith("-")) {
      command.addAll(List.of("--command-path", commands.toString()));
    }
    return command;
  }
}
