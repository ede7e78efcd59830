package org.qstatmesh.broadcast.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.broadcast.notify.Rows.START;
import static org.qstatmesh.broadcast.notify.Rows.changes;
import static org.qstatmesh.broadcast.notify.Rows.down;
import static org.qstatmesh.broadcast.notify.Rows.job;
import static org.qstatmesh.broadcast.notify.Rows.node;
import static org.qstatmesh.broadcast.notify.Rows.up;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.wire.NodeState;

/** What is told when, and that it is told once. */
class HookWatchTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private final List<Notice> told = new ArrayList<>();
  private HookWatch watch;

  private void watching(HookEvent event) {
    watch = new HookWatch(Rows.hook(Rows.rule(event)), START);
  }

  /** The texts of what is told when the row looks so. */
  private List<String> look(ClusterSummary row, long now) {
    told.clear();
    watch.look(List.of(row), now, told::add);
    return told.stream().map(notice -> notice.text().plain()).toList();
  }

  @Test
  void aClusterThatGoesDownIsToldOnceItHasLasted() {
    watching(HookEvent.CLUSTER_DOWN);
    assertEquals(List.of(), look(up(START, 3), START));
    ClusterSummary down = down(START, START + MINUTE, "no route");
    assertEquals(List.of(), look(down, START + 11 * MINUTE - 1));
    assertEquals(
        List.of("HPC 1 has not answered for 10 min: SSH_UNREACHABLE, no route; try: is login up?"),
        look(down, START + 11 * MINUTE));
    assertEquals(List.of(), look(down, START + 90 * MINUTE));
  }

  @Test
  void aClusterThatWentDownAgainIsToldAgain() {
    watching(HookEvent.CLUSTER_DOWN);
    assertEquals(List.of(), look(up(START, 3), START));
    long second = START + 20 * MINUTE;
    assertEquals(1, look(down(START, START, "x"), START + 10 * MINUTE).size());
    String first = told.get(0).id();
    assertEquals(List.of(), look(up(second, 3), second));
    assertEquals(1, look(down(second, second, "x"), second + 10 * MINUTE).size());
    assertNotEquals(first, told.get(0).id());
  }

  @Test
  void aClusterThatWasDownAtTheStartIsNotToldUntilItWasUp() {
    watching(HookEvent.CLUSTER_DOWN);
    ClusterSummary longDown = down(START - 60 * MINUTE, START, "x");
    assertEquals(List.of(), look(longDown, START + 10 * MINUTE));
    assertEquals(List.of(), look(down(null, START, "x"), START + 11 * MINUTE));
    long back = START + 30 * MINUTE;
    assertEquals(List.of(), look(up(back, 3), back));
    assertEquals(1, look(down(back, back, "x"), back + 10 * MINUTE).size());
  }

  @Test
  void aClusterThatWasHeardOfShortlyBeforeTheStartIsTold() {
    watching(HookEvent.CLUSTER_DOWN);
    assertEquals(
        1, look(down(START - 5 * MINUTE, START - 4 * MINUTE, "x"), START + 6 * MINUTE).size());
  }

  @Test
  void aClusterThatIsOnlyStaleIsNotDown() {
    watching(HookEvent.CLUSTER_DOWN);
    ClusterSummary stale = up(START, 3).as(ClusterStatus.STALE, null, 0);
    assertEquals(List.of(), look(stale, START + 60 * MINUTE));
  }

  @Test
  void aClusterIsToldToBeBackOnlyIfItWasAwayForLong() {
    watching(HookEvent.CLUSTER_UP);
    assertEquals(List.of(), look(up(START, 3), START));
    assertEquals(List.of(), look(down(START, START, "x"), START + 9 * MINUTE));
    assertEquals(List.of(), look(up(START + 9 * MINUTE, 3), START + 9 * MINUTE));
    assertEquals(List.of(), look(down(START, START + 10 * MINUTE, "x"), START + 40 * MINUTE));
    assertEquals(
        List.of("HPC 1 answers again, after 30 min"),
        look(up(START + 41 * MINUTE, 3), START + 41 * MINUTE));
    assertEquals(List.of(), look(up(START + 42 * MINUTE, 3), START + 42 * MINUTE));
  }

  @Test
  void coresAreToldWhenTheyBecomeFree() {
    watching(HookEvent.CORES_FREE);
    assertEquals(List.of(), look(up(START, 80), START), "they were free before");
    assertEquals(List.of(), look(up(START + MINUTE, 63), START + MINUTE));
    long at = START + 2 * MINUTE;
    assertEquals(
        List.of("HPC 1 has 64 of 336 cores free, up to 16 on one node"), look(up(at, 64), at));
    assertEquals(List.of(), look(up(at + SECOND, 70), at + SECOND), "still");
    assertEquals(List.of(), look(up(at + 2 * SECOND, 10), at + 2 * SECOND));
    assertEquals(List.of(), look(up(at + 3 * SECOND, 90), at + 3 * SECOND), "too soon");
    assertEquals(1, look(up(at + MINUTE, 91), at + MINUTE).size(), "again, and the time is over");
  }

  @Test
  void aRowThatIsNotUpSaysNothingOfCores() {
    watching(HookEvent.CORES_FREE);
    assertEquals(List.of(), look(up(START, 3), START));
    ClusterSummary stale = up(START, 80).as(ClusterStatus.STALE, null, 0);
    assertEquals(List.of(), look(stale, START + MINUTE));
    assertEquals(1, look(up(START + 2 * MINUTE, 80), START + 2 * MINUTE).size());
  }

  @Test
  void manyNodesAreOneMessage() {
    watching(HookEvent.NODE_DOWN);
    watch.changed(
        changes(
            START,
            List.of(),
            IntStream.rangeClosed(1, 30)
                .mapToObj(i -> node(START, "n" + i, NodeState.FULL, NodeState.DOWN))
                .toList()));
    assertEquals(
        List.of("HPC 1: 30 nodes down: n1, n2, n3, n4, n5 and 25 more; not responding"),
        look(up(START, 3), START));
    watch.changed(
        changes(
            START + SECOND,
            List.of(),
            List.of(
                node(START, "n40", NodeState.FREE, NodeState.DOWN),
                node(START, "n41", NodeState.DOWN, NodeState.FREE),
                node(START, "n42", NodeState.FREE, NodeState.DRAINING),
                node(START, "n43", null, NodeState.DOWN))));
    assertEquals(List.of(), look(up(START, 3), START + SECOND), "too soon");
    assertEquals(
        List.of("HPC 1: 1 node down: n40; not responding"), look(up(START, 3), START + MINUTE));
  }

  @Test
  void jobsOfTheOneOwnerAreTold() {
    watching(HookEvent.JOB_STARTED);
    long at = START / SECOND - 10;
    watch.changed(
        changes(
            START,
            List.of(
                job(JobChange.STARTED, START, "alice", "7", at),
                job(JobChange.STARTED, START, "bob", "8", at),
                job(JobChange.FINISHED, START, "alice", "9", at),
                job(JobChange.STARTED, START, "alice", "10", null)),
            List.of()));
    assertEquals(List.of("HPC 1: 4 jobs of alice started on 32 cores"), look(up(START, 3), START));
    assertEquals(List.of(), look(up(START, 3), START + 5 * MINUTE));
  }

  @Test
  void oneJobIsNamed() {
    watching(HookEvent.JOB_FINISHED);
    JobEvent two = job(JobChange.FINISHED, START, "alice", "7", START / SECOND);
    JobEvent one =
        new JobEvent(
            two.change(), START, "7.login1", "alice", null, null, 1, 1, null, null, null, null);
    watch.changed(changes(START, List.of(one), List.of()));
    assertEquals(
        List.of("HPC 1: job 7.login1 of alice ended on 1 core"), look(up(START, 3), START));
  }

  @Test
  void whatHappenedLongBeforeItWasSeenIsNotTold() {
    watching(HookEvent.JOB_STARTED);
    long late = (START - 15 * MINUTE) / SECOND - 1;
    watch.changed(
        changes(START, List.of(job(JobChange.STARTED, START, "alice", "7", late)), List.of()));
    assertEquals(List.of(), look(up(START, 3), START));
  }

  @Test
  void otherClustersAreNotLookedAt() {
    HookRule elsewhere =
        new HookRule(HookEvent.CORES_FREE, Set.of("hpc2"), Duration.ZERO, 64, null);
    watch = new HookWatch(Rows.hook(elsewhere), START);
    assertEquals(List.of(), look(up(START, 3), START));
    assertEquals(List.of(), look(up(START, 80), START + MINUTE));
  }

  @Test
  void aSampleIsNewOnce() {
    NewSamples samples = new NewSamples();
    ClusterSummary first = up(START, 3);
    assertTrue(samples.isNew(first, START));
    samples.note(first);
    assertEquals(false, samples.isNew(first, START));
    assertEquals(false, samples.isNew(up(START - 1, 3), START), "older");
    assertTrue(samples.isNew(up(START + 1, 3), START));
    assertTrue(samples.isNew(up(START - MINUTE, 3), START - MINUTE), "the clock was set back");
  }
}
