package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.database.Dialect;

/**
 * All that is done with what was written, on the connection that wrote it. After any exception it
 * is of no more use. One thread.
 */
public final class Keeper implements AutoCloseable {
  private static final long HOUR_MILLIS = ChunkSpan.millis(0);
  private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

  /** What comes late comes in many; its hour waits for more. */
  private static final Duration SAME_HOUR_INTERVAL = Duration.ofSeconds(30);

  private static final int HOURS_REMEMBERED = 1_024;

  private final Statement statement;
  private final Dialect dialect;
  private final Limits limits;
  private final Runnable namesDeleted;
  private final ChunkTable chunks;
  private final Compacted compacted;
  private final OldRows old;
  private final Compactor compactor;
  private final StoredSamples stored;
  private final RetentionWork retention;
  private final Forgetting forgetting;
  private final Deque<Forgetting.Work> unfinished = new ArrayDeque<>();
  private final Map<Hour, Long> compactedAtNanos = new CompactedLately();
  private Long retentionAtNanos;
  private long eventDaysEarly;

  private record Hour(int cluster, long startMillis) {}

  /** What a sample is to what chunks hold. */
  public enum Standing {
    /** No chunk holds it. */
    NEW,
    /** A chunk holds it. */
    DUPLICATE,
    /** It is late, and older than samples are kept. */
    TOO_OLD
  }

  /**
   * Begins on a connection whose schema is of today. What an earlier release wrote of hours that
   * are not over becomes rows, in a transaction of its own.
   *
   * @param clock the store's
   * @param namesDeleted called after the numbers of some names became free
   */
  public Keeper(
      Connection connection,
      LiveRows rows,
      Dialect dialect,
      Retention retention,
      Clock clock,
      Alarms alarms,
      Runnable namesDeleted)
      throws SQLException {
    this.dialect = dialect;
    this.namesDeleted = namesDeleted;
    limits = new Limits(retention, clock);
    Damage damage = new Damage(alarms);
    statement = connection.createStatement();
    chunks = new ChunkTable(connection);
    compacted = new Compacted(connection);
    old = new OldRows(connection, damage);
    compactor = new Compactor(connection, limits, damage, chunks, compacted, rows, old);
    stored = new StoredSamples(chunks, compacted, damage);
    this.retention =
        new RetentionWork(
            connection, chunks, compacted, limits, rows, old, namesDeleted, () -> eventDaysEarly++);
    forgetting = new Forgetting(connection, chunks, compacted, damage, rows);
    for (Forgetting.Person person : forgetting.begun()) {
      unfinished.add(forgetting.work(person));
    }
    if (!old.isEmpty()) {
      begin();
      compactor.takeOver();
      commit();
    }
  }

  /**
   * Says whether a sample is to be written, inside the transaction that would write it. One that
   * was filled in gives way to the same seen live, here and now.
   */
  public Standing standing(int cluster, String snapshotId, long observedMillis, boolean backfilled)
      throws SQLException {
    StoredSamples.Place place = stored.find(cluster, snapshotId, observedMillis);
    if (place != null && (backfilled || !place.backfilled())) {
      return Standing.DUPLICATE;
    }
    if (observedMillis < Math.min(limits.samplesAccepted(), compacted.untilMillis(cluster))) {
      return Standing.TOO_OLD;
    }
    if (place != null) {
      compactor.compact(cluster, place.hourMillis(), Set.of(snapshotId));
      stored.forget(cluster, place.hourMillis());
    }
    return Standing.NEW;
  }

  /**
   * Does what is due, in one transaction of some milliseconds.
   *
   * @return whether there was something to do
   */
  public boolean work() throws SQLException {
    return compactOldest() || continueForgetting() || deleteOld();
  }

  private boolean compactOldest() throws SQLException {
    Hour oldest = null;
    for (int cluster : compacted.clusters()) {
      Long hour = due(cluster);
      if (hour != null && (oldest == null || hour < oldest.startMillis())) {
        oldest = new Hour(cluster, hour);
      }
    }
    if (oldest == null) {
      return false;
    }
    begin();
    compact(oldest.cluster(), oldest.startMillis());
    commit();
    compactedAtNanos.put(oldest, System.nanoTime());
    return true;
  }

