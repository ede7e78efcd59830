package org.qstatmesh.store.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.store.TestDatabase;

@Timeout(60)
class MigrationsTest {
  @TempDir private Path directory;

  @Test
  void anEmptyDatabaseGetsTheWholeSchemaAndLaterOpeningsLeaveIt() throws Exception {
    Database database = prepared();
    for (int opening = 0; opening < 3; opening++) {
      try (Connection connection = database.openForWriting();
          Statement statement = connection.createStatement()) {
        Migrations.apply(connection, database);
        assertEquals(Migrations.VERSION, database.dialect().schemaVersion(statement));
        assertEquals(opening, number(statement, "SELECT count(*) FROM cluster"));
        statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc" + opening + "')");
      }
    }
  }

  /** A history of the first release: what it has was seen live. */
  @Test
  void samplesOfAnOlderSchemaStayAndAreUnmarked() throws Exception {
    Database database = prepared();
    Dialect dialect = database.dialect();
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      try (var first = Migrations.class.getResourceAsStream("migrations/0001-samples.sql")) {
        String script = new String(first.readAllBytes(), StandardCharsets.UTF_8);
        statement.executeUpdate(dialect.script(script));
      }
      // PostgreSQL makes the table of versions when it is asked for the first time.
      assertEquals(0, dialect.schemaVersion(statement));
      dialect.setSchemaVersion(statement, 1);
      statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc1')");
      statement.execute("INSERT INTO about (cluster_number, about) VALUES (1, '{}')");
      statement.execute(
          "INSERT INTO sample (cluster_number, observed_at_epoch_millis, snapshot_id,"
              + " received_at_epoch_millis, about_number) VALUES (1, 5, 'a-1', 6, 1)");
      Migrations.apply(connection, database);
      assertEquals(Migrations.VERSION, dialect.schemaVersion(statement));
      assertEquals(0, number(statement, "SELECT backfilled FROM sample WHERE snapshot_id = 'a-1'"));
    }
  }

  @Test
  void aScriptThatFailsLeavesNothingBehind() throws Exception {
    Database database = prepared();
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE about (in_the_way INTEGER)");

      assertThrows(SQLException.class, () -> Migrations.apply(connection, database));

      assertEquals(0, database.dialect().schemaVersion(statement));
      assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM word"));
    }
  }

  @Test
  void everyCommitIsSynced() throws Exception {
    Database database = prepared();
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      if (database.dialect() == Dialect.POSTGRESQL) {
        assertEquals("on", text(statement, "SHOW synchronous_commit"));
        return;
      }
      assertEquals(2, number(statement, "PRAGMA synchronous"));
      assertEquals(0, number(statement, "PRAGMA trusted_schema"));
      assertEquals(1, number(statement, "PRAGMA cell_size_check"));
      assertEquals(64 * 1024 * 1024, number(statement, "PRAGMA journal_size_limit"));
      assertEquals("wal", text(statement, "PRAGMA journal_mode"));
    }
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void twoThatMigrateAtOnceDoItOnce() throws Exception {
    Database database = prepared();
    try (Connection one = database.openForWriting();
        Connection other = database.openForWriting();
        Statement statement = other.createStatement()) {
      Migrations.apply(one, database);
      Migrations.apply(other, database);
      assertEquals(Migrations.VERSION, database.dialect().schemaVersion(statement));
    }
  }

  private Database prepared() throws Exception {
    Database database = TestDatabase.database(directory);
    database.prepare();
    return database;
  }

  private static int number(Statement statement, String sql) throws SQLException {
    return Integer.parseInt(text(statement, sql));
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (var answer = statement.executeQuery(sql)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }
}
