package org.qstatmesh.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the golden frames say. */
final class Samples {
  private Samples() {}

  /** Every field has a value, and none the value it has when it is missing. */
  static Job job() {
    return Job.builder("52[].login1.cluster.example", "alice", JobState.HELD)
        .jobName("Sprühlauf \"3\" <b>\u001b[31m\nJob Id: 1 🧪")
        .groupName("chem")
        .accountingId("chem-acct")
        .queueName("batch,long")
        .jobSubState("H")
        .taskCount(17)
        .slots(32)
        .nodeCount(2)
        .gpus(4)
        .memoryBytes(137_438_953_472L)
        .nodeNames(List.of("n001", "n002"))
        .submissionTimeEpochSeconds(1_795_330_000L)
        .dispatchTimeEpochSeconds(1_795_330_100L)
        .expectedStartEpochSeconds(1_795_340_000L)
        .wallclockLimitSeconds(3_600L)
        .wallclockTimeSeconds(12L)
        .priority(-1_024L)
        .reason("Job held by alice on Sun Nov 22")
        .build();
  }

  static Node node() {
    return new Node(
        "n001",
        NodeState.PARTIAL,
        "job-sharing",
        16,
        12,
        4,
        2,
        1,
        68_719_476_736L,
        34_359_738_368L,
        15.875,
        List.of("batch", "long"),
        "fan replaced");
  }

  static Queue queue() {
    return new Queue("batch", true, false, 86_400L, 512);
  }

  /**
   * A snapshot whose nodes were collected, whose queues were not, and in which nothing is left to
   * its default.
   */
  static Snapshot full() {
    return new Snapshot(
        "hpc1",
        "torque",
        "6.1.3",
        "login1.cluster.example",
        Visibility.ALL,
        "b1f3-17",
        "9f3a5c0011aa77e2",
        1_795_330_395_000L,
        210L,
        "1.0.0",
        30,
        new Cost(0.25, 1.5, 123_456L),
        List.of(
            new CollectorReport("jobs", "/usr/bin/qstat -f -t -1", true, 0.125, 123_456L, 3, null),
            new CollectorReport(
                "queues",
                "/usr/bin/qstat -Q -f -1",
                false,
                60.0,
                0L,
                0,
                ProbeError.of(ProbeErrorCode.DRMS_TIMEOUT, "no answer for 60 s"))),
        List.of(job(), Job.builder("7.2", "bob", JobState.QUEUED).build()),
        List.of(node(), bareNode("n002", NodeState.DOWN)),
        List.of(queue(), new Queue("down", null, null, null, null)));
  }

  static Node bareNode(String name, NodeState state) {
    return new Node(name, state, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** A snapshot with the given jobs, and the least of everything else. */
  static Snapshot of(List<Job> jobs) {
    return new Snapshot(
        null, "slurm", null, null, null, null, "e7a6", 1L, null, null, null, null, null, jobs,
        List.of(), null);
  }

  /** What we write, by the name of its golden frame. */
  static Map<String, ProbeRequest> requests() {
    Map<String, ProbeRequest> requests = new LinkedHashMap<>();
    requests.put("request-snapshot", ProbeRequest.snapshot("7", "b1f3-16"));
    requests.put("request-snapshot-first", ProbeRequest.snapshot("1", null));
    requests.put("request-snapshot-short", ProbeRequest.shortSnapshot("2", "b1f3-16", "9f3a"));
    requests.put("request-job", ProbeRequest.job("8", "52[].login1.cluster.example"));
    requests.put("request-hello", ProbeRequest.hello("9"));
    requests.put("request-backfill", ProbeRequest.backfill("10", "b1f3-17", 5_400_000L, 60));
    return requests;
  }

  /** What we write, by the name of its golden frame. */
  static Map<String, ProbeReply> replies() {
    Map<String, ProbeReply> replies = new LinkedHashMap<>();
    replies.put("reply-snapshot", new ProbeReply.OfSnapshot("7", full()));
    replies.put("reply-snapshot-partial", new ProbeReply.OfSnapshot("7", partial()));
    replies.put(
        "reply-unchanged", new ProbeReply.Unchanged("7", 12_345, "b1f3-18", 1_795_330_425_000L));
    replies.put(
        "reply-error",
        new ProbeReply.Failed(
            "7", ProbeError.of(ProbeErrorCode.DRMS_COMMAND_MISSING, "no qstat in /usr/bin")));
    replies.put(
        "reply-error-unread",
        new ProbeReply.Failed(null, ProbeError.of(ProbeErrorCode.PROBE_PROTOCOL, "empty")));
    replies.put(
        "reply-job",
        new ProbeReply.OfJob(
            "8", new JobDetail(job(), "held by its owner", "job_state = H\nHold_Types = u\n")));
    replies.put(
        "reply-hello",
        new ProbeReply.OfHello(
            "9", new ProbeHello("torque", "6.1.3", "login1", Visibility.OWN, "1.0.0", 30)));
    replies.put(
        "reply-backfill",
        new ProbeReply.OfBackfill("10", new Backfill(List.of(past(), pastInPart()), true, 12)));
    return replies;
  }

  /** Nothing is left to its default. */
  static PastSummary past() {
    return new PastSummary(
        "b1f3-18",
        1_795_330_455_000L,
        5_340_210L,
        "torque",
        "6.1.3",
        "login1.cluster.example",
        Visibility.ALL,
        new Summary(
            new Summary.Jobs(46, 119, 4, 1, 2),
            new Summary.Slots(336, 213, 77, 46, 28),
            new Summary.Gpus(8, 7),
            new Summary.Nodes(15, 1, 4, 5, 2, 1, 2, 3),
            new Summary.Usage(
                List.of(use("alice"), use("bob")),
                List.of(use("chem")),
                List.of(use("(none)")),
                List.of(use("batch"))),
            List.of(new Summary.Waiting("waits for free resources", 98, 1_400)),
            List.of(new Summary.QueueCount("batch", true, false, 18, 17, 86_400L, 512))));
  }

  private static Summary.Use use(String key) {
    return new Summary.Use(key, 25, 90, 6, 1, 4, 3);
  }

  /** Only the nodes were collected. */
  private static PastSummary pastInPart() {
    return new PastSummary(
        "b1f3-19",
        1_795_330_515_000L,
        5_280_210L,
        "torque",
        null,
        null,
        Visibility.UNKNOWN,
        new Summary(
            null,
            new Summary.Slots(0, 0, 0, 0, 0),
            new Summary.Gpus(0, 0),
            new Summary.Nodes(0, 0, 0, 0, 0, 0, 0, 0),
            null,
            null,
            null));
  }

  /** The jobs could not be collected: their array is null, which is not an empty one. */
  private static Snapshot partial() {
    CollectorReport failed =
        new CollectorReport(
            "jobs",
            "/usr/bin/qstat -f -t -1",
            false,
            0.5,
            null,
            0,
            ProbeError.of(ProbeErrorCode.DRMS_COMMAND_FAILED, "exit 111: cannot connect"));
    return new Snapshot(
        null,
        "torque",
        null,
        null,
        Visibility.UNKNOWN,
        "b1f3-18",
        null,
        1_795_330_425_000L,
        0L,
        "1.0.0",
        0,
        null,
        List.of(failed),
        null,
        List.of(),
        null);
  }
}
