package org.qstatmesh.demo.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.qstatmesh.wire.NodeState;

/** Nodes that fail or are taken out, and jobs that are suspended. */
final class Mishaps {
  private static final double DAY = 86_400;
  private static final double NODE_DAYS_BETWEEN = 25;
  private static final double MOST_DAYS_BETWEEN = 1.5;
  private static final double DOWN = 0.6;
  private static final double SECONDS_BETWEEN_SUSPENSIONS = 8 * 3_600;
  private static final long RESUME_AGAIN_SECONDS = 120;
  private static final List<String> NOTES =
      List.of(
          "disk replaced, burn-in until Friday",
          "ECC errors on DIMM B2, ticket 8841",
          "reserved for the course on Thursday",
          "IB cable, see <wiki/ib>");

  private final BatchSystem batch;
  private final Agenda agenda;
  private final SplittableRandom random;

  Mishaps(BatchSystem batch, Agenda agenda, long seed) {
    this.batch = batch;
    this.agenda = agenda;
    this.random = new SplittableRandom(~seed);
  }

  void begin() {
    planNodeFailure();
    planSuspension();
  }

  private long drawSeconds(double mean) {
    return Math.max(1, Math.round(-Math.log(1 - random.nextDouble()) * mean));
  }

  private void planNodeFailure() {
    double days = Math.min(MOST_DAYS_BETWEEN, NODE_DAYS_BETWEEN / batch.nodes().size());
    agenda.at(
        agenda.now() + drawSeconds(days * DAY),
        () -> {
          failSomeNode();
          planNodeFailure();
        });
  }

  private void failSomeNode() {
    SimNode node = batch.nodes().get(random.nextInt(batch.nodes().size()));
    boolean keepsForgotten = node.placements().stream().anyMatch(p -> batch.isForgotten(p.task()));
    if (node.note() != null || node.state() == NodeState.DOWN || keepsForgotten) {
      return;
    }
    long hours;
    if (random.nextDouble() < DOWN) {
      for (Placement placement : List.copyOf(node.placements())) {
        batch.requeue(placement.task());
      }
      node.takeOutOfService(NodeState.DOWN, null);
      hours = 1L + random.nextInt(9);
    } else {
      node.takeOutOfService(NodeState.OFFLINE, NOTES.get(random.nextInt(NOTES.size())));
      hours = 2L + random.nextInt(20);
    }
    agenda.at(
        agenda.now() + hours * 3_600,
        () -> {
          node.returnToService();
          batch.planCycle();
        });
  }

  private void planSuspension() {
    agenda.at(
        agenda.now() + drawSeconds(SECONDS_BETWEEN_SUSPENSIONS),
        () -> {
          // room for a wide one hardly ever comes back
          List<Task> running =
              batch.runningTasks().stream().filter(t -> t.placements().size() == 1).toList();
          if (!running.isEmpty()) {
            Task task = running.get(random.nextInt(running.size()));
            batch.suspend(task);
            resumeAfter(task, 600 + random.nextInt(2_400));
          }
          planSuspension();
        });
  }

  private void resumeAfter(Task task, long seconds) {
    agenda.at(
        agenda.now() + seconds,
        () -> {
          if (!batch.resume(task)) {
            resumeAfter(task, RESUME_AGAIN_SECONDS);
          }
        });
  }
}
