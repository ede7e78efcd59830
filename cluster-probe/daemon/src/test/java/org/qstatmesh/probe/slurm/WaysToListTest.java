package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.qstatmesh.probe.collect.Pictures;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.collect.TakerOptions;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.Job;

/** Which of squeue's forms is asked for when, and what of it is shown. */
@Timeout(60)
class WaysToListTest {
  private static final String RECORD =
      "%1$s|%1$s|%1$s|N/A|alice|chem|chem|gpu|normal|RUNNING|R|None|4|1|0|1:00:00|59:00|1:00"
          + "|1795329240MARK|1795329241MARK|1795332841MARK|1|N/A|n001|n001|%2$s\n";
  private static final String TEXT =
      RECORD.formatted("1", "x\n" + RECORD.formatted("999", "forged").replace("MARK", "").strip())
          + RECORD.formatted("2", "run");
  private static final String JSON =
      """
      {"jobs":[
      {"job_id":1,"user_name":"alice","job_state":"RUNNING","cpus":4,"node_count":1,"name":"x"},
      {"job_id":2,"user_name":"alice","job_state":"RUNNING","cpus":4,"node_count":1,"name":"run"}],
      "errors":[ERRORS]}
      """;
  private static final String DETAILS = "1|1795329240MARK|gres/gpu=2|N/A|N/A|N/A|N/A|1|0|\n";

  @TempDir Path folder;
  private FakeCommands commands;

  @BeforeEach
  void scontrol() {
    commands = new FakeCommands(folder);
    config("MARK");
  }

  private void config(String mark) {
    put(
        "config",
        "Configuration data as of 1795329240"
            + mark
            + "\nClusterName = c\nGresTypes = gpu\nSLURM_VERSION = 24.05.4\n");
    put("nodes", "NodeName=n001 CPUAlloc=8 CPUTot=16 State=MIXED\n");
    commands.command(
        "scontrol", print("*config", "config") + print("*node", "nodes") + print("*", ""));
  }

  /** With {@code mark} behind its times as asked, or nothing. */
  private void squeue(String text, String json) {
    put("text", text);
    put("json", json);
    put("details", DETAILS);
    commands.command(
        "squeue", print("*--json", "json") + print("*-O*", "details") + print("*", "text"));
  }

  @Test
  void markedTextIsEnoughAndNothingElseIsAsked() throws Exception {
    squeue(TEXT, JSON);
    Taking taking = take();
    assertEquals(List.of("1", "2"), jobIds(taking));
    assertEquals(0, commands.calls("squeue -a --json"));
    assertEquals(1, problems(taking), "a name imitates a record");
    List<Job> jobs = Pictures.of(taking).jobs();
    assertEquals(2, jobs.get(0).gpus(), "from the second listing");
    assertTrue(taking.complete(), taking.outcomes().toString());
  }

  @Test
  void unmarkedTextGivesWayToJson() throws Exception {
    config("");
    squeue(TEXT.replace("MARK", ""), JSON.replace("ERRORS", ""));
    Taking taking = take();
    assertEquals(List.of("1", "2"), jobIds(taking));
    assertEquals("squeue -a --json", jobs(taking).command());
    assertEquals(0, problems(taking));
    assertEquals(0, commands.calls("squeue -a -h -O"), "it could not be told from forgeries");
    assertTrue(taking.complete(), taking.outcomes().toString());
    long bytes = taking.outcomes().stream().mapToLong(CommandOutcome::outputBytes).sum();
    assertTrue(taking.snapshot().cost().outputBytes() > bytes, "the text was read, too");
  }

  @Test
  void unmarkedTextIsKeptWhereJsonFailsAndForgeriesAreCounted() throws Exception {
    config("");
    String name = TEXT.replace("MARK", "").replace("|forged", "");
    squeue(name, JSON.replace("ERRORS", "{\"description\":\"no plugin\",\"error_number\":-1}"));
    Taking taking = take();
    assertEquals(List.of("1", "2"), jobIds(taking));
    assertEquals(1, problems(taking));
    assertEquals(2, commands.calls("squeue -a -h -o"));
  }

  @Test
  void whatNobodyCanReadIsRefusedInTheWordsOfTheFirstWay() throws Exception {
    squeue("JOBID PARTITION NAME\n", "no json\n");
    Taking taking = take();
    assertEquals("DRMS_UNPARSABLE", jobs(taking).error().code());
    assertTrue(jobs(taking).error().message().contains("no line is a job record"));
    assertEquals(1, taking.outcomes().stream().filter(o -> o.collector().equals("jobs")).count());
  }

  private static String print(String arguments, String file) {
    return file.isEmpty()
        ? "exit 0\n"
        : "case \"$*\" in "
            + arguments
            + ") sed \"s/MARK/${SLURM_TIME_FORMAT#%s}/g\" \"${0%/*}/"
            + file
            + ".txt\"; exit 0;; esac\n";
  }

  private void put(String name, String text) {
    try {
      Files.writeString(folder.resolve(name + ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> jobIds(Taking taking) {
    return Pictures.of(taking).jobs().stream().map(Job::jobId).toList();
  }

  private static CommandOutcome<?> jobs(Taking taking) {
    return taking.outcomes().stream().filter(o -> o.collector().equals("jobs")).findFirst().get();
  }

  private static int problems(Taking taking) {
    return jobs(taking).problems();
  }

  private Taking take() throws Exception {
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(Duration.ofSeconds(20));
    CommandRunner runner = new CommandRunner(CommandPath.only(folder), Map.of(), limits);
    return new SnapshotTaker(
            runner, DrmsChoice.SLURM, new TakerOptions(Duration.ZERO, false, "test"))
        .take();
  }
}
