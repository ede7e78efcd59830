package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.NodesQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;

/** What a poller answers, asked over the bus. */
@Timeout(60)
class QuestionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Snapshot SNAPSHOT =
      Snapshots.of(
          "s-1",
          List.of(
              Snapshots.running("1", "bob", 4).nodeNames(List.of("n1", "n2")).build(),
              Snapshots.running("2", "alice", 4).nodeNames(List.of("n1")).build(),
              Snapshots.running("3", "alice", 4).nodeNames(List.of("n1")).build(),
              Snapshots.job("4", "carol", JobState.SUSPENDED).nodeNames(List.of("n2")).build(),
              Snapshots.queued("5", "alice", 8).build()),
          List.of(
              Snapshots.node("n1", NodeState.FULL, 16, 16, 0),
              Snapshots.node("n2", NodeState.PARTIAL, 16, 4, 12)),
          List.of(Snapshots.queue("batch")));

  private PollerRig rig;

  @BeforeEach
  void open() {
    rig = new PollerRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void jobsAndNodesComeFromTheNewestPicture() throws Exception {
    try (FakeProbe probe = FakeProbe.of(SNAPSHOT)) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      long observed = rig.ears.taken("hpc1").observedAtEpochMillis();
      JobsQuery alices =
          new JobsQuery(
              new JobsQuery.Filter("alice", null, null, null, null, null), "-jobId", 0, 2);
      JobsAnswer jobs = answer(Addresses.jobs("hpc1").ask(rig.vertx, alices, PATIENCE));
      assertEquals(3, jobs.total());
      assertEquals(List.of("5", "3"), jobs.jobs().stream().map(job -> job.jobId()).toList());
      assertTrue(jobs.takenAtEpochMillis() >= observed);
      NodesAnswer nodes =
          answer(Addresses.nodes("hpc1").ask(rig.vertx, new NodesQuery(), PATIENCE));
      assertEquals(SNAPSHOT.nodes(), nodes.nodes());
      assertEquals(Map.of("n1", List.of("alice", "bob"), "n2", List.of("bob")), nodes.owners());
      assertEquals(
          QueryFailure.BAD_QUERY,
          refusal(
                  Addresses.jobs("hpc1")
                      .ask(rig.vertx, new JobsQuery(null, "colour", 0, 1), PATIENCE))
              .code());
    }
  }

  @Test
  void whereAJobFitsComesFromTheNewestPicture() throws Exception {
    try (FakeProbe probe = FakeProbe.of(SNAPSHOT)) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      long observed = rig.ears.taken("hpc1").observedAtEpochMillis();
      FitAnswer.QueueFit fits = answer(fit(1, 12)).queues().get(0);
      assertEquals("batch", fits.queueName());
      assertEquals(FitAnswer.Fits.NOW, fits.fits());
      assertEquals(1, fits.queuedJobs());
      assertEquals(1, fits.matchingNodesFree());
      assertEquals(2, fits.matchingNodes());
      FitAnswer later = answer(fit(2, 12));
      assertEquals(FitAnswer.Fits.LATER, later.queues().get(0).fits());
      assertTrue(later.takenAtEpochMillis() >= observed);
      assertEquals(QueryFailure.BAD_QUERY, refusal(fit(0, 12)).code());
    }
  }

  @Test
  void beforeTheFirstSnapshotThereIsNothingToShow() throws Exception {
    try (FakeProbe probe = FakeProbe.answering(request -> List.of())) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> probe.requests() > 0);
      JobsQuery all = new JobsQuery(null, null, 0, 1);
      assertEquals(
          QueryFailure.UNAVAILABLE,
          refusal(Addresses.jobs("hpc1").ask(rig.vertx, all, PATIENCE)).code());
      assertEquals(
          QueryFailure.UNAVAILABLE,
          refusal(Addresses.nodes("hpc1").ask(rig.vertx, new NodesQuery(), PATIENCE)).code());
      assertEquals(QueryFailure.UNAVAILABLE, refusal(fit(1, 1)).code());
    }
  }

  @Test
  void whatFitsInAVeryLargeClusterIsWorkedOutOnAWorker() throws Exception {
    List<Node> nodes =
        IntStream.range(0, 10_001)
            .mapToObj(i -> Snapshots.node("n" + i, NodeState.FREE, 16, 0, 16))
            .toList();
    Snapshot large = Snapshots.of("s-1", List.of(), nodes, List.of(Snapshots.queue("batch")));
    try (FakeProbe probe = FakeProbe.of(large)) {
      rig.deploy(PollerRig.large("hpc1", probe.address()));
      rig.ears.taken("hpc1");
      assertEquals(10_001, answer(fit(1, 16)).queues().get(0).matchingNodesFree());
      assertEquals(QueryFailure.BAD_QUERY, refusal(fit(1, 0)).code());
    }
  }

  @Test
  void aSingleJobIsAskedOfTheProbe() throws Exception {
    try (FakeProbe probe = FakeProbe.answering(QuestionsTest::answerJob)) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.taken("hpc1");
      JobAnswer found = answer(job("5"));
      assertEquals("alice", found.job().jobOwner());
      assertEquals("waits for another job", found.reason());
      assertEquals("depend = afterok:4", found.text());
      assertEquals(QueryFailure.NOT_FOUND, refusal(job("unknown")).code());
      assertEquals(QueryFailure.UNAVAILABLE, refusal(job("limited")).code());
      assertEquals(QueryFailure.TIMEOUT, refusal(job("slow")).code());
      assertEquals(QueryFailure.BAD_QUERY, refusal(job(" ")).code());
      assertEquals(QueryFailure.BAD_QUERY, refusal(job("x".repeat(257))).code());
      assertEquals(0, rig.ears.failed.size());
    }
  }

  private static List<byte[]> answerJob(ProbeRequest request) {
    if (request.op() == ProbeRequest.Op.SNAPSHOT) {
      return FakeProbe.snapshot(request, SNAPSHOT);
    }
    ProbeReply reply =
        switch (request.jobId()) {
          case "5" ->
              new ProbeReply.OfJob(
                  request.id(),
                  new JobDetail(
                      SNAPSHOT.jobs().get(4), "waits for another job", "depend = afterok:4"));
          case "limited" -> failed(request, ProbeErrorCode.RATE_LIMITED);
          case "slow" -> failed(request, ProbeErrorCode.DRMS_TIMEOUT);
          default -> failed(request, ProbeErrorCode.UNKNOWN_JOB);
        };
    return List.of(WireCodec.encodeReply(reply));
  }

  private static ProbeReply failed(ProbeRequest request, ProbeErrorCode code) {
    return new ProbeReply.Failed(request.id(), ProbeError.of(code, "because"));
  }

  @Test
  void eightQuestionsWaitAndNoMore() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    try (FakeProbe probe =
        FakeProbe.answering(
            request -> {
              if (request.op() == ProbeRequest.Op.JOB) {
                arrived.countDown();
                await(busy);
              }
              return answerJob(request);
            })) {
      rig.deploy(PollerRig.direct("hpc1", probe.address(), Duration.ofSeconds(20)));
      rig.ears.taken("hpc1");
      List<Future<JobAnswer>> asked = new ArrayList<>();
      asked.add(job("5"));
      // Now it is with the probe, and the probe is busy. A poll may wait as well, in front.
      await(arrived);
      for (int i = 0; i < 12; i++) {
        asked.add(job("5"));
      }
      rig.ears.until(() -> asked.stream().filter(Future::failed).count() >= 4);
      assertTrue(asked.stream().filter(Future::failed).count() <= 5);
      busy.countDown();
      for (Future<JobAnswer> question : asked) {
        if (question.failed()) {
          assertEquals(QueryFailure.UNAVAILABLE, refusal(question).code());
        } else {
          assertEquals("alice", answer(question).job().jobOwner());
        }
      }
      assertTrue(rig.count("qstatmesh.poller.job.questions.refused") >= 4);
    }
  }

  @Test
  void aProbeThatDoesNotAnswerAboutAJobIsATimeOutAndIsPolledOn() throws Exception {
    try (FakeProbe probe =
        FakeProbe.answering(
            request -> request.op() == ProbeRequest.Op.JOB ? List.of() : answerJob(request))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address(), Duration.ofMillis(2_500)));
      rig.ears.taken("hpc1");
      assertEquals(QueryFailure.TIMEOUT, refusal(job("5")).code());
      long soFar = rig.ears.takenSoFar("hpc1");
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") > soFar);
    }
  }

  @Test
  void aClusterThatIsGoneIsNotServed() throws Exception {
    try (FakeProbe probe = FakeProbe.of(SNAPSHOT)) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.taken("hpc1");
      rig.undeploy();
      assertEquals(QueryFailure.UNAVAILABLE, refusal(job("5")).code());
      assertTrue(probe.requests() > 0);
    }
  }

  private Future<FitAnswer> fit(int nodes, int slotsPerNode) {
    FitQuery query = new FitQuery(nodes, slotsPerNode, null, 0, null, null);
    return Addresses.fit("hpc1").ask(rig.vertx, query, PATIENCE);
  }

  private Future<JobAnswer> job(String jobId) {
    return Addresses.job("hpc1").ask(rig.vertx, new JobQuery(jobId), PATIENCE);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T answer(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static QueryFailure refusal(Future<?> future) throws Exception {
    try {
      throw new AssertionError("answered: " + answer(future));
    } catch (ExecutionException e) {
      return (QueryFailure) e.getCause();
    }
  }
}
