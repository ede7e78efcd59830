package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MigrationsTest {
  @TempDir private Path directory;

  @Test
  void anEmptyFileGetsTheWholeSchemaAndLaterOpeningsLeaveIt() throws Exception {
    DatabaseFile file = new DatabaseFile(RunningStore.config(directory));
    file.prepare();
    for (int opening = 0; opening < 3; opening++) {
      try (Connection connection = file.openForWriting();
          Statement statement = connection.createStatement()) {
        Migrations.apply(connection);
        assertEquals(1, number(statement, "PRAGMA user_version"));
        assertEquals(opening, number(statement, "SELECT count(*) FROM cluster"));
        statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc" + opening + "')");
      }
    }
  }

  @Test
  void theWriterSyncsEveryCommit() throws Exception {
    DatabaseFile file = new DatabaseFile(RunningStore.config(directory));
    file.prepare();
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      assertEquals(2, number(statement, "PRAGMA synchronous"));
      assertEquals(0, number(statement, "PRAGMA trusted_schema"));
      assertEquals(1, number(statement, "PRAGMA cell_size_check"));
      assertEquals(64 * 1024 * 1024, number(statement, "PRAGMA journal_size_limit"));
      try (var answer = statement.executeQuery("PRAGMA journal_mode")) {
        assertTrue(answer.next());
        assertEquals("wal", answer.getString(1));
      }
    }
  }

  @Test
  void theNewestAreFoundWithoutLookingThroughAllSamples() throws Exception {
    DatabaseFile file = new DatabaseFile(RunningStore.config(directory));
    file.prepare();
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      Migrations.apply(connection);
      StringBuilder plan = new StringBuilder();
      String newest = LatestReader.NEWEST.replace("?", "0");
      try (var steps = statement.executeQuery("EXPLAIN QUERY PLAN " + newest)) {
        while (steps.next()) {
          plan.append(steps.getString("detail")).append('\n');
        }
      }
      assertTrue(plan.toString().contains("SEARCH s USING PRIMARY KEY"), plan::toString);
      assertTrue(plan.toString().contains("SEARCH a "), plan::toString);
    }
  }

  @Test
  void twoThatMigrateAtOnceDoItOnce() throws Exception {
    DatabaseFile file = new DatabaseFile(RunningStore.config(directory));
    file.prepare();
    try (Connection one = file.openForWriting();
        Connection other = file.openForWriting();
        Statement statement = other.createStatement()) {
      Migrations.apply(one);
      Migrations.apply(other);
      assertEquals(1, number(statement, "PRAGMA user_version"));
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (var answer = statement.executeQuery(sql)) {
      assertTrue(answer.next());
      return answer.getInt(1);
    }
  }
}
