package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.ClusterPlan;
import org.qstatmesh.demo.simulation.Person;
import org.qstatmesh.demo.simulation.Placement;
import org.qstatmesh.demo.simulation.Request;
import org.qstatmesh.demo.simulation.SimNode;
import org.qstatmesh.demo.simulation.Submission;
import org.qstatmesh.demo.simulation.Summariser;
import org.qstatmesh.demo.simulation.Task;
import org.qstatmesh.wire.NodeState;

@Timeout(60)
class SimulationTest {

  static List<DemoPlan> plans() {
    return Played.plans();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void neverGivesOutMoreThanThereIs(DemoPlan plan) {
    BatchSystem batch = Played.cluster(plan, 2, 1);
    for (int tick = 0; tick < 200; tick++) {
      batch.advanceTo(Played.NOW + tick * 60L);
      assertNodesHoldWhatTasksHold(batch);
      assertTasksHaveWhatTheyAskedFor(batch);
    }
  }

  private static void assertNodesHoldWhatTasksHold(BatchSystem batch) {
    for (SimNode node : batch.nodes()) {
      BitSet cores = new BitSet();
      BitSet gpus = new BitSet();
      for (Placement placement : node.placements()) {
        assertFalse(cores.intersects(placement.cores()), "a core twice on " + node.name());
        assertFalse(gpus.intersects(placement.gpus()), "a GPU twice on " + node.name());
        cores.or(placement.cores());
        gpus.or(placement.gpus());
      }
      assertTrue(cores.length() <= node.kind().cores());
      assertTrue(gpus.length() <= node.kind().gpus());
      assertEquals(cores.cardinality(), node.usedCores());
      assertEquals(gpus.cardinality(), node.usedGpus());
      if (node.state() == NodeState.DOWN) {
        assertEquals(List.of(), node.placements(), "nothing runs on a dead node");
      }
    }
  }

  private static void assertTasksHaveWhatTheyAskedFor(BatchSystem batch) {
    Set<SimNode> nodes = new HashSet<>(batch.nodes());
    int held = batch.plan().forgottenCores();
    Map<Person, Integer> running = new HashMap<>();
    for (Submission submission : batch.submissions()) {
      Request request = submission.order().request();
      assertFalse(submission.tasks().isEmpty(), "what has ended is not listed");
      for (Task task : submission.tasks()) {
        if (task.isRunning()) {
          assertEquals(request.nodes(), task.placements().size());
          for (Placement placement : task.placements()) {
            assertTrue(nodes.contains(placement.node()));
            assertTrue(placement.node().placements().contains(placement));
            assertEquals(request.coresPerNode(), placement.cores().cardinality());
            assertEquals(request.gpusPerNode(), placement.gpus().cardinality());
          }
          held += request.cores();
          running.merge(submission.owner(), 1, Integer::sum);
        }
      }
    }
    assertEquals(held, batch.nodes().stream().mapToInt(SimNode::usedCores).sum());
    // a resumed task asks nobody
    running.values().forEach(tasks -> assertTrue(tasks <= batch.plan().tasksPerUser() + 5));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void sameSeedSameJobsInWhateverStepsItIsPlayed(DemoPlan plan) {
    BatchSystem once = Played.cluster(plan, 2, 7);
    BatchSystem inSteps =
        new BatchSystem(plan.cluster(), 7, Played.NOW - 2 * 86_400, Played.NOW - 600);
    for (long t = Played.NOW - 2 * 86_400; t < Played.NOW; t += 599) {
      inSteps.advanceTo(t);
    }
    inSteps.advanceTo(Played.NOW);
    assertEquals(summary(once), summary(inSteps));
    assertNotEquals(summary(once).usage(), summary(Played.cluster(plan, 2, 8)).usage());
  }

  private static ClusterSummary summary(BatchSystem batch) {
    return new Summariser(batch, 17_000).summary();
  }

  @Test
  void clustersAreMostlyBusyAndNeverStuck() {
    for (DemoPlan plan : Played.plans()) {
      BatchSystem batch =
          new BatchSystem(plan.cluster(), 42, Played.NOW - 8 * 86_400, Played.NOW - 600);
      double fill = 0;
      int samples = 0;
      for (long t = Played.NOW - 7 * 86_400; t < Played.NOW; t += 3_600) {
        batch.advanceTo(t);
        fill += (double) summary(batch).slots().used() / plan.cluster().cores();
        samples++;
      }
      double mean = fill / samples;
      assertTrue(mean > 0.6 && mean < 0.96, plan.cluster().id() + " is filled to " + mean);
    }
  }

  @Test
  void somethingChangesWithinTenSecondsAtAnyTime() {
    List<BatchSystem> clusters = Played.plans().stream().map(p -> Played.cluster(p, 1, 3)).toList();
    List<ClusterSummary.Jobs> before = List.of();
    for (int tick = 0; tick < 60; tick++) {
      long t = Played.NOW + tick * 10L;
      clusters.forEach(batch -> batch.advanceTo(t));
      List<ClusterSummary.Jobs> now = clusters.stream().map(b -> summary(b).jobs()).toList();
      assertNotEquals(before, now, "nothing moved in the ten seconds before " + t);
      before = now;
    }
  }

  @Test
  void clustersAreAsDifferentAsPromised() {
    List<ClusterPlan> plans = Played.plans().stream().map(DemoPlan::cluster).toList();
    assertTrue(plans.size() >= 6);
    assertEquals(2, plans.stream().map(ClusterPlan::scheduler).distinct().count());
    assertEquals(96, plans.stream().mapToInt(ClusterPlan::cores).min().orElseThrow());
    assertEquals(12_800, plans.stream().mapToInt(ClusterPlan::cores).max().orElseThrow());
    Set<String> people = Person.everybody().stream().map(Person::login).collect(Collectors.toSet());
    assertEquals(Person.everybody().size(), people.size(), "one login, one person");
    assertTrue(people.contains(Played.plan("tern").cluster().visibleOwner()));
  }
}
