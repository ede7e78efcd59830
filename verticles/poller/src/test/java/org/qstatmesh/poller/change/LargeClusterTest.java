package org.qstatmesh.poller.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** Two lists of 100,000 jobs: what comparing them takes beside the lists. */
@Timeout(60)
class LargeClusterTest {
  private static final int JOBS = 100_000;
  private static final long MOST_BYTES_A_JOB = 100;

  @Test
  void comparingTakesLittleMemory() {
    List<Job> before = jobs(0);
    List<Job> now = jobs(500);
    Window window = new Window(0, Looks.START, Looks.START + 30);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    JobComparison changed = JobComparison.between(before, now, window, Set.of(), 2_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;

    assertEquals(1_500, changed.events().size());
    assertEquals(0, changed.omitted());
    assertTrue(bytes < MOST_BYTES_A_JOB * JOBS, () -> bytes / JOBS + " bytes a job");
  }

  /** The oldest {@code turn} jobs have ended, as many have started and as many have come. */
  private static List<Job> jobs(int turn) {
    List<Job> jobs = new ArrayList<>();
    for (int i = turn; i < JOBS + turn; i++) {
      boolean runs = i < JOBS / 2 + turn;
      jobs.add(
          Looks.job(i + ".login1.cluster.example", runs ? JobState.RUNNING : JobState.QUEUED, 5)
              .dispatchTimeEpochSeconds(runs ? Looks.START + 9 : null)
              .build());
    }
    return jobs;
  }
}
