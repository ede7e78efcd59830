package org.qstatmesh.probe.gridengine;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

/** What the recording of one host cannot show, and what users and damage do to a listing. */
@Timeout(60)
class GridEngineListingTest {
  private final GridEngineAdapter adapter = new GridEngineAdapter(false);
  private final Fixture awkward = Fixture.of("gridengine-8.1.9/hand-made-awkward");

  @TempDir Path folder;

  @Test
  void aJobOnTwoHostsIsOneJob() throws Exception {
    Job job = only("1");
    assertEquals(4 + 8 + 2, job.slots());
    assertEquals(List.of("n001", "n002"), job.nodeNames());
    assertEquals(2, job.nodeCount());
    assertEquals("all.q,long.q", job.queueName());
    assertEquals(100 * 3600 + 30 * 60 + 15L, job.wallclockLimitSeconds());
    assertEquals(1_014 - 1_024L, job.priority());
    assertEquals("acct \"q\" \\b, x=1 <&>", job.accountingId());
  }

  @Test
  void tasksOfAnArrayAreCountedInTheStateTheyHave() throws Exception {
    assertEquals("Rr", only("2.5").jobSubState());
    assertEquals("<b>&\"\nname", only("2.3").jobName());
    Map<String, Integer> waiting =
        jobs(new Problems()).stream()
            .filter(job -> job.jobId().equals("2"))
            .collect(toMap(Job::jobSubState, Job::taskCount));
    // 7-10:1,13,15-19:2 and 20-29:1 and 1,4
    assertEquals(Map.of("qw", 4 + 1 + 3, "hqw", 10, "Eqw", 2), waiting);
  }

  @Test
  void damagedRecordsAreCountedAndLeftOut() throws Exception {
    Problems problems = new Problems();
    List<Job> jobs = jobs(problems);
    // no host, no slots, bad slots, no owner, tasks cut short, tasks backwards, a negative number
    assertEquals(7, problems.count(), problems.notes().toString());
    for (String left : List.of("8", "10", "11", "12", "23", "24", "-5")) {
      assertTrue(jobs.stream().noneMatch(job -> job.jobId().equals(left)), left);
    }
    assertTrue(jobs.stream().noneMatch(job -> job.jobId().equals("13")), "ended");
  }

  @ParameterizedTest
  @CsvSource({
    "r, RUNNING",
    "t, RUNNING",
    "Rr, RUNNING",
    "dr, RUNNING",
    "hr, RUNNING",
    "s, SUSPENDED",
    "S, SUSPENDED",
    "T, SUSPENDED",
    "tS, SUSPENDED",
    "ds, SUSPENDED",
    "dRT, SUSPENDED",
    "N, SUSPENDED",
    "P, SUSPENDED",
    "qw, QUEUED",
    "Rq, QUEUED",
    "dqw, QUEUED",
    "hqw, HELD",
    "hRwq, HELD",
    "Eqw, HELD",
    "Ehqw, HELD",
    "z, FINISHED",
    "mr, UNDETERMINED",
    "d, UNDETERMINED",
    ", UNDETERMINED",
    "'', UNDETERMINED"
  })
  void readsStates(String word, JobState state) {
    assertEquals(state, StateWord.stateOf(word));
  }

  @Test
  void groupsGoOnlyToTheJobTheyBelongTo() throws Exception {
    assertNull(only("25").groupName(), "came after the second command");
    assertNull(only("26").groupName(), "the number was somebody else's");
    assertEquals("bio", only("4").groupName());
    assertEquals(1_795_332_600L, only("4").submissionTimeEpochSeconds(), "milliseconds");
  }

  @Test
  void aJobBeforeItsTimeIsHeld() throws Exception {
    assertEquals(JobState.HELD, only("27").jobState());
    assertEquals("waits for its start time", only("27").reason());
    assertEquals(JobState.QUEUED, only("28").jobState(), "other jobs started after that time");
    assertEquals("its user is at a limit", only("28").reason());
  }

  @Test
  void jobsStayWhenTheSecondCommandIsCutOff() throws Exception {
    Listing<?> details = adapter.jobDetails().orElseThrow();
    byte[] half = new byte[9_000];
    System.arraycopy(awkward.bytes(details), 0, half, 0, half.length);
    assertThrows(UnparsableException.class, () -> Fixture.parse(details, half, new Problems()));
    List<Job> alone = awkward.parse(Fixture.jobsOf(adapter), new Problems());
    assertEquals(jobs(new Problems()).size(), alone.size());
    assertNull(alone.get(0).groupName());
  }

