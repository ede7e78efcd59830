package org.qstatmesh.probe.gridengine;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.Job;

/** Each recorded situation against its failure code, and whole collections by replayed commands. */
@Timeout(60)
class GridEngineErrorsTest {
  private static final String CAPTURE = "gridengine-8.1.9";
  private static final Path CAPTURES = Path.of("src/test/resources/captures", CAPTURE, "errors");
  private static final Path FIXTURE =
      Path.of("src/test/resources/fixtures", CAPTURE, "mixed").toAbsolutePath();

  /** Columns: what qstat's collectors say, what qhost's say. */
  private static final String TABLE =
      """
      down-qmaster,         DRMS_COMMAND_FAILED, DRMS_COMMAND_FAILED
      bad-act_qmaster,      DRMS_COMMAND_FAILED, DRMS_COMMAND_MISSING
      hang-sigstop-qmaster, DRMS_TIMEOUT,        DRMS_TIMEOUT
      unknown-job,          DRMS_COMMAND_FAILED, DRMS_COMMAND_MISSING
      unknown-user,         DRMS_UNPARSABLE,     DRMS_COMMAND_MISSING
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void isNamedByItsCode(String situation, String qstat, String qhost) throws Exception {
    CapturedErrors.make(CAPTURE, situation, folder);
    Taking taking = take(DrmsChoice.GRIDENGINE, Duration.ofSeconds(1));
    assertNull(Pictures.of(taking));
    assertEquals(qstat, taking.error().code(), taking.error().message());
    assertEquals(
        Map.of(
            "server", qstat, "jobDetails", qstat, "jobs", qstat, "nodes", qhost, "queues", qhost),
        codes(taking));
  }

  @Test
  void theTableHasEverySituation() throws Exception {
    TreeSet<String> listed = new TreeSet<>(List.of("no-sge-root"));
    TABLE.lines().map(line -> line.split(",")[0]).forEach(listed::add);
    assertEquals(new TreeSet<>(CapturedErrors.situations(CAPTURE)), listed);
  }

  @Test
  void aMissingSgeRootIsSaid() throws Exception {
    String refusal = CAPTURES.resolve("no-sge-root.qstat.err").toAbsolutePath().toString();
    String command = "cat '" + refusal + "' >&2; exit 1";
    new FakeCommands(folder).command("qstat", command).command("qhost", command);
    for (DrmsChoice choice : List.of(DrmsChoice.GRIDENGINE, DrmsChoice.AUTO)) {
      Taking taking = take(choice, Duration.ofSeconds(30));
      assertEquals("DRMS_COMMAND_FAILED", taking.error().code());
      assertTrue(taking.error().message().contains("SGE_ROOT"), taking.error().message());
    }
  }

  @Test
  void aHelpTextWithoutAServerIsNoPicture() throws Exception {
    String refused = "echo 'error: unable to send message to qmaster' >&2; exit 1";
    new FakeCommands(folder)
        .command(
            "qstat",
            "case \"$*\" in -help) " + cat("qstat-help") + " ;; *) " + refused + " ;; esac")
        .command("qhost", refused);
    Taking taking = take(DrmsChoice.GRIDENGINE, Duration.ofSeconds(30));
    assertNull(Pictures.of(taking));
    assertEquals("DRMS_COMMAND_FAILED", taking.error().code());
  }

  @Test
  void isDetectedByItsHelp() throws Exception {
    cluster(cat("qstat-j-all-xml"));
    Taking taking = take(DrmsChoice.AUTO, Duration.ofSeconds(30));
    assertTrue(taking.complete(), taking.outcomes().toString());
    assertEquals("gridengine", Pictures.of(taking).drms());
    assertEquals("SGE 8.1.9", Pictures.of(taking).drmsVersion());
    assertEquals(
        "[server, jobDetails, jobs, nodes, nodeDetails, queues]",
        Pictures.of(taking).collectors().stream().map(r -> r.collector()).toList().toString());
    assertEquals("chem", job(taking, "2").groupName());
    assertEquals(16, Pictures.of(taking).nodes().get(1).slots());
  }

  @Test
  void jobsAreShownWithoutGroupsWhenNobodyTellsThem() throws Exception {
    cluster("echo 'error: no memory' >&2; exit 1");
    Taking taking = take(DrmsChoice.GRIDENGINE, Duration.ofSeconds(30));
    assertEquals(Map.of("jobDetails", "DRMS_COMMAND_FAILED"), codes(taking));
    assertEquals("alice", job(taking, "2").jobOwner());
    assertNull(job(taking, "2").groupName());
    assertNotNull(Pictures.of(taking).nodes());
  }

  private void cluster(String details) {
    new FakeCommands(folder)
        .command(
            "qstat",
            String.join(
                "\n",
                "case \"$*\" in",
                "-help) " + cat("qstat-help") + " ;;",
                "'-f -u * -xml') " + cat("qstat-f-u-all-xml") + " ;;",
                "'-j * -xml') " + details + " ;;",
                "*) echo 'error: invalid option argument' >&2; exit 1 ;;",
                "esac"))
        .command(
            "qhost",
            String.join(
                "\n",
                "case \"$*\" in",
                "'-q -xml') " + cat("qhost-q-xml") + " ;;",
                "'-F -xml') " + cat("qhost-F-xml") + " ;;",
                "*) exit 1 ;;",
                "esac"));
  }

  private static String cat(String file) {
    return "cat '" + FIXTURE.resolve(file + ".out") + "'";
  }

  private static Job job(Taking taking, String id) {
    return Pictures.of(taking).jobs().stream()
        .filter(job -> job.jobId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + id));
  }

  private static Map<String, String> codes(Taking taking) {
    return taking.outcomes().stream()
        .filter(outcome -> !outcome.success())
        .collect(toMap(outcome -> outcome.collector(), outcome -> outcome.error().code()));
  }

  private Taking take(DrmsChoice choice, Duration deadline) throws Exception {
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(deadline);
    CommandRunner runner = new CommandRunner(CommandPath.only(folder), Map.of(), limits);
    return new SnapshotTaker(runner, choice, new TakerOptions(Duration.ZERO, false, "test")).take();
  }
}
