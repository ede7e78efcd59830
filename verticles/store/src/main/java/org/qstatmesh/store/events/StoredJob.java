package org.qstatmesh.store.events;

import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;

/**
 * What happened to a job, as it is stored: names are numbers of words, 0 for none. Times are those
 * of {@link JobEvent}, {@link #UNKNOWN} for null.
 *
 * @param idNumber digits that the id begins with; -1 when {@code idText} is all of it
 * @param idText what follows them
 */
public record StoredJob(
    JobChange change,
    long atEpochMillis,
    long idNumber,
    String idText,
    int owner,
    int queue,
    int account,
    int tasks,
    int slots,
    long submittedAt,
    long startedAt,
    long finishedAt,
    long waitSeconds) {

  /** Stands for a time that nobody says. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final int MOST_DIGITS = 18;

  /** With its id taken apart. */
  static StoredJob of(JobEvent event, int owner, int queue, int account) {
    int digits = digits(event.jobId());
    return new StoredJob(
        event.change(),
        event.atEpochMillis(),
        digits == 0 ? -1 : Long.parseLong(event.jobId(), 0, digits, 10),
        event.jobId().substring(digits),
        owner,
        queue,
        account,
        event.tasks(),
        event.slots(),
        orUnknown(event.submissionTimeEpochSeconds()),
        orUnknown(event.dispatchTimeEpochSeconds()),
        orUnknown(event.finishTimeEpochSeconds()),
        orUnknown(event.waitSeconds()));
  }

  /** How many of the id are a number that is written in only one way. */
  private static int digits(String id) {
    int digits = 0;
    while (digits < id.length() && id.charAt(digits) >= '0' && id.charAt(digits) <= '9') {
      digits++;
    }
    boolean leadingZero = digits > 1 && id.charAt(0) == '0';
    return leadingZero || digits > MOST_DIGITS ? 0 : digits;
  }

  /** The same without its owner. */
  StoredJob ofNobody() {
    return new StoredJob(
        change,
        atEpochMillis,
        idNumber,
        idText,
        0,
        queue,
        account,
        tasks,
        slots,
        submittedAt,
        startedAt,
        finishedAt,
        waitSeconds);
  }

  /** The event with the texts that the numbers stand for. */
  public JobEvent event(String ownerName, String queueName, String accountName) {
    return new JobEvent(
        change,
        atEpochMillis,
        idNumber < 0 ? idText : idNumber + idText,
        ownerName,
        queueName,
        accountName,
        tasks,
        slots,
        orNull(submittedAt),
        orNull(startedAt),
        orNull(finishedAt),
        orNull(waitSeconds));
  }

  private static long orUnknown(Long value) {
    return value == null ? UNKNOWN : value;
  }

  private static Long orNull(long value) {
    return value == UNKNOWN ? null : (Long) value;
  }
}
