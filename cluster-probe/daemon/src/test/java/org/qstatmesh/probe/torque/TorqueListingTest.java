package org.qstatmesh.probe.torque;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
import org.qstatmesh.wire.Visibility;

/** What recordings of 6.1 cannot show: 4.2, and what users and damage do to a listing. */
@Timeout(60)
class TorqueListingTest {
  private final TorqueAdapter adapter = new TorqueAdapter(false);
  private final Fixture old = Fixture.of("torque-4.2.10/hand-made");
  private final Fixture awkward = Fixture.of("torque-6.1.3/hand-made-awkward");

  @Test
  void version42NamesEachCoreByItself() throws Exception {
    Map<String, Job> jobs = byNumber(old.jobs());
    assertEquals(8, jobs.get("7").slots());
    assertEquals(List.of("n001", "n002"), jobs.get("7").nodeNames());
    assertEquals(120 * 3600 + 30 * 60 + 5L, jobs.get("7").wallclockTimeSeconds());
    assertEquals(3600L, jobs.get("8").wallclockLimitSeconds(), "plain seconds");
    assertEquals(8 + 1 + 1 + 1, Counts.runningSlots(old.jobs()));
    Map<String, Node> nodes = old.nodes().stream().collect(toMap(Node::nodeName, node -> node));
    assertEquals(4, nodes.get("n001").usedSlots());
    assertEquals(2, nodes.get("n003").usedSlots(), "core 3 is shared by two jobs");
    assertEquals(1.25, nodes.get("n003").loadAverage());
    assertNull(nodes.get("n004").usedGpus(), "TORQUE does not say");
    assertNull(nodes.get("n005").loadAverage(), "of the time before it went down");
  }

  @Test
  void withoutQueryOtherJobsOnlyOwnJobsAreSeen() throws Exception {
    assertEquals(Visibility.OWN, old.parse(adapter.server(), new Problems()).visibility());
    assertEquals(Visibility.OWN, awkward.parse(adapter.server(), new Problems()).visibility());
  }

  @Test
  void namesStayWhatTheirUsersChose() throws Exception {
    Map<String, Job> jobs = byNumber(awkwardJobs(new Problems()));
    assertEquals("<img src=x onerror=alert(1)>", jobs.get("1").jobName());
    assertEquals("a \"b\" \\c, d=1 <&>", jobs.get("1").accountingId());
    // XML cannot carry ESC
    assertEquals("two\nlines\tand ESC \uFFFD[31m", jobs.get("2").jobName());
  }

  @Test
  void damagedRecordsAreCountedAndOthersShown() throws Exception {
    Problems problems = new Problems();
    Map<String, Job> jobs = byNumber(awkwardJobs(problems));
    // 5: exec_host; 6: no owner; 7: no <Job>
    assertEquals(3, problems.count());
    assertEquals(
        List.of(
            "record 5: exec_host is no count",
            "record 6: a job needs jobId, jobOwner and jobState",
            "record 7: is no Job"),
        problems.notes());
    assertFalse(jobs.containsKey("999") || jobs.containsKey("998"), "forged jobs");
    assertEquals(JobState.UNDETERMINED, jobs.get("4").jobState());
    assertEquals("Z", jobs.get("4").jobSubState());
    assertEquals(6, jobs.get("1").slots(), "n001/0-3,5+n002/1");
    assertEquals(2 * 2 + 1 * 8, jobs.get("30").slots(), "-L tasks=2:lprocs=2 -L tasks=1:lprocs=8");
    assertEquals(2 * 2 + 3, jobs.get("31").slots(), "nodes and procs add up");
    assertNull(jobs.get("31").wallclockLimitSeconds());
    assertNull(jobs.get("31").memoryBytes());
    assertEquals(-1024L, jobs.get("31").priority());
  }

  @Test
  void arrayIsItsTasksOrElseItself() throws Exception {
    Map<String, Job> jobs = byNumber(awkwardJobs(new Problems()));
    assertEquals(10, jobs.get("20[]").taskCount(), "1-10%3, all of them waiting");
    assertEquals(JobState.UNDETERMINED, jobs.get("21[]").jobState(), "nobody says how many run");
    assertNull(jobs.get("21[]").slots());
    assertFalse(jobs.containsKey("22[]"), "its tasks are listed");
    assertEquals(1, jobs.get("22[2]").slots());
  }

  @Test
  void noTextIsNoJobButNoNodeIsNoListing() throws Exception {
    assertEquals(List.of(), parse(Fixture.jobsOf(adapter), ""));
    assertEquals(List.of(), parse(adapter.queues(), ""));
    assertThrows(UnparsableException.class, () -> parse(adapter.nodes(), ""));
    assertThrows(UnparsableException.class, () -> parse(adapter.server(), ""));
    assertThrows(UnparsableException.class, () -> parse(Fixture.jobsOf(adapter), "qstat: error\n"));
    assertThrows(
        UnparsableException.class, () -> parse(Fixture.jobsOf(adapter), "<Other></Other>"));
  }

  @Test
  void declaredEntitiesAreNotFollowed() {
    String bomb =
        "<!DOCTYPE Data [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
            + "<Data><Job><Job_Id>1.s</Job_Id><Job_Owner>&a;</Job_Owner></Job></Data>";
    assertThrows(UnparsableException.class, () -> parse(Fixture.jobsOf(adapter), bomb));
  }

  @Test
  void valueWithoutEndIsCountedNotKept() throws Exception {
    String job = "<Job><Job_Id>%s.s</Job_Id><Job_Owner>o@h</Job_Owner><comment>%s</comment></Job>";
    String text =
        "<Data>" + job.formatted(1, "c".repeat(5 << 20)) + job.formatted(2, "c") + "</Data>";
    Problems problems = new Problems();
    List<Job> jobs =
        Fixture.parse(Fixture.jobsOf(adapter), text.getBytes(StandardCharsets.UTF_8), problems);
    assertEquals(List.of("2.s"), jobs.stream().map(Job::jobId).toList());
    assertEquals(1, problems.count());
  }

  @Test
  void singleJobIsFoundAmongThoseListed() throws Exception {
    Fixture mixed = Fixture.of("torque-6.1.3/mixed");
    byte[] listing = mixed.bytes(Fixture.jobsOf(adapter));
    JobDetail detail = Fixture.parse(adapter.job("43"), listing, new Problems());
    assertEquals("43.login1.cluster.example", detail.job().jobId());
    assertEquals("waits for another job", detail.reason());
    assertEquals(
        List.of("Hold_Types = s", "depend = afterok:6.login1.cluster.example"),
        detail
            .text()
            .lines()
            .filter(line -> line.startsWith("Hold_Types") || line.startsWith("depend"))
            .sorted()
            .toList());
    assertThrows(
        UnparsableException.class,
        () -> Fixture.parse(adapter.job("4"), new byte[0], new Problems()));
    assertEquals(List.of("qstat", "-x", "15[].login1"), adapter.job("15[].login1").argv());
    assertThrows(IllegalArgumentException.class, () -> adapter.job("-f"));
  }

  private List<Job> awkwardJobs(Problems problems) throws Exception {
    return awkward.parse(Fixture.jobsOf(adapter), problems);
  }

  private static Map<String, Job> byNumber(List<Job> jobs) {
    return jobs.stream()
        .collect(toMap(job -> job.jobId().substring(0, job.jobId().indexOf('.')), job -> job));
  }

  private static <T> T parse(Listing<T> listing, String text) throws Exception {
    return Fixture.parse(listing, text.getBytes(StandardCharsets.UTF_8), new Problems());
  }
}
