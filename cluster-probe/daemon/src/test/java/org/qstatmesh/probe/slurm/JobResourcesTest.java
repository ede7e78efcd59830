package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** Lines as Slurm 22.05.8 prints them for {@code squeue -O} with the fields that are asked for. */
@Timeout(60)
class JobResourcesTest {
  private static final Mark MARK = new Mark("0123456789abcdef");
  private static final int DAMAGED = 10_000;
  private static final long SEED = 20_261_122L;

  private final Problems problems = new Problems();

  /**
   * Behind the mark: counted; asked for the job, each node, each task, each socket; tasks; memory.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "RUNNING; cpu=8,mem=8000M,node=2,billing=8,gres/gpu=4|gres:gpu:2|N/A|N/A|N/A|8|4000M; 4; 8388608000",
        "RUNNING; cpu=2,node=1,billing=2|gres:gpu:2|N/A|N/A|N/A|2|0; 2; -",
        "RUNNING; cpu=2,node=1|N/A|gres:gpu:a100:1|N/A|N/A|2|0; 2; -",
        "RUNNING; cpu=2,node=1|N/A|N/A|gres:gpu:1|N/A|3|100M; 3; -",
        "RUNNING; cpu=2,node=1|N/A|N/A|N/A|gres:gpu:1|2|0; -; -",
        "RUNNING; cpu=4,mem=62.50G,node=1|N/A|N/A|N/A|N/A|4|0; 0; 67108864000",
        "QUEUED; cpu=1,mem=62.50G,node=1|N/A|N/A|N/A|N/A|1|0; 0; -",
        "HELD; cpu=1,mem=100M,node=1|gres/gpu:4|N/A|N/A|N/A|1|100M; 4; 104857600",
        "SUSPENDED; cpu=1,mem=1G,node=1,gres/gpu=2|N/A|N/A|N/A|N/A|1|1G; 0; 1073741824"
      })
  void gpusAndMemory(JobState state, String line, Integer gpus, Long memoryBytes) throws Exception {
    Job job =
        parse("7|1795355600~" + MARK.text() + "|" + line.strip() + "|\n").apply(job("7", state));
    assertEquals(gpus, job.gpus());
    assertEquals(memoryBytes, job.memoryBytes());
    assertEquals(0, problems.count(), problems.notes().toString());
  }

  @Test
  void theWaitingTasksOfAnArrayAreFoundThoughFewerAreLeft() throws Exception {
    UnaryOperator<Job> details =
        parse(
            line("3_[1-100]", "gres/gpu=1", "N/A")
                + line("3_0", "gres/gpu=2", "N/A")
                + line("22+1", "gres/gpu=3", "N/A"));
    assertEquals(1, details.apply(job("3_[7-100]", JobState.QUEUED)).gpus());
    assertEquals(2, details.apply(job("3_0", JobState.RUNNING)).gpus());
    assertEquals(3, details.apply(job("22+1", JobState.RUNNING)).gpus());
    assertNull(details.apply(job("3_1", JobState.RUNNING)).gpus(), "not listed");
  }

  /** {@code sbatch --gpus=$'xx\\n9|9:1'} is taken, and printed as it is. */
  @Test
  void aLineInARequestIsNoJobs() throws Exception {
    UnaryOperator<Job> details =
        parse(
            line("7", "cpu=1", "gres:gpu:xx\n8|1795355600|gres/gpu=9|N/A|N/A|N/A|N/A|1|0|\n9|9:1")
                + line("8", "gres/gpu=1", "N/A"));
    assertEquals(1, details.apply(job("8", JobState.RUNNING)).gpus());
    assertNull(details.apply(job("7", JobState.RUNNING)).gpus(), "its own line is broken");
    assertEquals(3, problems.count(), problems.notes().toString());
  }

  @Test
  void aRequestThatMakesNoSenseIsUnknownAndCostsNoJob() throws Exception {
    UnaryOperator<Job> details = parse(line("7", "cpu=1", "gres:gpu:99999999999"));
    assertNull(details.apply(job("7", JobState.QUEUED)).gpus());
  }

  @Test
  void damagedItIsRefusedOrSaysWhatMakesSense() throws Exception {
    String whole =
        line("7", "cpu=8,mem=8000M,node=2,gres/gpu=4", "N/A") + line("8", "cpu=1", "gres:gpu:2");
    String[] splinters = {
      "|", "\n", "~", "gpu:", "gres/gpu=", "99999999999", "-1", "mem=1e9P", "\0"
    };
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < DAMAGED; round++) {
      StringBuilder text = new StringBuilder(whole);
      for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        text.replace(at, end, splinters[random.nextInt(splinters.length)]);
      }
      try {
        Job job = parse(text.toString()).apply(job("7", JobState.RUNNING));
        assertTrue(job.gpus() == null || job.gpus() >= 0);
        assertTrue(job.memoryBytes() == null || job.memoryBytes() >= 0);
      } catch (UnparsableException e) {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < DAMAGED, refused + " refused");
  }

  @Test
  void nothingIsKnownOfNoJobs() throws Exception {
    Job job = job("7", JobState.RUNNING);
    assertEquals(job, parse("").apply(job));
  }

  @Test
  void anotherTextIsRefused() {
    assertThrows(UnparsableException.class, () -> parse("squeue: error\n"));
    assertThrows(UnparsableException.class, () -> parse(line("7", "cpu=1", "N/A").strip()));
    String unmarked = line("7", "cpu=1", "N/A").replace("~" + MARK.text(), "");
    assertThrows(UnparsableException.class, () -> parse(unmarked));
  }

  @ParameterizedTest
  @CsvSource({
    "marked, gpu, true, true",
    "marked, 'nic,gpu', true, true",
    "marked, (null), true, false",
    "'', gpu, false, true"
  })
  void whatTheConfigurationSays(String heading, String types, boolean marks, boolean gpus)
      throws Exception {
    String text =
        "Configuration data as of 1795355600%s\nClusterName = c\nGresTypes = %s\nSLURM_VERSION = 22.05.8\n"
            .formatted(heading.isEmpty() ? "" : "~" + MARK.text(), types);
    assertEquals(
        new SlurmSite(marks, gpus), SlurmConfig.parse(new StringReader(text), MARK).site());
  }

  private static Job job(String id, JobState state) {
    int slots = state == JobState.SUSPENDED ? 0 : 4;
    Integer gpus = state == JobState.SUSPENDED ? 0 : null;
    return Job.builder(id, "alice", state).slots(slots).nodeCount(2).gpus(gpus).build();
  }

  private static String line(String id, String counted, String perJob) {
    return id + "|1795355600~" + MARK.text() + "|" + counted + "|" + perJob + "|N/A|N/A|N/A|1|0|\n";
  }

  private UnaryOperator<Job> parse(String text) throws Exception {
    return JobResourceLines.parse(new StringReader(text), problems, MARK);
  }
}
