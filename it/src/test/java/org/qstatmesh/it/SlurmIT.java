package org.qstatmesh.it;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.SlurmCluster;

/**
 * A real Slurm with jobs of several users in every state that lasts: the probe's numbers are those
 * that Slurm's own commands give when they print one column, which no name can break. Slurm's
 * wrappers of TORQUE's commands are on the PATH.
 */
@Timeout(180)
class SlurmIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORGED =
      "x\n999|999|999|N/A|qm-bob|root|root|batch|normal|RUNNING|R|None|64|1|0|1:00|1:00|0:01"
          + "|1795329240|1795329240|N/A|1|N/A|n001|n001|forged";

  private static final List<String> NAMES =
      List.of(FORGED, "pipe|pipe", "esc\u001b[2J", "\"quoted\"'", "tab\there");

  @TempDir private static Path directory;

  private static SlurmCluster slurm;
  private static String running;
  private static String suspended;

  @BeforeAll
  static void aClusterWithWork() throws Exception {
    slurm = SlurmCluster.start(directory.resolve("slurm"));
    running = slurm.submit("qm-alice", "-p", "batch", "-n", "4", "-t", "90", "-A", "ice");
    suspended = slurm.submit("qm-bob", "-p", "batch", "-n", "2", "-w", "n002");
    slurm.submit("qm-bob", "-p", "batch", "--array=0-9%4");
    slurm.submit("qm-carol", "-p", "fat", "-n", "3");
    slurm.submit("qm-alice", "-p", "gpu", "-n", "2", "--gpus=2", "-J", "run --gpus");
    slurm.submit(
        "qm-carol", "-p", "gpu", "--gpus-per-task=1", "-n", "1", "-J", "run --gpus-per-task");
    slurm.submit("qm-bob", "-p", "hidden");
    slurm.submit("qm-carol", "-n", "2", "-p", "batch", ":", "-n", "1", "-p", "fat");
    for (String name : NAMES) {
      slurm.submit("qm-alice", "-p", "batch", "-J", name);
    }
    slurm.submit("qm-bob", "-p", "batch", "-n", "2", "-w", "n002");
    Eventually.eventually(
        "what can run runs",
        Eventually.PATIENCE,
        () -> slurm.run("squeue", "-a", "-r", "-h", "-t", "R", "-o", "%T").lines().count() == 18,
        SlurmIT::queue);
    slurm.run("scontrol", "suspend", suspended);
    slurm.run("scontrol", "update", "NodeName=n002", "State=DRAIN", "Reason=disk swap");
    // two lines and a bar in what is asked for: Slurm takes it
    slurm.submit("qm-carol", "-H", "-p", "gpu", "--gres=gpu:a100\n9:1", "-J", "two lines");
    slurm.submit("qm-carol", "-H", "-p", "gpu", "--gpus=x\n9|9:1", "-J", "two other lines");
    for (String[] waiting :
        List.of(
            new String[] {"--array=1-100", "--begin=now+2days", "-n", "4"},
            new String[] {"--array=1,3,5", "-H"},
            new String[] {"--array=1-9:2%3", "--begin=now+3days"},
            new String[] {"-d", "afterok:" + running},
            new String[] {"-p", "batch,fat", "-N", "1", "-n", "16"},
            new String[] {"-p", "closed"},
            new String[] {"-p", "batch", "-N", "2", "--exclusive"},
            new String[] {"-p", "gpu", "-H", "--gpus=3", "-J", "wait --gpus"})) {
      slurm.submit("qm-carol", waiting);
    }
    Eventually.eventually(
        "the scheduler has looked at every job that waits",
        Eventually.PATIENCE,
        () ->
            slurm
                .run("squeue", "-a", "-r", "-h", "-t", "PD", "-o", "%r")
                .lines()
                .noneMatch("None"::equals),
        SlurmIT::queue);
  }

  /** What a person would say for the reasons of these jobs. */
  private static String inPlainWords(String reason) {
    return switch (reason.split("[, ]", 2)[0]) {
      case "BeginTime" -> "waits for its start time";
      case "Dependency" -> "waits for another job";
      case "JobArrayTaskLimit" -> "waits for the slot limit of its array";
      case "JobHeldUser" -> "held by its user";
      case "Nodes", "ReqNodeNotAvail" -> "its nodes are down or drained";
      case "PartitionDown" -> "its queue is stopped";
      case "Priority" -> "waits its turn: others have higher priority";
      case "Resources" -> "waits for free resources";
      default -> reason;
    };
  }

  private static String queue() {
    try {
      return slurm.run("squeue", "-a", "-r");
    } catch (Exception e) {
      return e.toString();
    }
  }

  @AfterAll
  static void stop() {
    if (slurm != null) {
      slurm.close();
    }
  }

  @Test
  void everyCountOfJobsIsSlurmsOwn() throws Exception {
    JsonNode snapshot = snapshot("auto");
    assertEquals("slurm", snapshot.path("drms").asText(), "with Slurm's own qstat on the PATH");
    assertEquals("qstat-mesh-it", snapshot.path("serverName").asText());
    assertEquals("ALL", snapshot.path("visibility").asText());
    List<JsonNode> jobs = elements(snapshot.path("jobs"));
    Map<String, String> columns =
        Map.of("jobSubState", "%T", "jobOwner", "%u", "groupName", "%g", "queueName", "%P");
    for (Map.Entry<String, String> column : columns.entrySet()) {
      assertEquals(
          counts(slurm.run("squeue", "-a", "-r", "-h", "-o", column.getValue())),
          sums(jobs, column.getKey(), SlurmIT::tasks),
          column.getKey());
    }
    assertEquals(1, sums(jobs, "accountingId", SlurmIT::tasks).get("ice"));
    assertEquals(
        counts(
            slurm
                .run("squeue", "-a", "-r", "-h", "-t", "PD", "-o", "%r")
                .lines()
                .map(SlurmIT::inPlainWords)
                .collect(joining("\n"))),
        sums(waiting(jobs), "reason", SlurmIT::tasks));
  }

  @Test
  void everyCountOfCoresIsSlurmsOwn() throws Exception {
    List<JsonNode> jobs = elements(snapshot("slurm").path("jobs"));
    assertEquals(
        weights(slurm.run("squeue", "-a", "-r", "-h", "-t", "PD", "-o", "%u %C")),
        sums(waiting(jobs), "jobOwner", SlurmIT::cores));
    List<JsonNode> running = jobs.stream().filter(is("jobSubState", "RUNNING")).toList();
    assertEquals(
        weights(slurm.run("squeue", "-a", "-r", "-h", "-t", "R", "-o", "%u %C")),
        sums(running, "jobOwner", SlurmIT::cores));
    JsonNode asleep = jobs.stream().filter(is("jobId", suspended)).findFirst().orElseThrow();
    assertEquals("SUSPENDED", asleep.path("jobState").asText());
    assertEquals(0, asleep.path("slots").asInt());
  }

  @Test
  void namesAreReadAsTheyAre() throws Exception {
    List<JsonNode> jobs = elements(snapshot("slurm").path("jobs"));
    List<String> names = jobs.stream().map(job -> job.path("jobName").asText()).toList();
    assertTrue(names.containsAll(NAMES), names::toString);
    assertTrue(jobs.stream().noneMatch(is("jobId", "999")));
  }

  @Test
  void gpusAreKnownHoweverTheyWereAskedFor() throws Exception {
    List<JsonNode> jobs = elements(snapshot("slurm").path("jobs"));
    List<JsonNode> onGpus = jobs.stream().filter(is("queueName", "gpu")).toList();
    assertEquals(
        Map.of("run --gpus", 2L, "run --gpus-per-task", 1L, "wait --gpus", 3L),
        onGpus.stream()
            .filter(job -> !job.path("jobName").asText().startsWith("two "))
            .collect(groupingBy(job -> job.path("jobName").asText(), summingLong(SlurmIT::gpus))));
    assertEquals(
        0, jobs.stream().filter(job -> !onGpus.contains(job)).mapToLong(SlurmIT::gpus).sum());
    assertTrue(onGpus.stream().anyMatch(is("jobName", "two lines")), onGpus::toString);
    assertTrue(onGpus.stream().anyMatch(is("jobName", "two other lines")), onGpus::toString);
  }

  @Test
  void jsonSaysTheSame() throws Exception {
    Path commands = Files.createDirectories(directory.resolve("forgetful"));
    for (String command : List.of("squeue", "scontrol")) {
      String wrapper = "#!/bin/sh\nunset SLURM_TIME_FORMAT\nexec /usr/bin/" + command + " \"$@\"\n";
      Path file = Files.writeString(commands.resolve(command), wrapper);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    JsonNode json = snapshot("slurm", "--command-path", commands.toString());
    assertEquals(
        "squeue -a --json",
        elements(json.path("collectors")).stream()
            .filter(is("collector", "jobs"))
            .findFirst()
            .orElseThrow()
            .path("command")
            .asText());
    assertEquals(withoutTime(snapshot("slurm")), withoutTime(json));
  }

  /**
   * The jobs by id, without what changes meanwhile, and the GPUs of one that asked for nonsense.
   */
  private static Map<String, JsonNode> withoutTime(JsonNode snapshot) {
    List<String> moving =
        List.of("wallclockTimeSeconds", "expectedStartEpochSeconds", "priority", "reason");
    return elements(snapshot.path("jobs")).stream()
        .filter(is("jobName", "two other lines").negate())
        .<JsonNode>map(job -> ((ObjectNode) job).without(moving))
        .collect(toMap(job -> job.path("jobId").asText(), job -> job));
  }

  @Test
  void everyNodeIsSlurmsOwn() throws Exception {
    JsonNode snapshot = snapshot("slurm");
    List<JsonNode> nodes = elements(snapshot.path("nodes"));
    assertEquals(
        Map.of(
            "n001", "PARTIAL",
            "n002", "DRAINING",
            "smt1", "PARTIAL",
            "g01", "PARTIAL",
            "broken1", "DOWN",
            "unborn1", "UNKNOWN",
            "cloud1", "OFFLINE"),
        nodes.stream().collect(toMap(node -> node.path("nodeName").asText(), node -> state(node))));
    for (JsonNode node : nodes) {
      String name = node.path("nodeName").asText();
      String[] cores = cores("-n", name);
      assertEquals(cores[0], node.path("usedSlots").asText(), name);
      assertEquals(cores[3], node.path("slots").asText(), name);
    }
    String[] cores = cores();
    // Slurm calls cores idle of a node that never came up, and of one that is switched off
    assertEquals(
        Long.parseLong(cores[1]) - 2 * 8,
        nodes.stream().mapToLong(node -> node.path("freeSlots").asLong()).sum());
    assertEquals(
        Set.of(slurm.run("sinfo", "-a", "-h", "-o", "%R").split("\n")),
        Set.copyOf(
            elements(snapshot.path("queues")).stream()
                .map(queue -> queue.path("queueName").asText())
                .toList()));
  }

  @Test
  void theRowOfAMeshSaysTheSame() throws Exception {
    String[] cores = cores();
    Map<String, Long> states = counts(slurm.run("squeue", "-a", "-r", "-h", "-o", "%T"));
    List<String> serve = List.of("serve", "--bind", "tcp://127.0.0.1:*", "--minimum-interval", "0");
    try (RunningProcess probe =
        RunningProcess.start("probe", Checkout.probe(serve), slurm.environment())) {
      String endpoint = probe.awaitLine("listening on (tcp://\\S+)").group(1);
      MeshConf conf = MeshConf.in(directory.resolve("conf"), 20).direct("slurm", endpoint);
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
          GridClient client = GridClient.watching(mesh.page(), "slurm")) {
        JsonNode row = client.awaitHealthy("slurm");
        assertEquals("slurm", row.path("drms").asText());
        assertEquals(
            states.get("RUNNING"), row.path("jobs").path("running").asLong(), SlurmIT::queue);
        assertEquals(states.get("SUSPENDED"), row.path("jobs").path("suspended").asLong());
        assertEquals(
            states.get("PENDING"),
            row.path("jobs").path("queued").asLong() + row.path("jobs").path("held").asLong());
        assertEquals(cores[0], row.path("slots").path("used").asText());
        assertEquals(cores[3], row.path("slots").path("total").asText());
      }
    }
  }

  @Test
  void aSlurmctldThatDoesNotAnswerIsNoEmptyCluster() throws Exception {
    slurm.freezeController();
    try {
      assertFails("DRMS_TIMEOUT");
    } finally {
      slurm.thawController();
    }
    slurm.stopController();
    try {
      assertFails("DRMS_COMMAND_FAILED");
    } finally {
      slurm.startController();
    }
    assertEquals("slurm", snapshot("slurm").path("drms").asText());
  }

  private static void assertFails(String code) throws Exception {
    try (RunningProcess probe = probe("auto")) {
      assertEquals(1, probe.exitCode(Eventually.PATIENCE), probe::output);
      assertTrue(probe.output().contains("qstat-probe: " + code + ": squeue"), probe::output);
    }
  }

  /** Allocated, idle, other and all cores, as sinfo counts them. */
  private static String[] cores(String... nodes) throws Exception {
    List<String> words = new ArrayList<>(List.of("sinfo", "-a", "-h", "-o", "%C"));
    words.addAll(List.of(nodes));
    return slurm.run(words.toArray(String[]::new)).strip().split("/");
  }

  private static JsonNode snapshot(String drms, String... options) throws Exception {
    try (RunningProcess probe = probe(drms, options)) {
      assertEquals(0, probe.exitCode(Eventually.PATIENCE), probe::output);
      return JSON.readTree(probe.output());
    }
  }

  private static RunningProcess probe(String drms, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("snapshot", "--drms", drms));
    words.addAll(List.of(options));
    return RunningProcess.start("snapshot", Checkout.probe(words), slurm.environment());
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<JsonNode> waiting(List<JsonNode> jobs) {
    return jobs.stream().filter(is("jobSubState", "PENDING")).toList();
  }

  private static Predicate<JsonNode> is(String field, String value) {
    return record -> record.path(field).asText().equals(value);
  }

  private static String state(JsonNode node) {
    return node.path("nodeState").asText();
  }

  private static long gpus(JsonNode job) {
    return job.path("gpus").asLong();
  }

  private static long tasks(JsonNode job) {
    return job.path("taskCount").asLong();
  }

  private static long cores(JsonNode job) {
    return tasks(job) * job.path("slots").asLong();
  }

  private static Map<String, Long> sums(
      List<JsonNode> records, String field, ToLongFunction<JsonNode> weight) {
    return records.stream()
        .collect(groupingBy(record -> record.path(field).asText(), summingLong(weight)));
  }

  /** How often each line occurs. */
  private static Map<String, Long> counts(String lines) {
    return lines.lines().collect(groupingBy(String::strip, counting()));
  }

  /** The sum of the number behind each word. */
  private static Map<String, Long> weights(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" "))
        .collect(groupingBy(line -> line[0], summingLong(line -> Long.parseLong(line[1]))));
  }
}
