package org.qstatmesh.wire.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.Summary.Gpus;
import org.qstatmesh.wire.Summary.Jobs;
import org.qstatmesh.wire.Summary.QueueCount;
import org.qstatmesh.wire.Summary.Slots;
import org.qstatmesh.wire.Summary.Use;
import org.qstatmesh.wire.Summary.Waiting;

@Timeout(30)
class SummariesTest {

  @ParameterizedTest
  @CsvSource({
    // state, tasks, slots each | running, queued, held, suspended, undetermined
    "RUNNING, 1, 4, 1, 0, 0, 0, 0",
    "RUNNING, 7, 4, 7, 0, 0, 0, 0",
    "QUEUED, 7, 4, 0, 7, 0, 0, 0",
    "HELD, 3, 4, 0, 0, 3, 0, 0",
    "SUSPENDED, 2, 0, 0, 0, 0, 2, 0",
    "UNDETERMINED, 2, 0, 0, 0, 0, 0, 2",
    "FINISHED, 2, 4, 0, 0, 0, 0, 0",
  })
  void tasksAreCountedByState(
      JobState state,
      int tasks,
      int slots,
      int running,
      int queued,
      int held,
      int suspended,
      int undetermined) {
    Job job = job("1", "a", state).taskCount(tasks).slots(slots).build();
    assertEquals(new Jobs(running, queued, held, suspended, undetermined), ofJobs(job).jobs());
  }

  @ParameterizedTest
  @CsvSource({
    // total, used, free of one node | unavailable, largest
    "16, 4, 12, 0, 12",
    "16, 0, 0, 16, 0",
    "16, 7, 0, 9, 0",
    // Some schedulers hand out more than there is: nothing is less than nothing.
    "16, 20, 0, 0, 0",
  })
  void slotsThatNobodyCanUseAreUnavailable(
      int total, int used, int free, int unavailable, int largest) {
    Node node =
        new Node(
            "n",
            NodeState.PARTIAL,
            null,
            total,
            used,
            free,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertEquals(
        new Slots(total, used, free, unavailable, largest),
        Summaries.of(null, List.of(node), null).slots());
  }

  @Test
  void partsThatWereNotCollectedAreAbsentAndEmptyOnesAreZero() {
    Summary empty = Summaries.of(new JobTally(), List.of(), List.of());
    assertEquals(new Jobs(0, 0, 0, 0, 0), empty.jobs());
    assertEquals(new Slots(0, 0, 0, 0, 0), empty.slots());
    assertEquals(List.of(), empty.usage().user());
    assertEquals(List.of(), empty.waiting());
    assertEquals(List.of(), empty.queues());
    Summary none = Summaries.of(null, null, List.of(new Queue("q", null, null, null, null)));
    assertEquals(new Summary(null, null, null, null, null, null, null), none);
    assertNull(Summaries.of(new JobTally(), null, null).queues());
  }

  @Test
  void aQueueCountsTheTasksOfItsOwn() {
    JobTally jobs =
        JobTally.of(
            List.of(
                job("1", "a", JobState.RUNNING).queueName("fat,batch").taskCount(3).build(),
                job("2", "a", JobState.QUEUED).queueName("fat").taskCount(2).build(),
                job("3", "a", JobState.HELD).queueName("fat").build(),
                job("4", "a", JobState.RUNNING).queueName("gone").build()));
    assertEquals(
        List.of(
            new QueueCount("fat", true, false, 3, 2, 60L, 4),
            new QueueCount("batch", null, null, 0, 0, null, null)),
        jobs.counts(
            List.of(
                new Queue("fat", true, false, 60L, 4),
                new Queue("batch", null, null, null, null))));
  }

  @Test
  void reasonsBeyondTwelveAreAddedUp() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      jobs.add(waiting("j" + i, "reason " + i).taskCount(100 - i).slots(2).build());
    }
    List<Waiting> waiting = JobTally.of(jobs).waiting();
    assertEquals(13, waiting.size());
    assertEquals(new Waiting("reason 1", 99, 198), waiting.get(0));
    // 87 + 86 + … + 80
    assertEquals(new Waiting("other reasons", 668, 1336), waiting.get(12));
  }

  @Test
  void aReasonOfItsOwnForEveryJobIsNotKept() {
    List<Job> jobs = new ArrayList<>();
    int many = 3 * WaitTally.MAX_COUNTED_APART;
    for (int i = 0; i < many; i++) {
      jobs.add(waiting("j" + i, "depends on " + i).slots(1).build());
    }
    jobs.add(waiting("first", "depends on 0").slots(1).build());
    List<Waiting> waiting = JobTally.of(jobs).waiting();
    assertEquals(new Waiting("depends on 0", 2, 2), waiting.get(0));
    assertEquals(many + 1, waiting.stream().mapToInt(Waiting::jobs).sum());
    assertEquals(many + 1, waiting.stream().mapToInt(Waiting::slots).sum());
    assertEquals(Summary.MAX_REASONS + 1, waiting.size());
  }

  @Test
  void aProbeThatInventsUsersDoesNotFillTheBus() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      jobs.add(job("j" + i, "u".repeat(1_000) + i, JobState.RUNNING).slots(1).build());
      jobs.add(job("k" + i, "user" + i, JobState.RUNNING).slots(2).build());
    }
    List<Use> users = JobTally.of(jobs).usage().user();
    assertEquals(Summary.MAX_KEYS + 1, users.size());
    assertEquals(10_000, users.stream().mapToInt(Use::runningJobs).sum());
    assertEquals(15_000, users.stream().mapToInt(Use::runningSlots).sum());
    assertTrue(users.stream().allMatch(use -> use.key().length() <= Summary.MAX_KEY_LENGTH + 1));
  }

  @Test
  void sumsStayAtTheEndOfTheirRange() {
    Job huge =
        job("1", "a", JobState.RUNNING)
            .slots(Integer.MAX_VALUE)
            .taskCount(Integer.MAX_VALUE)
            .build();
    assertEquals(Integer.MAX_VALUE, ofJobs(huge).usage().user().get(0).runningSlots());
    assertEquals(Integer.MAX_VALUE, ofJobs(huge, huge).jobs().running());
  }

  @Test
  void usedGpusComeFromTheJobsWhereTheNodesDoNotSay() {
    JobTally jobs =
        JobTally.of(
            List.of(
                job("1", "carol", JobState.RUNNING).gpus(2).taskCount(1).slots(8).build(),
                job("2", "carol", JobState.QUEUED).gpus(4).build()));
    assertEquals(new Gpus(4, 2), Summaries.of(jobs, List.of(gpuNode(null)), null).gpus());
    assertEquals(new Gpus(4, 0), Summaries.of(null, List.of(gpuNode(null)), null).gpus());
    assertEquals(new Gpus(4, 3), Summaries.of(jobs, List.of(gpuNode(3)), null).gpus());
  }

  private static Summary ofJobs(Job... jobs) {
    return Summaries.of(JobTally.of(List.of(jobs)), null, null);
  }

  private static Job.Builder job(String id, String owner, JobState state) {
    return Job.builder(id, owner, state).queueName("batch");
  }

  private static Job.Builder waiting(String id, String reason) {
    return job(id, "a", JobState.QUEUED).reason(reason);
  }

  private static Node gpuNode(Integer used) {
    return new Node(
        "n008", NodeState.PARTIAL, "free", 32, 8, 24, 4, used, null, null, null, null, null);
  }
}
