package org.qstatmesh.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad record is left out and counted; the others are shown. */
@Timeout(30)
class BadRecordsTest {
  private static final String GOOD_JOB =
      "{\"jobId\":\"1\",\"jobOwner\":\"alice\",\"jobState\":\"QUEUED\"}";
  private static final String GOOD_NODE = "{\"nodeName\":\"n1\",\"nodeState\":\"FREE\"}";
  private static final Job JOB = Job.builder("1", "alice", JobState.QUEUED).build();
  private static final Node NODE = Samples.bareNode("n1", NodeState.FREE);

  private static String job(String fields) {
    return "{\"jobId\":\"2\",\"jobOwner\":\"bob\",\"jobState\":\"RUNNING\"," + fields + "}";
  }

  private static List<CollectorReport> problems(String collector, int count) {
    return List.of(new CollectorReport(collector, null, true, 0, null, count, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "3",
        "\"job\"",
        "[]",
        "[[{\"jobId\":\"x\"}]]",
        "{}",
        "{\"jobOwner\":\"bob\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":\"2\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":\"2\",\"jobOwner\":\"bob\"}",
        "{\"jobId\":null,\"jobOwner\":\"bob\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":\"\",\"jobOwner\":\"bob\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":2,\"jobOwner\":\"bob\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":\"2\",\"jobOwner\":\"@login1\",\"jobState\":\"RUNNING\"}",
        "{\"jobId\":\"2\",\"jobOwner\":\"bob\",\"jobState\":null}",
        "{\"jobId\":\"2\",\"jobOwner\":\"bob\",\"jobState\":4}",
      })
  void jobThatIsNoneIsLeftOut(String bad) throws WireException {
    Snapshot snapshot = Frames.snapshot(bad + "," + GOOD_JOB + "," + bad, GOOD_NODE, "");
    assertEquals(List.of(JOB), snapshot.jobs());
    assertEquals(List.of(NODE), snapshot.nodes());
    assertEquals(problems("jobs", 2), snapshot.collectors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"slots\":-1",
        "\"slots\":\"32\"",
        "\"slots\":32.5",
        "\"slots\":2147483648",
        "\"slots\":99999999999999999999999999",
        "\"slots\":1e400",
        "\"slots\":true",
        "\"slots\":{\"n\":[1,{\"m\":2}]}",
        "\"taskCount\":0",
        "\"taskCount\":-5",
        "\"taskCount\":\"1\"",
        "\"gpus\":[1]",
        "\"nodeCount\":-2",
        "\"memoryBytes\":-1",
        "\"memoryBytes\":9223372036854775808",
        "\"memoryBytes\":1e19",
        "\"submissionTimeEpochSeconds\":-1",
        "\"wallclockLimitSeconds\":\"01:00:00\"",
        "\"priority\":9223372036854775808",
        "\"jobName\":7",
        "\"reason\":{}",
        "\"nodeNames\":\"n1\"",
        "\"nodeNames\":[1]",
        "\"nodeNames\":[null]",
        "\"nodeNames\":[[\"n1\"],\"n2\"]",
      })
  void jobWithAnImpossibleValueIsLeftOut(String field) throws WireException {
    Snapshot snapshot = Frames.snapshot(GOOD_JOB + "," + job(field), GOOD_NODE, "");
    assertEquals(List.of(JOB), snapshot.jobs());
    assertEquals(problems("jobs", 1), snapshot.collectors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"nodeState\":\"FREE\"}",
        "{\"nodeName\":\"n2\"}",
        "{\"nodeName\":\"\",\"nodeState\":\"FREE\"}",
        "{\"nodeName\":\"n2\",\"nodeState\":\"FREE\",\"freeSlots\":-1}",
        "{\"nodeName\":\"n2\",\"nodeState\":\"FREE\",\"loadAverage\":\"NaN\"}",
        "{\"nodeName\":\"n2\",\"nodeState\":\"FREE\",\"loadAverage\":-0.5}",
        "{\"nodeName\":\"n2\",\"nodeState\":\"FREE\",\"loadAverage\":1e999}",
        "{\"nodeName\":\"n2\",\"nodeState\":\"FREE\",\"queueNames\":{\"a\":1}}",
      })
  void badNodeIsLeftOut(String bad) throws WireException {
    Snapshot snapshot = Frames.snapshot(GOOD_JOB, bad + "," + GOOD_NODE, "");
    assertEquals(List.of(NODE), snapshot.nodes());
    assertEquals(problems("nodes", 1), snapshot.collectors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"queueName\":\"\"}",
        "{\"queueName\":\"q\",\"enabled\":1}",
        "{\"queueName\":\"q\",\"slotsLimit\":-1}",
      })
  void badQueueIsLeftOut(String bad) throws WireException {
    Snapshot snapshot =
        Frames.snapshot("", "", ",\"queues\":[{\"queueName\":\"batch\"}," + bad + "]");
    assertEquals(List.of(new Queue("batch", null, null, null, null)), snapshot.queues());
    assertEquals(problems("queues", 1), snapshot.collectors());
  }

  @ParameterizedTest
  @CsvSource({"0,1", "4,5", "2147483647,2147483647"})
  void countIsAddedToTheProbesOwn(int sent, int expected) throws WireException {
    String reports =
        ",\"collectors\":[{\"collector\":\"nodes\"},{\"collector\":\"jobs\",\"command\":\"qstat\","
            + "\"success\":true,\"durationSeconds\":2,\"problems\":"
            + sent
            + "}]";
    Snapshot snapshot = Frames.snapshot(GOOD_JOB + ",3", GOOD_NODE, reports);
    assertEquals(
        List.of(
            new CollectorReport("nodes", null, true, 0, null, 0, null),
            new CollectorReport("jobs", "qstat", true, 2, null, expected, null)),
        snapshot.collectors());
  }

  /** Nothing understood is not the same as nothing there. */
  @Test
  void arrayWithoutOneGoodRecordCountsAsFailed() throws WireException {
    Snapshot snapshot = Frames.snapshot("{\"jobId\":\"1\"},7", GOOD_NODE, "");
    assertNull(snapshot.jobs());
    CollectorReport report = snapshot.collectors().get(0);
    assertEquals(2, report.problems());
    assertEquals(false, report.success());
    assertEquals("DRMS_UNPARSABLE", report.error().code());
    assertEquals(
        "none of 2 records can be read; /snapshot/jobs/0 at byte 106:"
            + " a job needs jobId, jobOwner and jobState",
        report.error().message());
    assertEquals(List.of(), Frames.snapshot("", GOOD_NODE, "").jobs());
  }

  @Test
  void whatIsOddButPossibleIsKept() throws WireException {
    String fields =
        "\"taskCount\":null,\"slots\":0,\"gpus\":4.0,\"priority\":-7,\"nodeNames\":null,"
            + "\"memoryBytes\":1.5e3,\"jobName\":\"\"";
    Job expected =
        Job.builder("2", "bob", JobState.RUNNING)
            .slots(0)
            .gpus(4)
            .priority(-7L)
            .memoryBytes(1_500L)
            .jobName("")
            .build();
    Snapshot snapshot = Frames.snapshot(job(fields), GOOD_NODE, "");
    assertEquals(List.of(expected), snapshot.jobs());
    assertEquals(List.of(), snapshot.collectors());
  }

  @ParameterizedTest
  @CsvSource({"alice,alice", "alice@login1.cluster.example,alice", "alice@a@b,alice", "a b,a b"})
  void ownerIsWhatComesBeforeTheHost(String sent, String expected) throws WireException {
    String job = GOOD_JOB.replace("alice", sent);
    assertEquals(expected, Frames.snapshot(job, GOOD_NODE, "").jobs().get(0).jobOwner());
  }

  @Test
  void numberThatIsNoneIsWrittenAsNull() throws WireException {
    Node node =
        new Node(
            "n1",
            NodeState.FREE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Double.NaN,
            null,
            null);
    Snapshot snapshot =
        new Snapshot(
            null,
            "slurm",
            null,
            null,
            null,
            null,
            null,
            1,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(node),
            null);
    ProbeReply reply =
        WireCodec.decodeReply(
            WireCodec.encodeReply(new ProbeReply.OfSnapshot("1", snapshot)), WireLimits.REPLY);
    assertNull(((ProbeReply.OfSnapshot) reply).snapshot().nodes().get(0).loadAverage());
  }
}
