package org.qstatmesh.it.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.it.year.Values;

/** A history as one would write it first: a row for each value, and an index. */
final class NaiveTable implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Path file;
  private final Connection connection;
  private final PreparedStatement insert;

  private record Value(String series, int value) {}

  NaiveTable(Path file) throws SQLException {
    this.file = file;
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE sample (ts INTEGER, cluster TEXT, series TEXT, value REAL)");
      statement.execute("CREATE INDEX sample_by_series ON sample (cluster, series, ts)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("INSERT INTO sample VALUES (?, ?, ?, ?)");
  }

  /** Writes them with one commit; the CPU time of that, in nanoseconds. */
  long write(List<ClusterSummary> summaries) throws SQLException {
    List<List<Value>> values = new ArrayList<>();
    for (ClusterSummary summary : summaries) {
      List<Value> all = new ArrayList<>();
      Values.forEach(
          summary,
          (dimension, key, measure, value) ->
              all.add(new Value(dimension + "." + key + "." + measure, value)));
      values.add(all);
    }
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < values.size(); i++) {
      ClusterSummary summary = summaries.get(i);
      for (Value value : values.get(i)) {
        insert.setLong(1, summary.observedAtEpochMillis());
        insert.setString(2, summary.cluster());
        insert.setString(3, value.series());
        insert.setDouble(4, value.value());
        insert.addBatch();
      }
    }
    insert.executeBatch();
    connection.commit();
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  /** Its size; nothing is written afterwards. */
  long closeAndMeasure() throws Exception {
    close();
    return Files.size(file);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
