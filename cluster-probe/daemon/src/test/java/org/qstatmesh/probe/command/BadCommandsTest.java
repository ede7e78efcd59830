package org.qstatmesh.probe.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.torque.TorqueAdapter;

/** Every way in which a command can misbehave: what it is called, and that nothing of it stays. */
@Timeout(120)
class BadCommandsTest {
  private static final Duration DEADLINE = Duration.ofMillis(700);

  /** What ends otherwise may take its time on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Within this time after the deadline the whole tree is gone. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(2);

  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void makeFolder() {
    commands = new FakeCommands(folder);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      value = {
        "hangs ~ DRMS_TIMEOUT ~ sleep TREE",
        "hangs with a grandchild ~ DRMS_TIMEOUT ~ (sleep TREE; echo late) & sleep TREE",
        "leaves its session ~ DRMS_TIMEOUT ~ setsid sleep TREE & sleep TREE",
        "has a daemon ~ DRMS_TIMEOUT ~ (setsid sh -c 'sleep TREE & sleep TREE' &) ; sleep TREE",
        "ignores signals ~ DRMS_TIMEOUT ~ trap '' TERM HUP INT; sleep TREE & while :; do wait; done",
        "stops itself ~ DRMS_TIMEOUT ~ sleep TREE & kill -STOP $$",
        "stops its child ~ DRMS_TIMEOUT ~ sleep TREE & kill -STOP $!; sleep TREE",
        "closes its output ~ DRMS_TIMEOUT ~ echo '<Data>'; exec >&- 2>&-; sleep TREE",
        "complains for ever ~ DRMS_TIMEOUT ~ while :; do echo complaint $$ TREE; done >&2",
        "forks on and on ~ DRMS_TIMEOUT ~ while :; do sleep TREE & sleep 0.02; done",
        "prints for ever ~ DRMS_UNPARSABLE ~ while :; do cat /bin/sh; done",
        "prints half and fails ~ DRMS_COMMAND_FAILED ~ echo '<Data><Job><Job_Id>1.s<'; exit 1",
        "prints half and dies ~ DRMS_COMMAND_FAILED ~ echo '<Data><Job><Job_Id>1.s<'; kill -KILL $$",
        "prints half ~ DRMS_UNPARSABLE ~ echo '<Data><Job><Job_Id>1.s</Job_Id>'",
        "prints an error ~ DRMS_UNPARSABLE ~ echo 'Connection refused'",
        "only complains ~ DRMS_COMMAND_FAILED ~ echo 'cannot connect to server' >&2",
        "cannot run ~ DRMS_COMMAND_MISSING ~ exec /opt/gone/bin/qstat"
      })
  void isNamedAndGone(String behaviour, String code, String script) throws Exception {
    String tree = "9" + (System.nanoTime() & 0xffff_ffffL);
    commands.command("qstat", script.replace("TREE", tree));
    List<String> printed = new ArrayList<>();
    long began = System.nanoTime();
    Duration deadline = code.equals("DRMS_TIMEOUT") ? DEADLINE : PATIENCE;
    CommandOutcome<Integer> outcome =
        runner(deadline).run(new TorqueAdapter(false).jobs(job -> printed.add(job.jobId())));
    assertFalse(outcome.success(), behaviour);
    assertEquals(code, outcome.error().code(), outcome.error().message());
    awaitNoneWith(tree, began + deadline.plus(GONE_WITHIN).toNanos());
  }

  @Test
  void aFloodOfComplaintsBesideAListingCostsNothing() {
    commands.command(
        "qstat", "head -c 3000000 /dev/zero | tr '\\0' x >&2; echo '<Data></Data>'; echo end >&2");
    assertTrue(runner(PATIENCE).run(new TorqueAdapter(false).jobs(job -> {})).success());
  }

  private CommandRunner runner(Duration deadline) {
    CommandLimits limits = new CommandLimits(deadline, 8 << 20, 1 << 16);
    return new CommandRunner(CommandPath.only(folder), Map.of(), limits);
  }

  /** Zombies count too: nobody but the probe would collect its own. */
  private static void awaitNoneWith(String argument, long untilNanos) throws Exception {
    List<String> left = processesWith(argument);
    while (!left.isEmpty()) {
      assertTrue(System.nanoTime() < untilNanos, "still there: " + left);
      TimeUnit.MILLISECONDS.sleep(10);
      left = processesWith(argument);
    }
  }

  private static List<String> processesWith(String argument) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        String line = commandLine(process);
        if (line.contains(argument)) {
          found.add(process.getFileName() + " " + line.replace('\0', ' '));
        }
      }
    }
    return found;
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException | UncheckedIOException gone) {
      return "";
    }
  }
}
