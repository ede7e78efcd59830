package org.qstatmesh.bus;

import org.qstatmesh.wire.JobState;

/**
 * Asks for a page of the newest snapshot's jobs.
 *
 * @param filter which; null for all
 * @param sort name of a field of a job, with {@code -} in front for descending; null is by jobId
 * @param offset records to skip
 * @param limit most records wanted, 1 to 1,000
 */
public record JobsQuery(Filter filter, String sort, int offset, int limit) implements MeshMessage {

  /**
   * Every part that is not null must hold; {@code text} is looked for in id, name, owner, group,
   * account, queue and reason.
   */
  public record Filter(
      String jobOwner,
      String groupName,
      String accountingId,
      JobState jobState,
      String queueName,
      String text) {}

  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public JobsQuery checked() {
    if (offset < 0) {
      throw QueryFailure.badField("offset", "must not be negative");
    }
    if (limit < 1 || limit > 1_000) {
      throw QueryFailure.badField("limit", "between 1 and 1000");
    }
    return this;
  }
}
