package org.qstatmesh.store;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.year.Values;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.write.SampleWriter;

/**
 * Writes a history through the store's own writer, with a clock that goes as fast as the disk: what
 * a year brings is there in minutes. The calling thread is the writer's.
 */
public final class HistoryFeeder implements AutoCloseable {
  private static final long MINUTE_MILLIS = 60_000;
  private static final int HOUR_MINUTES = 60;

  /** After an hour's end nothing of it is expected any more. */
  private static final Duration LATE = Duration.ofMinutes(3);

  private static final Duration KEEP_TIME = Duration.ofMinutes(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final StoreConfig config;
  private final List<Supplier<ClusterSummary>> clusters;
  private final SteppedClock clock;
  private SampleWriter writer;
  private long minute;
  private long summaries;
  private long values;
  private long generateNanos;
  private long writeNanos;
  private long keepNanos;

  /**
   * Begins a history, or goes on with it.
   *
   * @param firstMinute since the epoch, at a full hour
   * @param clusters each gives what its poller publishes at the next minute
   */
  public HistoryFeeder(
      StoreConfig config, long firstMinute, List<Supplier<ClusterSummary>> clusters)
      throws Exception {
    this.config = config;
    this.clusters = clusters;
    minute = firstMinute;
    clock = new SteppedClock(firstMinute * MINUTE_MILLIS);
    open();
  }

  private void open() throws Exception {
    writer = new SampleWriter(config.database(), config.retention(), clock, new Alarms());
    writer.open();
  }

  /** Samples of so many hours, each hour put together once it is over. */
  public void feed(int hours) throws Exception {
    for (int i = 0; i < hours; i++) {
      write();
      keep();
    }
  }

  /** Samples of so many hours, left as they were written. */
  public void feedRowsOnly(int hours) throws Exception {
    for (int i = 0; i < hours; i++) {
      write();
    }
  }

  private void write() throws Exception {
    long before = THREADS.getCurrentThreadCpuTime();
    List<SnapshotTaken> batch = new ArrayList<>();
    for (int i = 0; i < HOUR_MINUTES; i++) {
      for (Supplier<ClusterSummary> cluster : clusters) {
        batch.add(new SnapshotTaken(cluster.get()));
      }
    }
    minute += HOUR_MINUTES;
    batch.forEach(taken -> values += Values.count(taken.summary()));
    summaries += batch.size();
    clock.set(minute * MINUTE_MILLIS);
    long generated = THREADS.getCurrentThreadCpuTime();
    writer.write(batch);
    generateNanos += generated - before;
    writeNanos += THREADS.getCurrentThreadCpuTime() - generated;
  }

  private void keep() throws Exception {
    long before = THREADS.getCurrentThreadCpuTime();
    clock.set(minute * MINUTE_MILLIS + LATE.toMillis());
    boolean more = true;
    while (more) {
      more = writer.keep(KEEP_TIME);
    }
    keepNanos += THREADS.getCurrentThreadCpuTime() - before;
  }

  /**
   * Writes one minute of every cluster with a commit of its own; the CPU time of that, in
   * nanoseconds.
   */
  public long round() throws Exception {
    List<SnapshotTaken> batch =
        clusters.stream().map(cluster -> new SnapshotTaken(cluster.get())).toList();
    minute++;
    long before = THREADS.getCurrentThreadCpuTime();
    writer.write(batch);
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  /** Closes and opens it again, so that what a store does once an hour is done. */
  public void reopen() throws Exception {
    writer.close();
    open();
    keep();
  }

  /** Bytes of the file, its log emptied; the feeder goes on afterwards. */
  public long fileBytes() throws Exception {
    writer.close();
    long bytes = Files.size(file());
    open();
    return bytes;
  }

  /** Bytes of all bodies by their step in seconds, 0 for samples. */
  public Map<Integer, Long> chunkBytes() throws SQLException {
    Map<Integer, Long> bytes = new TreeMap<>();
    try (Connection connection = StoredHistory.open(file());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT step_seconds, sum(length(body)) FROM chunk GROUP BY step_seconds")) {
      while (row.next()) {
        bytes.put(row.getInt(1), row.getLong(2));
      }
    }
    return bytes;
  }

  /** The database's file. */
  public Path file() {
    return config.databaseFile();
  }

  /** The minute that comes next, since the epoch. */
  public long minute() {
    return minute;
  }

  /** How many summaries were written. */
  public long summaries() {
    return summaries;
  }

  /** How many values that are not 0 were in them. */
  public long values() {
    return values;
  }

  /** CPU of making a summary, in microseconds. */
  public double generateMicros() {
    return micros(generateNanos);
  }

  /** CPU of writing a summary, an hour with one commit, in microseconds. */
  public double writeMicros() {
    return micros(writeNanos);
  }

  /** CPU of putting together, of each summary, in microseconds. */
  public double keepMicros() {
    return micros(keepNanos);
  }

  private double micros(long nanos) {
    return nanos / 1e3 / summaries;
  }

  @Override
  public void close() throws SQLException {
    writer.close();
  }
}
