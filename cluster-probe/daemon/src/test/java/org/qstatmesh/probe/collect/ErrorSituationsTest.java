package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.CapturedErrors;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;

/** Each recorded situation against the failure codes it must give. */
@Timeout(60)
class ErrorSituationsTest {
  private static final CommandLimits LIMITS =
      CommandLimits.DEFAULT.withDeadline(Duration.ofSeconds(1));

  /** Columns: what qstat's collectors (server, jobs, queues) say, what pbsnodes' (nodes) says. */
  private static final String TABLE =
      """
      torque-6.1.3,     unknown-job,             DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      torque-6.1.3,     mixed-known-unknown,     DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      torque-6.1.3,     unknown-queue,           DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      torque-6.1.3,     unknown-server,          DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      torque-6.1.3,     unknown-node,            DRMS_COMMAND_MISSING, DRMS_COMMAND_FAILED
      torque-6.1.3,     hang-sigstop-server,     DRMS_TIMEOUT,         DRMS_TIMEOUT
      openpbs-23.06.06, unknown-job,             DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      openpbs-23.06.06, mixed-known-unknown,     DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      openpbs-23.06.06, unknown-queue,           DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      openpbs-23.06.06, unknown-server,          DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      openpbs-23.06.06, unknown-node,            DRMS_COMMAND_MISSING, DRMS_COMMAND_FAILED
      openpbs-23.06.06, finished-job,            DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      openpbs-23.06.06, hang-sigstop-server,     DRMS_TIMEOUT,         DRMS_TIMEOUT
      openpbs-23.06.06, down-server,             DRMS_COMMAND_FAILED,  DRMS_COMMAND_FAILED
      openpbs-23.06.06, no-pbs-conf,             DRMS_COMMAND_FAILED,  DRMS_COMMAND_FAILED
      openpbs-23.06.06, auth-pbs_iff-not-setuid, DRMS_COMMAND_FAILED,  DRMS_COMMAND_MISSING
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void isNamedByItsCode(String capture, String situation, String qstat, String pbsnodes)
      throws Exception {
    Taking taking = take(capture, situation, DrmsChoice.of(capture.split("-")[0]));
    assertNull(Pictures.of(taking));
    assertEquals(qstat, taking.error().code(), taking.error().message());
    Map<String, String> codes =
        taking.outcomes().stream()
            .collect(Collectors.toMap(o -> o.collector(), o -> o.error().code()));
    assertEquals(Map.of("server", qstat, "jobs", qstat, "queues", qstat, "nodes", pbsnodes), codes);
  }

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void isNamedByDetectionToo(String capture, String situation, String qstat, String pbsnodes)
      throws Exception {
    Taking taking = take(capture, situation, DrmsChoice.AUTO);
    assertNull(taking.drms());
    assertEquals(qstat, taking.error().code(), taking.error().message());
  }

  /**
   * Silence and success together are an empty queue, as both list one; a server is never silent.
   */
  @ParameterizedTest
  @CsvSource({"torque-6.1.3", "openpbs-23.06.06"})
  void anEmptyListingIsNoFailure(String capture) throws Exception {
    Taking taking = take(capture, "unknown-user", DrmsChoice.of(capture.split("-")[0]));
    assertEquals(List.of(), Pictures.of(taking).jobs());
    assertEquals("DRMS_UNPARSABLE", taking.outcomes().get(0).error().code());
    assertNull(Pictures.of(taking).nodes());
  }

  @Test
  void theTableHasEverySituation() throws Exception {
    TreeSet<String> recorded = new TreeSet<>();
    for (String capture : List.of("torque-6.1.3", "openpbs-23.06.06")) {
      CapturedErrors.situations(capture).forEach(name -> recorded.add(capture + " " + name));
    }
    TreeSet<String> listed =
        new TreeSet<>(List.of("openpbs-23.06.06 unknown-user", "torque-6.1.3 unknown-user"));
    TABLE
        .lines()
        .map(line -> line.split(",\\s*"))
        .forEach(row -> listed.add(row[0] + " " + row[1]));
    assertEquals(recorded, listed);
  }

  private Taking take(String capture, String situation, DrmsChoice choice) throws Exception {
    CapturedErrors.make(capture, situation, folder);
    CommandRunner runner = new CommandRunner(CommandPath.only(folder), Map.of(), LIMITS);
    return new SnapshotTaker(runner, choice, new TakerOptions(Duration.ZERO, false, "test")).take();
  }
}
