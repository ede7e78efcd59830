package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.StdioProbe;

/** The packaged probe with commands that behave as badly as commands can. */
@Timeout(180)
class ProbeFaultsIT {
  private static final int RUNS = 1_000;

  /** Server, jobs, nodes and queues. */
  private static final int COMMANDS_OF_A_SNAPSHOT = 4;

  private static final long MOST_MEBIBYTES = 256;

  private static final String JOBS =
      "<Data><Job><Job_Id>11.login1</Job_Id><Job_Owner>alice@login1</Job_Owner>"
          + "<job_state>R</job_state><exec_host>n001/0-3</exec_host></Job></Data>";

  private static final String NODES =
      "<Data><Node><name>n001</name><state>free</state><np>16</np></Node></Data>";

  /** What listing jobs does, and what that is called; empty for a picture. */
  private static final List<String[]> QUICK_FAULTS =
      List.of(
          new String[] {"echo '" + JOBS + "'", ""},
          new String[] {"echo '<Data><Job><Job_Id>1.s<'; exit 1", "DRMS_COMMAND_FAILED"},
          new String[] {"echo '<Data><Job><Job_Id>1.s<'", "DRMS_UNPARSABLE"},
          new String[] {"echo 'Connection refused'", "DRMS_UNPARSABLE"},
          new String[] {"echo 'cannot connect' >&2", "DRMS_COMMAND_FAILED"},
          new String[] {"kill -KILL $$", "DRMS_COMMAND_FAILED"},
          new String[] {"exec /opt/gone/bin/qstat", "DRMS_COMMAND_MISSING"},
          new String[] {"exec >&- 2>&-; sleep 0.01", ""},
          new String[] {"head -c 300000 /dev/zero >&2; echo '" + JOBS + "'", ""},
          new String[] {"head -c 300000 /dev/urandom", "DRMS_UNPARSABLE"},
          new String[] {"setsid sleep 0.2 & sleep 0.2 & echo '" + JOBS + "'", ""},
          new String[] {"echo '" + JOBS + "'; exit 153", "DRMS_COMMAND_FAILED"});

  @TempDir private Path folder;

  @Test
  void aThousandRunsLeaveNothingBehind() throws Exception {
    makeCommand("pbsnodes", "echo '" + NODES + "'");
    makeQstat(QUICK_FAULTS.get(0)[0]);
    try (StdioProbe probe = StdioProbe.start(folder, folder.resolve("log"), "--drms", "torque")) {
      for (int i = 0; i < 2 * QUICK_FAULTS.size(); i++) {
        takeOne(probe, QUICK_FAULTS.get(i % QUICK_FAULTS.size()));
      }
      long descriptors = probe.descriptors();
      for (int i = 0; i < RUNS / COMMANDS_OF_A_SNAPSHOT; i++) {
        takeOne(probe, QUICK_FAULTS.get(i % QUICK_FAULTS.size()));
      }
      Eventually.eventually(
          "its children are gone",
          Duration.ofSeconds(5),
          () -> probe.children().isEmpty(),
          () -> "");
      assertTrue(
          probe.descriptors() <= descriptors + 2, () -> "descriptors grew from " + descriptors);
      assertTrue(probe.highestResidentMebibytes() < MOST_MEBIBYTES);
    }
  }

  private void takeOne(StdioProbe probe, String[] fault) throws IOException {
    makeQstat(fault[0]);
    JsonNode snapshot = probe.snapshot().path("snapshot");
    assertEquals(fault[1], codeOf(snapshot, "jobs"), fault[0]);
    assertEquals("", codeOf(snapshot, "nodes"));
    assertEquals(fault[1].isEmpty(), snapshot.path("jobs").isArray(), fault[0]);
  }

