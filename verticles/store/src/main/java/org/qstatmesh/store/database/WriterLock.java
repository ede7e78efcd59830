package org.qstatmesh.store.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32;

/**
 * One writer a schema: an advisory lock of PostgreSQL, which ends with its connection. A pool
 * between us and the server that shares connections would break it.
 */
final class WriterLock {
  /** SQLSTATE of PostgreSQL for a lock that somebody else has. */
  static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Says that the lock is one of ours: "qmes". */
  private static final int OURS = 0x716D6573;

  private WriterLock() {}

  /**
   * Takes the lock, or says who has it. Waits for the connection's lock_timeout: of a connection
   * that was closed the server learns a moment later.
   *
   * @throws AnotherWriterException with {@link #LOCK_NOT_AVAILABLE}
   */
  static void take(Connection connection) throws SQLException {
    int schema = numberOfSchema(connection);
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_lock(?, ?)")) {
      lock.setInt(1, OURS);
      lock.setInt(2, schema);
      lock.execute();
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      throw new AnotherWriterException(holder(connection, schema), e);
    }
  }

  /** Two meshes may share a database, each in a schema of its own. */
  private static int numberOfSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT current_schema()")) {
      String schema = answer.next() ? answer.getString(1) : null;
      if (schema == null) {
        throw new SQLException("there is no schema of that name: CREATE SCHEMA it", "3F000");
      }
      CRC32 number = new CRC32();
      number.update(schema.getBytes(StandardCharsets.UTF_8));
      return (int) number.getValue();
    }
  }

  private static String holder(Connection connection, int schema) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement(
            "SELECT coalesce(application_name, '?') || ' from '"
                + " || coalesce(host(client_addr), 'the server itself') || ', process ' || pid"
                + " FROM pg_locks JOIN pg_stat_activity USING (pid)"
                + " WHERE locktype = 'advisory' AND granted AND classid = ? AND objid = ?"
                + " AND pg_locks.database"
                + " = (SELECT oid FROM pg_database WHERE datname = current_database())")) {
      find.setLong(1, OURS);
      find.setLong(2, Integer.toUnsignedLong(schema));
      try (ResultSet answer = find.executeQuery()) {
        return answer.next() ? answer.getString(1) : "it has just ended";
      }
    }
  }
}
