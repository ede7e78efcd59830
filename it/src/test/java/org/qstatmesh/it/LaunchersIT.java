package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.RunningProcess;

/** The launchers of conf/packaging as they lie in the checkout. */
@Timeout(120)
class LaunchersIT {
  @TempDir private Path directory;

  @Test
  void bothFindTheirJars() throws Exception {
    for (String name : List.of("qstat-mesh", "qstat-probe")) {
      try (RunningProcess version = launch(name, "--version")) {
        assertEquals(0, version.exitCode(Eventually.PATIENCE), version::output);
        assertTrue(version.output().startsWith(name + " "), version::output);
      }
    }
  }

  @Test
  void theProbeStaysSmallOnALoginNode() throws Exception {
    Path commands = FakeScheduler.torque(directory.resolve("torque")).directory();
    try (RunningProcess probe =
        launch(
            "qstat-probe",
            "serve",
            "--bind",
            "tcp://127.0.0.1:*",
            "--command-path",
            commands.toString())) {
      probe.awaitLine("listening on");
      String commandLine = Files.readString(Path.of("/proc/" + probe.pid() + "/cmdline"));
      assertTrue(commandLine.contains("-Xmx384m"), commandLine);
      assertTrue(commandLine.contains("-XX:ActiveProcessorCount=1"), commandLine);
      probe.terminate();
      assertEquals(143, probe.exitCode(Eventually.PATIENCE), probe::output);
    }
  }

  @Test
  void aMissingJarIsSaid() throws Exception {
    Path alone = directory.resolve("qstat-probe");
    Files.copy(launcher("qstat-probe"), alone);
    assertTrue(alone.toFile().setExecutable(true));
    try (RunningProcess probe = RunningProcess.start("launcher", List.of(alone.toString()))) {
      assertEquals(78, probe.exitCode(Eventually.PATIENCE), probe::output);
      assertTrue(probe.output().contains("QSTAT_PROBE_JAR"), probe::output);
    }
  }

  /** systemd must not start again what only a person can mend, nor call SIGTERM a failure. */
  @Test
  void theUnitsKnowTheExitCodes() throws Exception {
    for (String name : List.of("qstat-mesh", "qstat-mesh@", "qstat-probe", "qstat-probe-user")) {
      List<String> unit = Files.readAllLines(launcher(name + ".service"));
      assertTrue(
          unit.stream().anyMatch(line -> line.matches("RestartPreventExitStatus=.*\\b78\\b.*")));
      assertTrue(unit.contains("SuccessExitStatus=143"));
    }
  }

  private static Path launcher(String name) {
    return Checkout.root().resolve("conf/packaging").resolve(name);
  }

  private static RunningProcess launch(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher(name).toString()));
    command.addAll(List.of(arguments));
    return RunningProcess.start(name, command);
  }
}
