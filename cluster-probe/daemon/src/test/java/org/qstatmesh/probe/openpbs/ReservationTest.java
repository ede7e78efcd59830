package org.qstatmesh.probe.openpbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;

/**
 * Reservations: each has a queue of its own, named after it (pbs_rsub(1B)); its nodes are {@code
 * resv-exclusive} while it has them for itself. And jobs that went to another server.
 */
@Timeout(30)
class ReservationTest {
  private static final String JOB =
      "Job Id: %s.login1|Job_Name=run|Job_Owner=alice@login1|job_state=%s|queue=%s"
          + "|ctime=Sun Nov 22 06:44:44 2026|Resource_List.ncpus=4%s\n";

  private final OpenPbsAdapter adapter = new OpenPbsAdapter(false);

  @Test
  void jobsOfAReservationAreJobsOfItsQueue() throws Exception {
    String running = "|exec_host=n001/0*4|exec_vnode=(n001:ncpus=4)|reserve_ID=R12.login1";
    List<Job> jobs =
        parse(
            Fixture.jobsOf(adapter),
            JOB.formatted("7", "R", "R12", running) + JOB.formatted("8", "Q", "R12", ""));
    assertEquals(List.of("R12", "R12"), jobs.stream().map(Job::queueName).toList());
    assertEquals(
        List.of(JobState.RUNNING, JobState.QUEUED), jobs.stream().map(Job::jobState).toList());
    assertEquals(4, jobs.get(0).slots());
  }

  @Test
  void aJobThatMovedToAnotherServerIsNotHere() throws Exception {
    List<Job> jobs =
        parse(
            Fixture.jobsOf(adapter),
            JOB.formatted("7", "M", "batch", "") + JOB.formatted("8", "Q", "batch", ""));
    assertEquals(List.of("8.login1"), jobs.stream().map(Job::jobId).toList());
  }

  @Test
  void aJobOnItsWayIsQueued() throws Exception {
    Job job = parse(Fixture.jobsOf(adapter), JOB.formatted("7", "T", "route", "")).get(0);
    assertEquals(JobState.QUEUED, job.jobState());
    assertEquals("T", job.jobSubState());
  }

  @Test
  void aReservedNodeTakesNoOtherWork() throws Exception {
    String node =
        "Name=n001|Mom=n001|ntype=PBS|state=resv-exclusive|resv=R12.login1, R13.login1"
            + "|resources_available.host=n001|resources_available.ncpus=16"
            + "|resources_assigned.ncpus=4\n";
    Node reserved = parse(adapter.nodes(), node).get(0);
    assertEquals(NodeState.FULL, reserved.nodeState());
    assertEquals(4, reserved.usedSlots());
    assertEquals(0, reserved.freeSlots());
  }

  @Test
  void theQueueOfAReservationIsListed() throws Exception {
    String queue =
        """
        Queue: R12
            queue_type = Execution
            acl_user_enable = True
            acl_users = alice@login1
            enabled = True
            started = False

        """;
    assertEquals(
        List.of(new Queue("R12", true, false, null, null)), parse(adapter.queues(), queue));
  }

  private static <T> T parse(Listing<T> listing, String text) throws Exception {
    Problems problems = new Problems();
    T records = Fixture.parse(listing, text.getBytes(StandardCharsets.UTF_8), problems);
    assertEquals(List.of(), problems.notes());
    return records;
  }
}
