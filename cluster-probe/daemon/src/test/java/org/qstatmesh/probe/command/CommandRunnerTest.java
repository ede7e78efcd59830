package org.qstatmesh.probe.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.UnparsableException;

/** Real processes that behave as badly as real ones do. */
@Timeout(60)
class CommandRunnerTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final CommandLimits LIMITS =
      new CommandLimits(Duration.ofSeconds(20), 1 << 20, 1 << 16);

  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void makeFolder() {
    commands = new FakeCommands(folder);
  }

  @Test
  void handsTheOutputToTheParser() {
    commands.command("list", "echo one; echo two");
    CommandOutcome<String> outcome = run(SHORT);
    assertEquals("one\ntwo\n", outcome.value());
    assertEquals(8, outcome.outputBytes());
    assertEquals(0, outcome.exitCode());
    assertNull(outcome.error());
    assertTrue(outcome.report().success());
  }

  @Test
  void killsACommandThatHangsTogetherWithAGrandchildThatHoldsItsOutput() throws Exception {
    commands.command("list", "sleep 987601 & (sleep 987602; echo late) & sleep 987603");
    long began = System.nanoTime();
    CommandOutcome<String> outcome = run(SHORT);
    assertFailed("DRMS_TIMEOUT", "list did not end within 1 s and was killed", outcome);
    assertTrue(secondsSince(began) < 3, "took " + secondsSince(began) + " s");
    assertNoProcessWith("98760");
  }

  @Test
  void endsWithTheCommandEvenIfAGrandchildKeepsItsOutputOpen() throws Exception {
    commands.command("list", "sleep 987611 & echo $! > pid; echo hello".replace("pid", pidFile()));
    long began = System.nanoTime();
    CommandOutcome<String> outcome = run(LIMITS.deadline());
    assertEquals("hello\n", outcome.value());
    assertTrue(secondsSince(began) < 5, "took " + secondsSince(began) + " s");
    long grandchild = Long.parseLong(Files.readString(Path.of(pidFile())).strip());
    ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void stopsOutputThatDoesNotEnd() throws Exception {
    commands.command("list", "yes 987621");
    CommandOutcome<String> outcome = run(LIMITS.deadline());
    assertFailed("DRMS_UNPARSABLE", "list printed too much", outcome);
    assertTrue(outcome.outputBytes() < 2 << 20, "read " + outcome.outputBytes() + " bytes");
    assertNoProcessWith("987621");
  }

  @Test
  void isNotHeldUpByAFloodOfComplaints() {
    commands.command("list", "head -c 1000000 /dev/zero | tr '\\0' x >&2; echo done");
    CommandOutcome<String> outcome = run(LIMITS.deadline());
    assertEquals("done\n", outcome.value());
    assertEquals(LIMITS.maxComplaintBytes(), outcome.complaint().length());
  }

  @Test
  void waitsForACommandThatClosedItsOutputAndThenKillsIt() throws Exception {
    commands.command("list", "echo half; exec >&- 2>&-; sleep 987631");
    assertFailed("DRMS_TIMEOUT", "list did not end", run(SHORT));
    assertNoProcessWith("987631");
  }

  @Test
  void throwsAwayWhatAFailedCommandPrinted() {
    commands.command(
        "list", "echo half; echo 'Connection refused' >&2; echo 'at login1' >&2; exit 255");
    CommandOutcome<String> outcome = run(SHORT);
    assertFailed(
        "DRMS_COMMAND_FAILED", "list exited with 255: Connection refused; at login1", outcome);
    assertNull(outcome.value());
  }

  @Test
  void believesAGoodExitCodeOtherThanZero() {
    commands.command("list", "echo all; exit 153");
    Listing<String> listing =
        new Listing<>("jobs", List.of("list"), Set.of(153), (in, problems) -> text(in));
    assertEquals("all\n", runner().run(listing, SHORT).value());
  }

  @Test
  void believesAnEmptyListing() {
    commands.command("list", "exit 0");
    CommandOutcome<String> outcome = run(SHORT);
    assertTrue(outcome.success());
    assertEquals("", outcome.value());
  }

  @Test
  void doesNotBelieveAnEmptyListingBesideAComplaint() {
    commands.command("list", "echo 'slurm_load_jobs error' >&2");
    assertFailed(
        "DRMS_COMMAND_FAILED", "list printed only a complaint: slurm_load_jobs error", run(SHORT));
  }

  @Test
  void saysWhereAMissingCommandWasLookedFor() {
    assertFailed("DRMS_COMMAND_MISSING", "list is not in " + folder, run(SHORT));
  }

  @Test
  void tellsAForbiddenCommandFromAMissingOne() throws IOException {
    commands.command("list", "echo never");
    Files.setPosixFilePermissions(
        folder.resolve("list"), PosixFilePermissions.fromString("rw-r--r--"));
    assertFailed(
        "DRMS_COMMAND_MISSING",
        folder.resolve("list") + " may not be executed by user",
        run(SHORT));
  }

  @Test
  void takesAWrapperWithoutItsCommandForAMissingCommand() {
    commands.command("list", "exec /opt/gone/bin/list");
    assertFailed("DRMS_COMMAND_MISSING", "list exited with 127", run(SHORT));
    commands.script("list", "#!/opt/gone/interpreter\n");
    assertFailed("DRMS_COMMAND_MISSING", "list exited with 127", run(SHORT));
  }

  @Test
  void runsNoShell() {
    commands.command("list", "for word in \"$@\"; do echo \"<$word>\"; done");
    Listing<String> listing =
        new Listing<>(
            "jobs", List.of("list", "a b; touch x", "$(id)", "*"), Set.of(), (in, p) -> text(in));
    assertEquals("<a b; touch x>\n<$(id)>\n<*>\n", runner().run(listing, SHORT).value());
  }

  @Test
  void givesTheSchedulersVariablesAndNothingElse() {
    commands.script("list", "#!/usr/bin/env -S /bin/sh -c env\n");
    Map<String, String> inherited =
        Map.of(
            "PBS_DEFAULT",
            "login1",
            "SGE_ROOT",
            "/sge",
            "SLURM_CONF",
            "/s",
            "LD_PRELOAD",
            "x",
            "HOME",
            "/root");
    CommandRunner runner = new CommandRunner(CommandPath.only(folder), inherited, LIMITS);
    String seen = runner.run(listing(), SHORT).value();
    Set<String> names = Set.copyOf(seen.lines().map(line -> line.split("=", 2)[0]).toList());
    assertTrue(seen.contains("LC_ALL=C\n"), seen);
    assertTrue(seen.contains("TZ=UTC\n"), seen);
    assertTrue(seen.contains("PATH=" + folder + ":"), seen);
    assertTrue(names.containsAll(Set.of("PBS_DEFAULT", "SGE_ROOT", "SLURM_CONF")), seen);
    assertFalse(names.contains("HOME"), seen);
    assertFalse(names.contains("LD_PRELOAD"), seen);
  }

  @Test
  void givesNothingToRead() {
    commands.command("list", "cat; echo end");
    assertEquals("end\n", run(SHORT).value());
  }

  @Test
  void replacesBytesThatAreNoText() {
    commands.command("list", "printf 'caf\\351\\n'");
    assertEquals("caf\ufffd\n", run(SHORT).value());
  }

  @Test
  void reportsWhatTheParserRefuses() {
    commands.command("list", "echo something else");
    Listing<String> refusing =
        new Listing<>(
            "jobs",
            List.of("list"),
            Set.of(),
            (in, problems) -> {
              throw new UnparsableException("no job listing at line 1");
            });
    assertFailed(
        "DRMS_UNPARSABLE", "list: no job listing at line 1", runner().run(refusing, SHORT));
  }

  @Test
  void survivesADefectInAParser() {
    commands.command("list", "echo x");
    Listing<String> broken =
        new Listing<>(
            "jobs",
            List.of("list"),
            Set.of(),
            (in, problems) -> {
              throw new IllegalStateException("index 7");
            });
    assertFailed("DRMS_UNPARSABLE", "list: defect in the parser", runner().run(broken, SHORT));
  }

  @Test
  void blamesTheCommandBeforeTheParser() {
    commands.command("list", "echo '<Data>'; echo 'trqauthd is down' >&2; exit 33");
    Listing<String> refusing =
        new Listing<>(
            "jobs",
            List.of("list"),
            Set.of(),
            (in, problems) -> {
              throw new UnparsableException("cut off");
            });
    assertFailed(
        "DRMS_COMMAND_FAILED",
        "list exited with 33: trqauthd is down",
        runner().run(refusing, SHORT));
  }

  @Test
  void escapesWhatItQuotes() {
    commands.command("list", "printf 'a\\033[31mb\\rc\\n' >&2; exit 1");
    assertFailed("DRMS_COMMAND_FAILED", "list exited with 1: a\\u001b[31mb; c", run(SHORT));
  }

  @Test
  void closingKillsWhatRunsAndStartsNothingMore() throws Exception {
    commands.command("list", "echo up > '" + pidFile() + "'; sleep 987641 & sleep 987642");
    CommandRunner runner = runner();
    CompletableFuture<CommandOutcome<String>> running =
        CompletableFuture.supplyAsync(() -> runner.run(listing(), LIMITS.deadline()));
    awaitFile(Path.of(pidFile()));
    long began = System.nanoTime();
    runner.close();
    assertFalse(running.get(2, TimeUnit.SECONDS).success());
    assertTrue(secondsSince(began) < 2, "took " + secondsSince(began) + " s");
    assertNoProcessWith("98764");
    assertFalse(runner.run(listing(), SHORT).success());
  }

  @Test
  void leavesNoDescriptorAndNoZombieBehind() throws Exception {
    commands.command("list", "echo line");
    commands.command("hung", "sleep 987651 & sleep 987652");
    CommandRunner runner = runner();
    Listing<String> hung =
        new Listing<>("jobs", List.of("hung"), Set.of(), (in, problems) -> text(in));
    for (int i = 0; i < 10; i++) {
      assertTrue(runner.run(listing(), LIMITS.deadline()).success());
    }
    long before = descriptors();
    for (int i = 0; i < 190; i++) {
      assertTrue(runner.run(listing(), LIMITS.deadline()).success());
    }
    for (int i = 0; i < 10; i++) {
      assertFalse(runner.run(hung, Duration.ofMillis(50)).success());
    }
    assertTrue(descriptors() <= before + 2, "descriptors: " + before + ", now " + descriptors());
    assertEquals(0, zombies());
    assertNoProcessWith("98765");
  }

  private CommandRunner runner() {
    return new CommandRunner(CommandPath.only(folder), Map.of(), LIMITS);
  }

  private CommandOutcome<String> run(Duration deadline) {
    return runner().run(listing(), deadline);
  }

  private static Listing<String> listing() {
    return new Listing<>("jobs", List.of("list"), Set.of(), (in, problems) -> text(in));
  }

  private static String text(Reader in) throws IOException {
    StringWriter text = new StringWriter();
    in.transferTo(text);
    return text.toString();
  }

  private String pidFile() {
    return folder.resolve("pid").toString();
  }

  private static void assertFailed(String code, String beginning, CommandOutcome<?> outcome) {
    assertFalse(outcome.success());
    assertEquals(code, outcome.error().code(), outcome.error().message());
    assertTrue(outcome.error().message().startsWith(beginning), outcome.error().message());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /** Children of this JVM that ended and were not waited for, by proc(5). */
  private static long zombies() throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    long zombies = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        String stat = stat(process);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        zombies += fields[0].equals("Z") && fields[1].equals(self) ? 1 : 0;
      }
    }
    return zombies;
  }

  private static String stat(Path process) {
    try {
      return Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "() X 0";
    }
  }

  private static void awaitFile(Path file) throws Exception {
    while (!Files.exists(file) || Files.size(file) == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Asked until it is so: a killed process needs a moment to be gone. */
  private static void assertNoProcessWith(String argument) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (anyProcessWith(argument)) {
      assertTrue(System.nanoTime() < deadline, "a process with " + argument + " lives on");
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean anyProcessWith(String argument) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .anyMatch(line -> line.contains("sleep " + argument) || line.contains("yes " + argument));
  }
}
