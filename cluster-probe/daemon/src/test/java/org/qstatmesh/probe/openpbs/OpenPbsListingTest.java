package org.qstatmesh.probe.openpbs;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Counts;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Visibility;

/** What users, rare states and damage do to a listing of OpenPBS. */
@Timeout(60)
class OpenPbsListingTest {
  private final OpenPbsAdapter adapter = new OpenPbsAdapter(false);
  private final Fixture awkward = Fixture.of("openpbs-23.06.06/hand-made-awkward");
  private final Problems problems = new Problems();
  private List<Job> jobs;

  @BeforeEach
  void readJobs() throws Exception {
    jobs = awkward.parse(Fixture.jobsOf(adapter), problems);
  }

  @Test
  void namesStayWhatTheirUsersChose() {
    assertEquals("<img src=x onerror=alert(1)>", job("1.login5").jobName());
    assertEquals("a|b \\c, d=1\\", job("1.login5").accountingId());
    assertEquals("two\nlines\\nand ESC ^[[31m", job("2.login5").jobName());
  }

  @Test
  void jobForgedBehindMangledByteIsNone() {
    assertEquals(2, job("3.login5").slots(), "the job whose environment it is");
    assertEquals(0, jobs.stream().filter(job -> job.jobId().startsWith("999")).count());
    assertEquals(0, jobs.stream().filter(job -> job.jobOwner().equals("root")).count());
  }

  @Test
  void damagedRecordsAreCountedAndOthersShown() {
    assertEquals(
        List.of(
            "record 3: what looks like the next one is part of it",
            "record 4: is broken into lines",
            "record 15: array_state_count is no count",
            "record 16: exec_vnode is not in brackets",
            "record 19: a job needs jobId, jobOwner and jobState"),
        problems.notes());
    assertEquals(5, problems.count());
  }

  @Test
  void rareStates() {
    // T, then the U of a workstation, then Z that nobody wrote down; M, F and X are left out
    assertEquals(JobState.QUEUED, job("6.login5").jobState());
    assertEquals(JobState.SUSPENDED, job("7.login5").jobState());
    assertEquals(0, job("7.login5").slots());
    assertEquals(JobState.UNDETERMINED, job("5.login5").jobState());
    assertEquals("waits for its start time", job("11.login5").reason());
    for (String left : List.of("8.login5", "9.login5", "10[3].login5", "14[].login5")) {
      assertEquals(0, jobs.stream().filter(job -> job.jobId().equals(left)).count(), left);
    }
  }

  @Test
  void exitingTasksOfAnArrayHoldTheirCores() {
    List<Job> array = jobs.stream().filter(job -> job.jobId().equals("13[].login5")).toList();
    assertEquals(Map.of("Q", 5, "R", 2, "E", 1), Counts.byLetter(array));
    assertEquals((2 + 1) * 2, Counts.runningSlots(array));
    for (Job tasks : array) {
      assertNull(tasks.reason(), "\"Job Array Began\" is no reason to wait");
      assertNull(tasks.dispatchTimeEpochSeconds());
    }
  }

  @Test
  void chunksOverSeveralVnodesAddUp() {
    assertEquals(4, job("2.login5").slots());
    assertEquals(2, job("2.login5").gpus());
  }

  @Test
  void requestOfWaitingJob() {
    Job waiting = job("17.login5");
    assertEquals(64, waiting.slots());
    assertEquals(8, waiting.gpus());
    assertEquals(4, waiting.nodeCount());
    assertEquals((3L * 8) << 30, waiting.memoryBytes(), "3 gigawords");
    assertEquals(3_600_000L, waiting.wallclockLimitSeconds());
    // 2026-12-01T08:00:00Z
    assertEquals(1_796_112_000L, waiting.expectedStartEpochSeconds());
    assertNull(job("18.login5").nodeCount(), "three chunks may be on one host");
    assertNull(job("18.login5").reason(), "left over from an earlier run");
  }