  private void compact(int cluster, long hourMillis) throws SQLException {
    compactor.compact(cluster, hourMillis, Set.of());
    stored.forget(cluster, hourMillis);
  }

  /**
   * The oldest hour of a cluster that is over and was not put together a moment ago. One that was
   * put together is over, whatever the clock says: it was set back, and no question looks for rows
   * there.
   */
  private Long due(int cluster) throws SQLException {
    Long hour = compactor.oldestHour(cluster, Long.MIN_VALUE);
    while (hour != null && (limits.isOver(hour) || hour < compacted.untilMillis(cluster))) {
      Long at = compactedAtNanos.get(new Hour(cluster, hour));
      if (at == null || System.nanoTime() - at >= SAME_HOUR_INTERVAL.toNanos()) {
        return hour;
      }
      hour = compactor.oldestHour(cluster, hour + HOUR_MILLIS);
    }
    return null;
  }

  private boolean continueForgetting() throws SQLException {
    if (unfinished.isEmpty()) {
      return false;
    }
    if (step(unfinished.element())) {
      unfinished.remove();
    }
    return true;
  }

  private boolean deleteOld() throws SQLException {
    long now = System.nanoTime();
    if (retentionAtNanos == null || now - retentionAtNanos >= RETENTION_INTERVAL.toNanos()) {
      retentionAtNanos = now;
      retention.begin();
    }
    if (retention.isDone()) {
      return false;
    }
    begin();
    boolean deleted = retention.work();
    commit();
    return deleted;
  }

  /** How many days' events were summarised before their time since it was asked last. */
  public long takeEventDaysEarly() {
    long days = eventDaysEarly;
    eventDaysEarly = 0;
    return days;
  }

  /** A person who is being forgotten, on all clusters. */
  public final class ForgetRun {
    private final Deque<Forgetting.Work> left = new ArrayDeque<>();
    private final int clusters;
    private long rewritten;
    private long events;

    private ForgetRun(Iterable<Forgetting.Person> persons) {
      persons.forEach(person -> left.add(forgetting.work(person)));
      clusters = left.size();
    }

    /** On how many clusters the login was known. */
    public int clusters() {
      return clusters;
    }

    /** How many chunks were written anew so far. */
    public long chunks() {
      return rewritten;
    }

    /** How many events lost their owner so far. */
    public long events() {
      return events;
    }

    /** Does a little, in one transaction; returns whether all is done. */
    public boolean step() throws SQLException {
      if (!left.isEmpty() && Keeper.this.step(left.element())) {
        Forgetting.Work done = left.remove();
        rewritten += done.rewritten();
        events += done.events();
      }
      return left.isEmpty();
    }
  }

  /** Takes the login away, in one transaction; the rest is done step by step. */
  public ForgetRun forget(String login) throws SQLException {
    setSecureDelete(true);
    begin();
    ForgetRun run = new ForgetRun(forgetting.begin(login));
    commit();
    setSecureDelete(false);
    namesDeleted.run();
    return run;
  }

  private boolean step(Forgetting.Work work) throws SQLException {
    setSecureDelete(true);
    begin();
    // In rows of an earlier release nobody is forgotten: they become chunks first.
    Long oldHour = old.oldestHour(work.cluster(), Long.MIN_VALUE);
    boolean done = false;
    if (oldHour == null) {
      done = work.step();
    } else {
      compact(work.cluster(), oldHour);
    }
    commit();
    setSecureDelete(false);
    if (done) {
      namesDeleted.run();
    }
    return done;
  }

  /** Whether SQLite overwrites what it deletes; costly, because it deletes every row in time. */
  private void setSecureDelete(boolean on) throws SQLException {
    if (dialect == Dialect.SQLITE) {
      statement.execute("PRAGMA secure_delete = " + (on ? "ON" : "OFF"));
    }
  }

  private void begin() throws SQLException {
    statement.execute(dialect.begin());
  }

  private void commit() throws SQLException {
    statement.execute("COMMIT");
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    chunks.close();
    compacted.close();
    compactor.close();
    old.close();
    retention.close();
    forgetting.close();
  }

  private static final class CompactedLately extends LinkedHashMap<Hour, Long> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Hour, Long> eldest) {
      return size() > HOURS_REMEMBERED;
    }
  }
}
