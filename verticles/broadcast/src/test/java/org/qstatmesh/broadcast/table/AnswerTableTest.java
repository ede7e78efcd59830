package org.qstatmesh.broadcast.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qstatmesh.broadcast.browser.GridQuestion;
import org.qstatmesh.broadcast.feed.FeedAnswer;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

class AnswerTableTest {
  private static final GridQuestion ANY = new GridQuestion.Nodes("hpc1");

  private static void assertTable(GridQuestion question, Object answer, String... lines) {
    String csv = new String(AnswerTable.csv(question, answer), StandardCharsets.UTF_8);
    assertEquals(String.join("\r\n", lines) + "\r\n", csv);
  }

  private static GridQuestion.History history(boolean band) {
    return new GridQuestion.History(
        new HistoryQuery(
            "hpc1",
            HistoryQuery.Dimension.USER,
            HistoryQuery.Measure.RUNNING_SLOTS,
            0,
            600_000,
            600,
            8,
            band));
  }

  private static HistoryAnswer answer(List<Double> min, List<Double> max) {
    return new HistoryAnswer(
        300_000,
        List.of(0L, 300_000L),
        List.of(
            new HistoryAnswer.Series("=alice", Arrays.asList(12.0, null), min, max),
            new HistoryAnswer.Series(null, List.of(0.5, 1e-7), min, max)),
        Arrays.asList(1.0, null),
        List.of(77.0, 0.0),
        List.of(336.0, 336.25),
        0L);
  }

  @Test
  void aHistoryHasALineForEachValue() {
    assertTable(
        history(false),
        answer(null, null),
        "time,cluster,dimension,key,measure,value",
        "1970-01-01T00:00:00Z,hpc1,user,'=alice,runningSlots,12",
        "1970-01-01T00:05:00Z,hpc1,user,'=alice,runningSlots,",
        "1970-01-01T00:00:00Z,hpc1,user,,runningSlots,0.5",
        "1970-01-01T00:05:00Z,hpc1,user,,runningSlots,0.00000010",
        "1970-01-01T00:00:00Z,hpc1,others,,runningSlots,1",
        "1970-01-01T00:05:00Z,hpc1,others,,runningSlots,",
        "1970-01-01T00:00:00Z,hpc1,slots,,free,77",
        "1970-01-01T00:05:00Z,hpc1,slots,,free,0",
        "1970-01-01T00:00:00Z,hpc1,slots,,total,336",
        "1970-01-01T00:05:00Z,hpc1,slots,,total,336.25");
  }

  @Test
  void aBandHasTwoColumnsMore() {
    String csv =
        new String(
            AnswerTable.csv(history(true), answer(Arrays.asList(3.0, null), List.of(20.0, 4.0))),
            StandardCharsets.UTF_8);
    List<String> lines = List.of(csv.split("\r\n", -1));
    assertEquals("time,cluster,dimension,key,measure,value,min,max", lines.get(0));
    assertEquals("1970-01-01T00:00:00Z,hpc1,user,'=alice,runningSlots,12,3,20", lines.get(1));
    assertEquals("1970-01-01T00:05:00Z,hpc1,user,'=alice,runningSlots,,,4", lines.get(2));
    assertEquals("1970-01-01T00:00:00Z,hpc1,slots,,free,77,,", lines.get(7));
  }

  @Test
  void textsOfJobsAreNeitherFormulasNorLines() {
    Job job =
        Job.builder("11.login1", "alice", JobState.QUEUED)
            .jobName("=HYPERLINK(\"http://evil\",\"x\")\r\n+1")
            .groupName("\tchem")
            .accountingId("a;=1")
            .nodeNames(List.of("n001", "n002"))
            .slots(32)
            .priority(-5L)
            .reason("@x, waits")
            .build();
    assertTable(
        ANY,
        new JobsAnswer(7, 1, List.of(job)),
        "jobId,jobName,jobOwner,groupName,accountingId,queueName,jobState,jobSubState,taskCount,"
            + "slots,nodeCount,gpus,memoryBytes,nodeNames,submissionTimeEpochSeconds,"
            + "dispatchTimeEpochSeconds,expectedStartEpochSeconds,wallclockLimitSeconds,"
            + "wallclockTimeSeconds,priority,reason",
        "11.login1,\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\\u000d\\u000a+1\",alice,\\u0009chem,"
            + "a;'=1,,QUEUED,,1,32,,,,n001 n002,,,,,,-5,\"'@x, waits\"");
  }

