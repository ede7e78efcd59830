package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.wire.Job;

/**
 * A page of jobs.
 *
 * @param takenAtEpochMillis when the snapshot was taken, by the server's clock
 * @param total records that match the filter
 * @param jobs the page
 */
public record JobsAnswer(long takenAtEpochMillis, int total, List<Job> jobs)
    implements MeshMessage {
  /** Copies the list. */
  public JobsAnswer {
    jobs = List.copyOf(jobs);
  }
}
