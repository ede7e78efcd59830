package org.qstatmesh.wire;

/**
 * What was counted in a collection of the past.
 *
 * @param snapshotId names the collection, as its snapshot did
 * @param takenAtEpochMillis when the collection began, by the login node's clock
 * @param ageMillis how long ago that was when the reply was made, by the login node's monotonic
 *     clock; null while it is only kept
 * @param drms the scheduler
 * @param drmsVersion its version, as it words it
 * @param serverName its server or cluster name
 * @param visibility whose jobs were counted
 * @param summary the counts; on the wire its fields stand beside the others
 */
public record PastSummary(
    String snapshotId,
    long takenAtEpochMillis,
    Long ageMillis,
    String drms,
    String drmsVersion,
    String serverName,
    Visibility visibility,
    Summary summary) {

  /** Insists on what a summary cannot be without. */
  public PastSummary {
    if (snapshotId == null || drms == null || summary == null) {
      throw new IllegalArgumentException("a past summary needs snapshotId, drms and its counts");
    }
    visibility = visibility == null ? Visibility.UNKNOWN : visibility;
  }

  /** The same with the age it has when it is sent. */
  public PastSummary withAgeMillis(long age) {
    return new PastSummary(
        snapshotId, takenAtEpochMillis, age, drms, drmsVersion, serverName, visibility, summary);
  }
}