  private static String codeOf(JsonNode snapshot, String name) {
    for (JsonNode collector : snapshot.path("collectors")) {
      if (collector.path("collector").asText().equals(name)) {
        return collector.path("error").path("code").asText();
      }
    }
    throw new AssertionError("no collector " + name + " in " + snapshot);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"zeros", "jobs", "one value"})
  void twoGigabytesOfOutputAreStoppedInLittleMemory(String kind) throws Exception {
    makeCommand("pbsnodes", "echo '" + NODES + "'");
    String job = JOBS.substring("<Data>".length(), JOBS.length() - "</Data>".length());
    makeQstat(
        switch (kind) {
          case "zeros" -> "head -c 2000000000 /dev/zero";
          case "jobs" -> "echo '<Data>'; yes '" + job + "' | head -c 2000000000";
          default -> "echo '<Data><Job><comment>'; head -c 2000000000 /dev/zero | tr '\\0' x";
        });
    try (StdioProbe probe = StdioProbe.start(folder, folder.resolve("log"), "--drms", "torque")) {
      JsonNode[] reply = new JsonNode[1];
      Eventually.eventually(
          "a snapshot",
          Duration.ofSeconds(70),
          () -> {
            reply[0] = probe.snapshot();
            return reply[0].has("snapshot");
          },
          () -> reply[0].toString());
      String code = codeOf(reply[0].path("snapshot"), "jobs");
      // A slow machine stops it by its time before it has come to its limit.
      assertTrue(Set.of("DRMS_UNPARSABLE", "DRMS_TIMEOUT").contains(code), code);
      assertTrue(probe.children().isEmpty());
      long most = probe.highestResidentMebibytes();
      assertTrue(most < MOST_MEBIBYTES, most + " MiB");
    }
  }

  /**
   * The version is asked with a deadline of ten seconds; all bad habits at once. What left the
   * session has gone too.
   */
  @Test
  void whatHangsIsGoneSoonAfterItsDeadline() throws Exception {
    String tree = "9" + (System.nanoTime() & 0xffff_ffffL);
    makeCommand(
        "qstat",
        """
        trap '' TERM HUP INT
        sleep TREE &
        (setsid sh -c 'sleep TREE & sleep TREE' &)
        setsid sleep TREE &
        echo half
        exec >&- 2>&-
        sleep TREE &
        kill -STOP $!
        kill -STOP $$
        sleep TREE
        """
            .replace("TREE", tree));
    long began = System.nanoTime();
    try (StdioProbe probe = StdioProbe.start(folder, folder.resolve("log"))) {
      Eventually.eventually(
          "the tree grows",
          Duration.ofSeconds(9),
          () -> {
            probe.snapshot();
            return processesWith(tree) >= 5;
          },
          () -> "");
      JsonNode[] reply = new JsonNode[1];
      Eventually.eventually(
          "its failure has a name",
          Duration.ofSeconds(20),
          () -> {
            reply[0] = probe.snapshot();
            return reply[0].path("error").path("message").asText().contains("killed");
          },
          () -> reply[0].toString());
      assertEquals("DRMS_TIMEOUT", reply[0].path("error").path("code").asText());
      Duration deadline = Duration.ofSeconds(10 + 2);
      long left = deadline.toNanos() - (System.nanoTime() - began);
      Eventually.eventually(
          "the tree is gone",
          Duration.ofNanos(Math.max(left, Duration.ofSeconds(2).toNanos())),
          () -> processesWith(tree) == 0,
          () -> "");
    }
  }

  private static long processesWith(String argument) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(argument))
        .count();
  }

  private void makeQstat(String listing) throws IOException {
    makeCommand(
        "qstat",
        """
        case "$*" in
        --version) echo 'Version: 6.1.3' ;;
        *-B*) printf 'Server: login1\\n    query_other_jobs = True\\n    pbs_version = 6.1.3\\n\\n' ;;
        *-Q*) printf 'Queue: batch\\n    enabled = True\\n    started = True\\n\\n' ;;
        *) LISTING ;;
        esac
        """
            .replace("LISTING", listing));
  }

  private void makeCommand(String name, String body) throws IOException {
    Path next = folder.resolve(name + ".next");
    Files.writeString(next, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    assertFalse(Files.exists(next));
  }
}