  @Test
  void hostsByState() throws Exception {
    Map<String, Node> nodes = nodes(new Problems());
    assertNode(nodes.get("n001"), NodeState.PARTIAL, 8, 6, 2, "limited to 8 of 16");
    assertNode(nodes.get("n002"), NodeState.FULL, 8, 10, 0, "overdrawn");
    assertNode(nodes.get("n003"), NodeState.FULL, 8, 3, 0, "load alarm");
    assertNode(nodes.get("n004"), NodeState.FULL, 12, 2, 0, "d in one queue, S in the other");
    assertNode(nodes.get("n005"), NodeState.OFFLINE, 4, 2, 0, "in error");
    assertNode(nodes.get("n006"), NodeState.OFFLINE, 8, 0, 0, "disabled twice");
    assertNode(nodes.get("n007"), NodeState.DOWN, 16, 0, 0, "unreachable");
    assertNode(nodes.get("n008"), NodeState.UNKNOWN, 8, 0, 0, "a letter nobody wrote down");
    assertNode(nodes.get("n009"), NodeState.OFFLINE, 0, 0, 0, "in no queue");
    assertNode(nodes.get("n010"), NodeState.UNKNOWN, 0, 0, 0, "never seen");
    assertNode(nodes.get("n011"), NodeState.FREE, 8, 0, 8, "its limit is above its queues'");
    assertNode(nodes.get("n013"), NodeState.FREE, 12, 0, 8, "one of two queues disabled");
    assertEquals("all.q=d,long.q=S", nodes.get("n004").nodeSubState());
    assertNull(nodes.get("n003").loadAverage(), "1e9");
    assertNull(nodes.get("n007").memoryBytes(), "-");
    assertFalse(nodes.containsKey("global"));
  }

