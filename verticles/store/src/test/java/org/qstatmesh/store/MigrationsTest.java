package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.Dialect;

@Timeout(20)
class MigrationsTest {
  @TempDir private Path directory;

  @Test
  void anEmptyFileGetsTheWholeSchemaAndLaterOpeningsLeaveIt() throws Exception {
    Database file = RunningStore.config(directory).database();
    file.prepare();
    for (int opening = 0; opening < 3; opening++) {
      try (Connection connection = file.openForWriting();
          Statement statement = connection.createStatement()) {
        Migrations.apply(connection, Dialect.SQLITE);
        assertEquals(Migrations.VERSION, number(statement, "PRAGMA user_version"));
        assertEquals(opening, number(statement, "SELECT count(*) FROM cluster"));
        statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc" + opening + "')");
      }
    }
  }

  /** A history of the first release: what it has was seen live. */
  @Test
  void samplesOfAnOlderSchemaStayAndAreUnmarked() throws Exception {
    Database file = RunningStore.config(directory).database();
    file.prepare();
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      try (var first = Migrations.class.getResourceAsStream("migrations/0001-samples.sql")) {
        statement.executeUpdate(new String(first.readAllBytes(), StandardCharsets.UTF_8));
      }
      statement.execute("PRAGMA user_version = 1");
      statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc1')");
      statement.execute("INSERT INTO about (cluster_number, about) VALUES (1, '{}')");
      statement.execute(
          "INSERT INTO sample (cluster_number, observed_at_epoch_millis, snapshot_id,"
              + " received_at_epoch_millis, about_number) VALUES (1, 5, 'a-1', 6, 1)");
      Migrations.apply(connection, Dialect.SQLITE);
      assertEquals(Migrations.VERSION, number(statement, "PRAGMA user_version"));
      assertEquals(0, number(statement, "SELECT backfilled FROM sample WHERE snapshot_id = 'a-1'"));
    }
  }

  @Test
  void theWriterSyncsEveryCommit() throws Exception {
    Database file = RunningStore.config(directory).database();
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
    Database file = RunningStore.config(directory).database();
    file.prepare();
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      Migrations.apply(connection, Dialect.SQLITE);
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
    Database file = RunningStore.config(directory).database();
    file.prepare();
    try (Connection one = file.openForWriting();
        Connection other = file.openForWriting();
        Statement statement = other.createStatement()) {
      Migrations.apply(one, Dialect.SQLITE);
      Migrations.apply(other, Dialect.SQLITE);
      assertEquals(Migrations.VERSION, number(statement, "PRAGMA user_version"));
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (var answer = statement.executeQuery(sql)) {
      assertTrue(answer.next());
      return answer.getInt(1);
    }
  }
}
