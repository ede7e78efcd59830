package org.qstatmesh.demo.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Submits jobs to a cluster, more by day than by night. */
final class Workload {
  /** Share of the cores that short tests fill. */
  private static final double TESTS = 0.04;

  private static final double MOST_TEST_CORES = 40;

  /** By how much tests are longer and rarer while nobody looks. */
  private static final int UNWATCHED_PACE = 10;

  /** Of jobs that are no arrays and no tests. */
  private static final double HELD_BY_USER = 0.03;

  private static final double DEPENDENT = 0.06;
  private static final double FOR_LATER = 0.07;

  private final ClusterPlan plan;
  private final BatchSystem batch;
  private final Agenda agenda;
  private final long watchedFrom;
  private final SplittableRandom random;
  private final Crowd crowd;
  private final Map<Person, Submission> lastOf = new HashMap<>();

  Workload(ClusterPlan plan, BatchSystem batch, Agenda agenda, long watchedFrom, long seed) {
    this.plan = plan;
    this.batch = batch;
    this.agenda = agenda;
    this.watchedFrom = watchedFrom;
    this.random = new SplittableRandom(seed);
    this.crowd = new Crowd(seed, plan.visibleOwner());
  }

  void begin() {
    int cores = 0;
    for (NodeKind kind : plan.nodeKinds()) {
      int ofKind = kind.count() * kind.cores();
      List<JobKind> kinds = kind.gpus() > 0 ? JobKind.onGpus(kind) : JobKind.onCores(kind);
      cores += kind.gpus() > 0 ? 0 : ofKind;
      submitFrom(new JobStream(kinds, plan, plan.load() * ofKind, random));
    }
    double testCores = Math.min(MOST_TEST_CORES, TESTS * cores);
    testFrom(
        new JobStream(List.of(JobKind.tests(UNWATCHED_PACE)), plan, testCores, random),
        new JobStream(List.of(JobKind.tests(1)), plan, testCores, random));
  }

  /** Moments drawn at the highest rate and kept with the chance that the hour has. */
  private void submitFrom(JobStream stream) {
    double pause = stream.secondsToNext(random, Rhythm.HIGHEST);
    agenda.at(
        agenda.now() + Math.max(1, Math.round(pause)),
        () -> {
          boolean comes = random.nextDouble() < Rhythm.at(agenda.now()) / Rhythm.HIGHEST;
          // people see how long the queue is
          if (comes && batch.waitingCores() < plan.cores()) {
            submit(stream.draw(random), true);
          }
          submitFrom(stream);
        });
  }

  private void testFrom(JobStream unwatched, JobStream watched) {
    JobStream stream = agenda.now() < watchedFrom ? unwatched : watched;
    agenda.at(
        agenda.now() + Math.max(1, Math.round(stream.secondsToNext(random, 1))),
        () -> {
          submit(stream.draw(random), false);
          testFrom(unwatched, watched);
        });
  }

  private void submit(Order order, boolean mayBeHeld) {
    Person owner = crowd.draw(random, agenda.now());
    Submission submission = batch.submit(owner, order);
    if (mayBeHeld && !order.array()) {
      holdBack(submission, lastOf.put(owner, submission));
    }
  }

  private void holdBack(Submission submission, Submission before) {
    double chance = random.nextDouble();
    if (chance < HELD_BY_USER) {
      releaseAfter(submission, Hold.USER, 3_600 + random.nextInt(72_000));
    } else if (chance < DEPENDENT) {
      if (before != null && !before.tasks().isEmpty()) {
        submission.waitFor(before);
      }
    } else if (chance < FOR_LATER) {
      releaseAfter(submission, Hold.START_TIME, 1_800 + random.nextInt(36_000));
    }
  }

  private void releaseAfter(Submission submission, Hold why, long seconds) {
    long until = agenda.now() + seconds;
    submission.holdBack(why, until);
    agenda.at(until, () -> batch.release(submission));
  }
}