  @Test
  void hostsThatMakeNoSenseAreCountedAndLeftOut() throws Exception {
    Problems problems = new Problems();
    assertFalse(nodes(problems).containsKey("n012"));
    // slots_used is x, and slots left are many
    assertEquals(2, problems.count(), problems.notes().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "23.5G, 25232932864",
    "503.6M, 528062874",
    "1.0T, 1099511627776",
    "0.0, 0",
    "12, 12",
    "2K, 2048",
    "2k, 2000",
    "-, ",
    "N/A, ",
    "1.5.5G, ",
    "999999999999T, "
  })
  void readsMemory(String text, Long bytes) {
    assertEquals(bytes, Memory.parseBytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-j", "7.", "7.2.3", "7 8", "*", "alice", "7.2\n", "1-3"})
  void refusesWhatIsNoJobId(String id) {
    assertThrows(IllegalArgumentException.class, () -> adapter.job(id));
  }

  @Test
  void oneTaskIsAskedForByTheNumberOfItsJob() throws Exception {
    assertEquals(List.of("qstat", "-j", "2", "-xml"), adapter.job("2.5").argv());
    byte[] all = awkward.bytes(adapter.jobDetails().orElseThrow());
    JobDetail detail = Fixture.parse(adapter.job("2.5"), all, new Problems());
    assertEquals("2.5", detail.job().jobId());
    assertEquals(1, detail.job().taskCount());
    assertEquals(29, Fixture.parse(adapter.job("2"), all, new Problems()).job().taskCount());
    assertTrue(detail.text().contains("JB_ja_task_concurrency = 2\n"), detail.text());
  }

  @Test
  void anUnknownJobIsNoFailure() throws Exception {
    String unknown =
        "<?xml version='1.0'?>\n<unknown_jobs >\n    <ST_name>99999</ST_name>\n</unknown_jobs>\n";
    byte[] answer = unknown.getBytes(StandardCharsets.US_ASCII);
    assertNull(Fixture.parse(adapter.job("99999"), answer, new Problems()));
    assertThrows(
        UnparsableException.class,
        () -> Fixture.parse(Fixture.jobsOf(adapter), answer, new Problems()));
  }

  @Test
  void secretsOfASingleJobStay() throws Exception {
    byte[] all = awkward.bytes(adapter.jobDetails().orElseThrow());
    String listing = new String(all, StandardCharsets.UTF_8);
    for (String secret :
        List.of("environment", "submit-argument", "output-path", "error-path", "mail", "cwd")) {
      assertTrue(listing.contains("planted-" + secret), secret);
    }
    for (Job job : jobs(new Problems())) {
      JobDetail detail = Fixture.parse(adapter.job(job.jobId()), all, new Problems());
      if (detail != null) {
        for (String secret : List.of("planted", "TOKEN", "/home/", "far.example", "root")) {
          boolean another = job.jobId().equals("26") && secret.equals("root");
          assertEquals(another, detail.toString().contains(secret), job.jobId() + secret);
        }
      }
    }
    JobDetail first = Fixture.parse(adapter.job("1"), all, new Problems());
    assertTrue(first.text().contains("hard_resource.h_vmem = 4G\n"), first.text());
    assertTrue(first.text().contains("hard_resource.license = (text)\n"), first.text());
    assertTrue(first.text().contains("JB_pe_range = 2-14:1\n"), first.text());
    assertEquals("waits for another job", detail("21", all).reason());
  }

  @Test
  void hiddenNamesAreInNoRecord() throws Exception {
    GridEngineAdapter hiding = new GridEngineAdapter(true);
    for (Job job : awkward.parse(Fixture.jobsOf(hiding), new Problems())) {
      assertNull(job.jobName());
    }
    byte[] all = awkward.bytes(adapter.jobDetails().orElseThrow());
    JobDetail detail = Fixture.parse(hiding.job("1"), all, new Problems());
    assertFalse(detail.toString().contains("name of 1"), detail.toString());
  }

  @Test
  void theServersNameIsThatOfTheActingMaster() throws Exception {
    Path common = Files.createDirectories(folder.resolve("cell2/common"));
    ActingMaster master =
        ActingMaster.of(Map.of("SGE_ROOT", folder.toString(), "SGE_CELL", "cell2"));
    GridEngineAdapter there = new GridEngineAdapter(false, master);
    assertNull(serverName(there), "no file");
    Files.writeString(common.resolve("act_qmaster"), "login1.cluster.example\n");
    assertEquals("login1.cluster.example", serverName(there));
    Files.writeString(common.resolve("act_qmaster"), "shadow2\n");
    assertEquals("shadow2", serverName(there), "after a fail-over");
    Files.writeString(common.resolve("act_qmaster"), "<b>\n");
    assertNull(serverName(there));
  }

  @ParameterizedTest
  @CsvSource({
    "SGE 8.1.9, true",
    "GE 6.2u5, true",
    "OGS/GE 2011.11p1, true",
    "UGE 8.6.5, true",
    "pbs_version = 23.06.06, false",
    "Version: 6.1.3, false",
    "SGE, false"
  })
  void knowsItsOwnHelp(String firstLine, boolean own) {
    assertEquals(own, HelpText.isGridEngine(firstLine + "\nusage: qstat [options]\n"));
    assertFalse(HelpText.isGridEngine(firstLine + "\n"));
  }

  private String serverName(GridEngineAdapter there) throws Exception {
    ServerFacts facts = awkward.parse(there.server(), new Problems());
    assertEquals("OGS/GE 2011.11p1", facts.version());
    return facts.serverName();
  }

  private static void assertNode(
      Node node, NodeState state, int slots, int used, int free, String what) {
    assertEquals(state, node.nodeState(), what);
    assertEquals(
        List.of(slots, used, free),
        List.of(node.slots(), node.usedSlots(), node.freeSlots()),
        what);
  }

  private JobDetail detail(String id, byte[] all) throws Exception {
    return Fixture.parse(adapter.job(id), all, new Problems());
  }

  private UnaryOperator<Job> details() throws Exception {
    return awkward.parse(adapter.jobDetails().orElseThrow(), new Problems());
  }

  private List<Job> jobs(Problems problems) throws Exception {
    UnaryOperator<Job> details = details();
    return awkward.parse(Fixture.jobsOf(adapter), problems).stream().map(details).toList();
  }

  private Job only(String id) throws Exception {
    List<Job> found = jobs(new Problems()).stream().filter(job -> job.jobId().equals(id)).toList();
    assertEquals(1, found.size(), id);
    return found.get(0);
  }

  private Map<String, Node> nodes(Problems problems) throws Exception {
    List<Node> nodes = awkward.parse(adapter.nodes(), problems);
    Supplement<List<Node>, ?> limits = adapter.nodeSupplement().orElseThrow();
    awkward.parse(limits.listing(), problems);
    return joined(nodes, limits).stream().collect(toMap(Node::nodeName, node -> node));
  }

  private <R, S> R joined(R records, Supplement<R, S> supplement) throws Exception {
    return supplement.join().apply(records, awkward.parse(supplement.listing(), new Problems()));
  }
}
