package org.qstatmesh.probe.slurm;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** {@code squeue --json} of every version, whole, cut and damaged. */
@Timeout(120)
class JsonShapesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "squeue-json");
  private static final int DAMAGED = 10_000;
  private static final long SEED = 20_261_122L;

  private final Fixture mixed = Fixture.of("slurm-22.05.8/mixed");
  private final Problems problems = new Problems();

  /** GPUs, memory and time used are more, or less, than the text has. */
  @Test
  void theRecordedJsonSaysWhatTheRecordedTextSays() throws Exception {
    Map<String, Job> fromText = mixed.jobs().stream().collect(toMap(Job::jobId, job -> job));
    List<Job> fromJson = parse(recorded());
    assertEquals(fromText.size(), fromJson.size());
    for (Job job : fromJson) {
      Job text = fromText.get(job.jobId());
      assertEquals(
          text,
          job.toBuilder()
              .gpus(text.gpus())
              .memoryBytes(text.memoryBytes())
              .wallclockTimeSeconds(text.wallclockTimeSeconds())
              .build());
      assertTrue(text.gpus() == null || text.gpus().equals(job.gpus()), job.jobId());
    }
    assertEquals(0, problems.count(), problems.notes().toString());
    assertEquals(
        8,
        fromJson.stream().mapToInt(Job::gpus).sum(),
        "jobs 10 and 11 with two, 60 waits for four");
    Job smt = job(fromJson, "13");
    assertEquals(4, smt.slots(), "three asked, whole cores of two threads given");
    assertEquals(4_000L << 20, smt.memoryBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"39", "40", "41", "42", "43", "44"})
  void everyVersionSaysTheSame(String version) throws Exception {
    List<Job> jobs = parse(shape(version));
    assertEquals(0, problems.count(), problems.notes().toString());
    assertEquals(
        List.of("101", "112_0", "112_[4-9%4]", "122+1", "124", "125", "127"),
        jobs.stream().map(Job::jobId).toList());
    assertEquals(
        Job.builder("101", "alice", JobState.RUNNING)
            .jobName("new\nline|\"bar\"")
            .groupName("chem")
            .accountingId("chem")
            .queueName("gpu")
            .jobSubState("RUNNING")
            .slots(8)
            .nodeCount(2)
            .gpus(4)
            .memoryBytes(8_000L << 20)
            .nodeNames(List.of("g01", "g02"))
            .submissionTimeEpochSeconds(1_795_329_240L)
            .dispatchTimeEpochSeconds(1_795_329_300L)
            .wallclockLimitSeconds(3_600L)
            .priority(4_294_901_759L)
            .build(),
        jobs.get(0));
    assertArrays(jobs);
    Job het = job(jobs, "122+1");
    assertEquals(JobState.HELD, het.jobState());
    assertEquals("batch,fat", het.queueName());
    assertEquals("bob", het.jobOwner());
    assertNull(het.memoryBytes(), "it did not ask for a whole node's");
    Job suspended = job(jobs, "124");
    assertEquals(JobState.SUSPENDED, suspended.jobState());
    assertEquals(0, suspended.slots());
    assertNull(suspended.wallclockLimitSeconds(), "without bound");
    Job completing = job(jobs, "125");
    assertEquals("COMPLETING", completing.jobSubState());
    assertEquals(JobState.RUNNING, completing.jobState());
    assertEquals(0, completing.slots());
    Job waiting = job(jobs, "127");
    assertEquals(4, waiting.gpus(), "two for each of two tasks");
    assertEquals("its nodes are down or drained", waiting.reason());
    assertEquals(1_795_400_000L, waiting.expectedStartEpochSeconds());
  }

  private static void assertArrays(List<Job> jobs) {
    Job task = job(jobs, "112_0");
    assertEquals(1, task.taskCount());
    assertEquals(0, task.gpus());
    assertNull(task.memoryBytes(), "not counted where it runs");
    Job waiting = job(jobs, "112_[4-9%4]");
    assertEquals(6, waiting.taskCount());
    assertEquals(1_000L << 20, waiting.memoryBytes());
    assertNull(waiting.expectedStartEpochSeconds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hang-sigstop-slurmctld.squeue_--json",
        "down-slurmctld.squeue-json",
        "down-munged-only.squeue_--json"
      })
  void errorsAreNoEmptyCluster(String slug) throws Exception {
    Path file =
        Path.of("src", "test", "resources", "captures", "slurm-22.05.8", "errors", slug + ".out");
    String text = Files.readString(file);
    UnparsableException refused = assertThrows(UnparsableException.class, () -> parse(text));
    assertTrue(
        refused.getMessage().contains("Failed while looking for jobs"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "JOBID PARTITION",
        "{\"jobs\":null}",
        "{\"jobs\":[{\"id\":1,\"user\":\"alice\"}],\"errors\":[]}",
        "{\"jobs\":[],\"errors\":[\"down\"]}",
        "{\"jobs\":[],\"errors\":[{\"error_number\":2009}]}",
        "{\"errors\":[],\"jobs\":[]"
      })
  void otherTextIsRefused(String text) {
    assertThrows(UnparsableException.class, () -> parse(text));
  }

  @Test
  void aRecordThatIsNoneIsCountedAndTheOthersStay() throws Exception {
    String jobs =
        """
        {"jobs":[7,{"job_id":"x","user_name":"a"},{"job_id":1},
        {"job_id":2,"user_name":"bob","job_state":["RUNNING"],"cpus":4,"node_count":"many"},
        {"job_id":3,"user_name":"bob","job_state":["LEVITATING"]},
        {"job_id":4,"user_id":1000,"job_state":"PENDING","tres_req_str":"cpu=4,node=1","x":NaN}]}
        """;
    List<Job> read = parse(jobs);
    assertEquals(List.of("3", "4"), read.stream().map(Job::jobId).toList());
    assertEquals(JobState.UNDETERMINED, read.get(0).jobState());
    assertEquals("1000", read.get(1).jobOwner());
    assertEquals(4, read.get(1).slots());
    assertEquals(4, problems.count(), problems.notes().toString());
  }

  @Test
  void cutAtAnyByteItIsRefused() throws Exception {
    String whole = shape("40").stripTrailing();
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThrows(UnparsableException.class, () -> parse(cut), () -> "cut after " + cut.length());
    }
  }

  @Test
  void damagedItIsRefusedOrGivesJobsThatMakeSense() throws Exception {
    Random random = new Random(SEED);
    String[] splinters = {"\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e9", "\n", "\0", "x"};
    String whole = shape("41");
    int refused = 0;
    for (int round = 0; round < DAMAGED; round++) {
      StringBuilder text = new StringBuilder(whole);
      for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(20));
        text.replace(at, end, splinters[random.nextInt(splinters.length)]);
      }
      try {
        for (Job job : parse(text.toString())) {
          assertNotEquals(JobState.FINISHED, job.jobState());
          assertTrue(job.taskCount() >= 1);
          assertTrue(job.slots() == null || job.slots() >= 0);
        }
      } catch (UnparsableException e) {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < DAMAGED, refused + " refused");
  }

  private static Job job(List<Job> jobs, String id) {
    return jobs.stream().filter(job -> job.jobId().equals(id)).findFirst().orElseThrow();
  }

  private String recorded() throws Exception {
    byte[] bytes = Files.readAllBytes(mixed.folder().resolve("squeue-a-json.out"));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String shape(String version) throws Exception {
    return Files.readString(FOLDER.resolve("v0.0." + version + ".json"));
  }

  private List<Job> parse(String text) throws Exception {
    List<Job> jobs = new ArrayList<>();
    assertEquals(
        SlurmJobs.parseJson(new StringReader(text), problems, false, jobs::add), jobs.size());
    return jobs;
  }
}
