package org.qstatmesh.store.copy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.qstatmesh.store.database.Dialect;

/**
 * Copies all rows of one database to another of the same schema, in one transaction: the target has
 * all or nothing. Before it ends, every row of the target is read back and compared by count and
 * checksum. A batch of rows is in memory, not more.
 */
public final class HistoryCopy {
  private static final int BATCH_ROWS = 500;

  /** Between two words of progress. */
  private static final int PROGRESS_ROWS = 100_000;

  private final Connection source;
  private final Connection target;
  private final Dialect targetDialect;
  private final Consumer<String> progress;

  /**
   * A copy that has not begun.
   *
   * @param source nobody else writes to it meanwhile
   * @param target of the same schema, without rows
   * @param progress takes a line now and then
   */
  public HistoryCopy(
      Connection source, Connection target, Dialect targetDialect, Consumer<String> progress) {
    this.source = source;
    this.target = target;
    this.targetDialect = targetDialect;
    this.progress = progress;
  }

  /**
   * Copies and commits.
   *
   * @return how many rows the history has
   * @throws IOException the target has rows already, or is not what was written to it
   */
  public long run() throws IOException, SQLException {
    // Autocommit would have PostgreSQL's driver collect whole tables.
    source.setAutoCommit(false);
    target.setAutoCommit(false);
    long all = 0;
    try {
      List<HistoryTable> tables = tables();
      List<RowSum> written = new ArrayList<>();
      for (HistoryTable table : tables) {
        refuseRows(table);
      }
      for (HistoryTable table : tables) {
        written.add(copy(table));
      }
      for (int i = 0; i < tables.size(); i++) {
        compare(tables.get(i), written.get(i));
        all += written.get(i).rows();
      }
      try (Statement statement = target.createStatement()) {
        targetDialect.numberOnward(statement);
      }
      target.commit();
      return all;
    } catch (IOException | SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Exception cause) {
    try {
      target.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private List<HistoryTable> tables() throws SQLException {
    List<HistoryTable> tables = HistoryTable.of(source);
    if (!tables.equals(HistoryTable.of(target))) {
      throw new IllegalStateException("the same scripts made different tables");
    }
    return tables;
  }

  private void refuseRows(HistoryTable table) throws IOException, SQLException {
    try (Statement statement = target.createStatement();
        ResultSet one = statement.executeQuery("SELECT 1 FROM " + table.name() + " LIMIT 1")) {
      if (one.next()) {
        throw new IOException(
            "the target holds a history already (its table "
                + table.name()
                + " has rows): name an empty database, or an empty schema");
      }
    }
  }

  private RowSum copy(HistoryTable table) throws SQLException {
    RowSum sum = new RowSum();
    try (PreparedStatement insert = target.prepareStatement(table.insert());
        Statement select = source.createStatement()) {
      select.setFetchSize(BATCH_ROWS);
      try (ResultSet rows = select.executeQuery(table.select())) {
        while (rows.next()) {
          Object[] row = table.row(rows);
          sum.add(row);
          table.bind(insert, row);
          insert.addBatch();
          if (sum.rows() % BATCH_ROWS == 0) {
            insert.executeBatch();
          }
          if (sum.rows() % PROGRESS_ROWS == 0) {
            progress.accept(table.name() + ": " + sum.rows() + " rows so far");
          }
        }
      }
      insert.executeBatch();
    }
    progress.accept(table.name() + ": " + sum.rows() + " rows copied");
    return sum;
  }

  private void compare(HistoryTable table, RowSum written) throws IOException, SQLException {
    RowSum found = new RowSum();
    try (Statement select = target.createStatement()) {
      select.setFetchSize(BATCH_ROWS);
      try (ResultSet rows = select.executeQuery(table.select())) {
        while (rows.next()) {
          found.add(table.row(rows));
        }
      }
    }
    if (!found.isThatOf(written)) {
      throw new IOException(
          "the table %s is not what was written to it: %d rows were, %d are there; nothing was kept"
              .formatted(table.name(), written.rows(), found.rows()));
    }
    progress.accept(table.name() + ": " + found.rows() + " rows compared");
  }
}
