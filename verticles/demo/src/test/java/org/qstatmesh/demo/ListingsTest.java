package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.demo.listing.Listings;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Scheduler;
import org.qstatmesh.demo.simulation.Submission;
import org.qstatmesh.demo.simulation.Summariser;
import org.qstatmesh.demo.simulation.Task;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** What the real adapters read in the listings is what the simulation knows. */
@Timeout(120)
class ListingsTest {
  private static final int TICKS = 200;
  private static final long TICK_SECONDS = 97;

  static List<DemoPlan> plans() {
    return Played.plans();
  }

  private static Adapter adapter(DemoPlan plan) {
    return plan.cluster().scheduler() == Scheduler.TORQUE
        ? new TorqueAdapter(false)
        : new OpenPbsAdapter(false);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyNumberSurvivesTheListing(DemoPlan plan) throws Exception {
    BatchSystem batch = Played.cluster(plan, 2, 11);
    Summariser summariser = new Summariser(batch, 17_000);
    for (int tick = 0; tick < TICKS; tick++) {
      batch.advanceTo(Played.NOW + tick * TICK_SECONDS);
      Parsed parsed = Parsed.of(adapter(plan), Listings.of(batch));
      ClusterSummary told = summariser.summary();
      assertEquals(told.jobs(), parsed.byState());
      assertEquals(told.slots(), parsed.slots());
      assertEquals(told.gpus(), parsed.gpus());
      assertEquals(told.nodes(), parsed.nodesByState());
      assertEquals(told.usage().user(), parsed.use(Job::jobOwner));
      assertEquals(told.usage().group(), parsed.use(Job::groupName));
      assertEquals(told.usage().account(), parsed.use(Job::accountingId));
      assertEquals(told.usage().queue(), parsed.use(Job::queueName));
      assertEquals(told.queues(), parsed.queueCounts());
      assertEquals(byReason(told), parsed.waiting());
      assertEquals(told.visibility(), parsed.server().visibility());
      assertEquals(told.serverName(), parsed.server().serverName());
      assertEquals(told.drmsVersion(), parsed.server().version());
    }
  }

  private static Map<String, Waiting> byReason(ClusterSummary told) {
    return new TreeMap<>(
        told.waiting().stream().collect(Collectors.toMap(Waiting::reason, Function.identity())));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void jobsKeepTheirNamesTimesAndNodes(DemoPlan plan) throws Exception {
    BatchSystem batch = Played.cluster(plan, 2, 13);
    List<Job> jobs = Parsed.of(adapter(plan), Listings.of(batch)).jobs();
    for (Submission submission : batch.visibleSubmissions()) {
      if (!submission.order().array()) {
        Task task = submission.tasks().get(0);
        String id = submission.sequence() + "." + plan.cluster().serverName();
        Job job = jobs.stream().filter(j -> j.jobId().equals(id)).findFirst().orElseThrow();
        assertEquals(submission.order().name(), job.jobName());
        assertEquals(submission.submittedAt(), job.submissionTimeEpochSeconds());
        assertEquals(submission.order().wallclockLimitSeconds(), job.wallclockLimitSeconds());
        assertEquals(submission.order().request().nodes(), job.nodeCount());
        assertEquals(
            task.placements().stream().map(p -> p.node().name()).toList(), job.nodeNames());
        if (job.jobState() == JobState.RUNNING) {
          assertEquals(task.startedAt(), job.dispatchTimeEpochSeconds());
          assertEquals(Played.NOW - task.startedAt(), job.wallclockTimeSeconds());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void oddJobsComeAndForgedOnesDoNot(DemoPlan plan) throws Exception {
    BatchSystem batch = Played.cluster(plan, 2, 17);
    Set<String> names = new TreeSet<>();
    Set<JobState> states = new TreeSet<>();
    boolean forged = false;
    for (int tick = 0; tick < 100; tick++) {
      batch.advanceTo(Played.NOW + tick * 1_800L);
      Listings listings = Listings.of(batch);
      forged |= listings.jobs().contains("999999.forged");
      for (Job job : Parsed.of(adapter(plan), listings).jobs()) {
        names.add(job.jobName());
        states.add(job.jobState());
        assertTrue(!job.jobId().contains("forged") && !job.jobOwner().equals("mallory"));
      }
    }
    assertTrue(forged, "nobody tried to forge a job");
    assertTrue(states.containsAll(expected(plan)), "too few states: " + states);
    if (plan.cluster().visibleOwner() == null && plan.cluster().cores() > 1_000) {
      assertTrue(names.contains("<img src=x onerror=alert(1)>"), "no awkward name: " + names);
      assertTrue(states.contains(JobState.SUSPENDED), "nothing was ever suspended");
    }
  }

  /** One user's jobs alone may never be held in two days. */
  private static Set<JobState> expected(DemoPlan plan) {
    return plan.cluster().visibleOwner() == null
        ? Set.of(JobState.RUNNING, JobState.QUEUED, JobState.HELD)
        : Set.of(JobState.RUNNING);
  }
}