  @Test
  void nodesHaveTheirOwners() {
    Node node =
        new Node(
            "n001",
            NodeState.FULL,
            null,
            16,
            16,
            0,
            0,
            0,
            null,
            null,
            15.9,
            List.of("a", "b"),
            "-");
    assertTable(
        ANY,
        new NodesAnswer(7, List.of(node), Map.of("n001", List.of("alice", "bob"))),
        "nodeName,nodeState,nodeSubState,slots,usedSlots,freeSlots,gpus,usedGpus,memoryBytes,"
            + "usedMemoryBytes,loadAverage,queueNames,reason,owners",
        "n001,FULL,,16,16,0,0,0,,,15.9,a b,'-,alice bob");
  }

  @Test
  void waitsHaveALineForEachSize() {
    assertTable(
        ANY,
        new WaitsAnswer(
            List.of(
                new WaitsAnswer.Wait("hpc1", null, 0, null, 4, 60, 600),
                new WaitsAnswer.Wait("hpc1", "batch", 1, 8, 3, 50, 500)),
            List.of()),
        "cluster,queueName,minSlots,maxSlots,count,p50Seconds,p90Seconds",
        "hpc1,,0,,4,60,600",
        "hpc1,batch,1,8,3,50,500");
  }

  @Test
  void eventsOfAllKindsAreInOneOrder() {
    assertTable(
        ANY,
        new EventsAnswer(
            List.of(
                new JobEvent(
                    JobChange.STARTED, 3_000, "11", "alice", "q", null, 1, 8, 0L, 2L, null, 2L),
                new JobEvent(
                    JobChange.SUBMITTED,
                    1_000,
                    "11",
                    "alice",
                    "q",
                    null,
                    1,
                    8,
                    0L,
                    null,
                    null,
                    null)),
            List.of(new NodeEvent(2_000, "n001", null, NodeState.DOWN, "=x")),
            true,
            List.of(
                new ClusterEvent(ClusterChange.CLUSTER_DOWN, 4_000, FailureCode.PROBE_TIMEOUT))),
        "time,event,jobId,jobOwner,queueName,accountingId,tasks,slots,submissionTimeEpochSeconds,"
            + "dispatchTimeEpochSeconds,finishTimeEpochSeconds,waitSeconds,nodeName,from,to,reason",
        "1970-01-01T00:00:04Z,CLUSTER_DOWN,,,,,,,,,,,,,,PROBE_TIMEOUT",
        "1970-01-01T00:00:03Z,STARTED,11,alice,q,,1,8,0,2,,2,,,,",
        "1970-01-01T00:00:02Z,NODE,,,,,,,,,,,n001,,DOWN,'=x",
        "1970-01-01T00:00:01Z,SUBMITTED,11,alice,q,,1,8,0,,,,,,,");
  }

  @Test
  void changesOfEachKindAreALine() {
    assertTable(
        ANY,
        new FeedAnswer(
            List.of(
                new FeedAnswer.Entry(
                    3_000, null, new FeedAnswer.Use("=alice", 19, 456, 0, 0), null),
                new FeedAnswer.Entry(
                    2_000,
                    null,
                    null,
                    new FeedAnswer.Nodes(
                        FeedAnswer.Turn.DOWN, 7, List.of("n1", "n2"), "not, responding")),
                new FeedAnswer.Entry(
                    1_000,
                    new FeedAnswer.Answering(ClusterChange.CLUSTER_DOWN, FailureCode.PROBE_TIMEOUT),
                    null,
                    null)),
            0,
            false),
        "time,change,user,startedJobs,startedSlots,endedJobs,endedSlots,nodes,nodeNames,reason",
        "1970-01-01T00:00:03Z,USE,'=alice,19,456,0,0,,,",
        "1970-01-01T00:00:02Z,NODES_DOWN,,,,,,7,n1 n2,\"not, responding\"",
        "1970-01-01T00:00:01Z,CLUSTER_DOWN,,,,,,,,PROBE_TIMEOUT");
  }

  @Test
  void aTableThatIsTooLongIsNotWritten() {
    int points = 40_000;
    HistoryAnswer answer =
        new HistoryAnswer(
            1,
            Collections.nCopies(points, 0L),
            List.of(),
            Collections.nCopies(points, 1.0),
            Collections.nCopies(points, 1.0),
            Collections.nCopies(points, 1.0),
            0L);
    QueryFailure failure =
        assertThrows(QueryFailure.class, () -> AnswerTable.csv(history(false), answer));
    assertEquals(413, failure.code());
  }

  @Test
  void oneJobIsNoTable() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AnswerTable.csv(ANY, new JobAnswer(null, null, null)));
  }
}
