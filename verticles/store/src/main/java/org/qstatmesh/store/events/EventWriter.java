package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.chunk.Part;

/**
 * Writes what changed with a sample, behind its row and in its transaction. Useless after a
 * transaction that was rolled back. One thread.
 */
public final class EventWriter implements AutoCloseable {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final int OWNERS_REMEMBERED = 65_536;

  private final PreparedStatement insert;
  private final PreparedStatement seen;

  /** Owners whose day is noted. */
  private final Set<Owner> noted = new HashSet<>();

  private record Owner(int cluster, int number, long epochDay) {}

  /** Gives names their numbers; 0 for null. */
  public interface Numbers {
    /** Number of a login. */
    int user(String login) throws SQLException;

    /** Number of a queue. */
    int queue(String queueName) throws SQLException;

    /** Number of an account. */
    int account(String accountingId) throws SQLException;
  }

  /** On a connection whose schema is of today. */
  public EventWriter(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            "INSERT INTO event (cluster_number, observed_at_epoch_millis, snapshot_id, body)"
                + " VALUES (?, ?, ?, ?)");
    seen =
        connection.prepareStatement(
            "UPDATE word SET last_seen_epoch_day = ? WHERE cluster_number = ? AND kind = "
                + Part.USER.code()
                + " AND number = ? AND last_seen_epoch_day < ?");
  }

  /** Writes nothing when nothing changed. The sample must be new. */
  public void write(int cluster, SnapshotTaken taken, Numbers numbers) throws SQLException {
    ClusterChanges changes = taken.changes();
    if (changes.isEmpty()) {
      return;
    }
    long observedAt = taken.summary().observedAtEpochMillis();
    List<StoredJob> jobs = new ArrayList<>(changes.jobs().size());
    for (JobEvent job : changes.jobs()) {
      int owner = numbers.user(job.jobOwner());
      noteOwner(cluster, owner, observedAt);
      jobs.add(
          StoredJob.of(
              job, owner, numbers.queue(job.queueName()), numbers.account(job.accountingId())));
    }
    insert.setInt(1, cluster);
    insert.setLong(2, observedAt);
    insert.setString(3, taken.summary().snapshotId());
    insert.setBytes(4, EventBody.encode(observedAt, jobs, changes.nodes(), changes.omitted()));
    insert.executeUpdate();
  }

  /** So that the number is not given to somebody else while only an event names it. */
  private void noteOwner(int cluster, int owner, long observedAtEpochMillis) throws SQLException {
    long day = Math.floorDiv(observedAtEpochMillis, DAY_MILLIS);
    if (owner == 0 || noted.contains(new Owner(cluster, owner, day))) {
      return;
    }
    if (noted.size() >= OWNERS_REMEMBERED) {
      noted.clear();
    }
    seen.setLong(1, day);
    seen.setInt(2, cluster);
    seen.setInt(3, owner);
    seen.setLong(4, day);
    seen.executeUpdate();
    noted.add(new Owner(cluster, owner, day));
  }

  /** Numbers of some owners became free. */
  public void forget() {
    noted.clear();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    seen.close();
  }
}
