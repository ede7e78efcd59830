package org.qstatmesh.store.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The schema's history. A database notes the number of scripts that it has seen; a script, once
 * released, is never changed, but for its comments.
 */
public final class Migrations {
  private static final List<String> SCRIPTS =
      List.of(
          "0001-samples.sql",
          "0002-backfilled.sql",
          "0003-chunks.sql",
          "0004-events.sql",
          "0005-live.sql",
          "0006-cluster-changes.sql");

  /** Of the schema that this release writes. */
  public static final int VERSION = SCRIPTS.size();

  /** Over years of rows. */
  public static final Duration LONGEST_STEP = Duration.ofHours(1);

  private Migrations() {}

  /**
   * Brings a database to today's schema, each script in a transaction of its own.
   *
   * @throws IllegalArgumentException the database was written by a newer release
   */
  public static void apply(Connection connection, Database database) throws SQLException {
    Dialect dialect = database.dialect();
    try (Statement statement = connection.createStatement()) {
      if (versionOf(statement, database) == SCRIPTS.size()) {
        return;
      }
      Duration usual = dialect.allowSilence(connection, LONGEST_STEP);
      for (int version = 1; version <= SCRIPTS.size(); version++) {
        statement.execute(dialect.begin());
        try {
          // Asked again behind the lock: another process may have migrated meanwhile.
          if (versionOf(statement, database) < version) {
            statement.executeUpdate(dialect.script(script(version)));
            dialect.setSchemaVersion(statement, version);
          }
          statement.execute("COMMIT");
        } catch (SQLException e) {
          rollBack(statement, e);
          throw e;
        }
      }
      Duration unused = dialect.allowSilence(connection, usual);
    }
  }

  private static int versionOf(Statement statement, Database database) throws SQLException {
    int version = database.dialect().schemaVersion(statement);
    if (version > SCRIPTS.size()) {
      throw new IllegalArgumentException(
          "the history in "
              + database
              + " was written by a newer release: its schema is "
              + version
              + ", this release knows "
              + SCRIPTS.size()
              + "; start the newer release, or name another database in store.url");
    }
    return version;
  }

  private static void rollBack(Statement statement, SQLException cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static String script(int version) {
    String name = "migrations/" + SCRIPTS.get(version - 1);
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