  @Test
  void hostsOfVnodesInDifferentStates() throws Exception {
    Problems nodeProblems = new Problems();
    Map<String, Node> nodes =
        awkward.parse(adapter.nodes(), nodeProblems).stream()
            .collect(toMap(Node::nodeName, node -> node));
    assertEquals(1, nodeProblems.count(), "n007 has eight cores in letters");
    Node mixed = nodes.get("n001");
    assertEquals(NodeState.PARTIAL, mixed.nodeState());
    assertEquals(24, mixed.slots());
    assertEquals(3 + 8 + 2, mixed.usedSlots());
    assertEquals(6, mixed.freeSlots(), "the five of the vnode that is offline are not free");
    assertEquals(2, mixed.gpus(), "a reference to another vnode's GPUs adds none");
    assertEquals(List.of("workq"), mixed.queueNames());
    assertEquals("bad DIMM | slot 2", mixed.reason());
    assertEquals(NodeState.DOWN, nodes.get("n002").nodeState());
    assertEquals(NodeState.DOWN, nodes.get("n003").nodeState());
    assertEquals(NodeState.OFFLINE, nodes.get("n004").nodeState());
    assertEquals(NodeState.FULL, nodes.get("n005").nodeState());
    assertEquals(NodeState.UNKNOWN, nodes.get("n006").nodeState());
    assertEquals(NodeState.FREE, nodes.get("n008").nodeState());
  }

  @Test
  void withQueryOtherJobsFalseOnlyOwnJobsAreSeen() throws Exception {
    assertEquals(Visibility.OWN, awkward.parse(adapter.server(), problems).visibility());
  }

  @Test
  void noTextIsNoJobButNoNodeIsNoListing() throws Exception {
    assertEquals(List.of(), parse(Fixture.jobsOf(adapter), ""));
    assertThrows(UnparsableException.class, () -> parse(adapter.nodes(), ""));
    assertThrows(UnparsableException.class, () -> parse(adapter.server(), ""));
    assertThrows(UnparsableException.class, () -> parse(Fixture.jobsOf(adapter), "{\n}\n"));
    assertThrows(
        UnparsableException.class,
        () -> parse(Fixture.jobsOf(adapter), "Job Id: 1.s|Job_Owner=o|a=^\n"));
  }

  @Test
  void lineWithoutEndIsCountedNotKept() throws Exception {
    String text =
        "Job Id: 1.s|Job_Owner=o@h|comment="
            + "c".repeat(5 << 20)
            + "\nJob Id: 2.s|Job_Owner=o@h|job_state=Q\n";
    Problems counted = new Problems();
    List<Job> kept =
        Fixture.parse(Fixture.jobsOf(adapter), text.getBytes(StandardCharsets.UTF_8), counted);
    assertEquals(List.of("2.s"), kept.stream().map(Job::jobId).toList());
    assertEquals(1, counted.count());
  }

  @Test
  void singleJob() throws Exception {
    Fixture mixed = Fixture.of("openpbs-23.06.06/mixed");
    byte[] listing = mixed.bytes(Fixture.jobsOf(adapter));
    JobDetail waiting = Fixture.parse(adapter.job("42"), listing, new Problems());
    assertEquals("waits for free resources", waiting.reason());
    JobDetail array = Fixture.parse(adapter.job("14[]"), listing, new Problems());
    assertEquals(6, array.job().taskCount());
    assertEquals(
        List.of("array_state_count = Queued:6 Running:4 Exiting:0 Expired:0"),
        array.text().lines().filter(line -> line.startsWith("array_state_count")).toList());
    assertThrows(
        UnparsableException.class,
        () -> Fixture.parse(adapter.job("99999"), new byte[0], new Problems()));
    assertThrows(IllegalArgumentException.class, () -> adapter.job("--version"));
    assertEquals(List.of("qstat", "-f", "-F", "dsv", "14[].s"), adapter.job("14[].s").argv());
  }

  private Job job(String id) {
    return jobs.stream()
        .filter(job -> job.jobId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + id));
  }

  private static <T> T parse(Listing<T> listing, String text) throws Exception {
    return Fixture.parse(listing, text.getBytes(StandardCharsets.UTF_8), new Problems());
  }
}
