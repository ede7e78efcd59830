package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.database.Migrations;

/** Rows of the release before, which had no chunks. */
@Timeout(120)
class EarlierReleaseTest extends KeptHistory {
  /** Rows of the release before, of two hours: no chunk, no day on which a user was seen. */
  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void aDatabaseOfTheReleaseBeforeIsPutTogether() throws Exception {
    leaveRowsOfTheReleaseBefore();
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    begin();
    assertEquals(120, count("SELECT count(*) FROM sample"), "of hours that are over");
    assertEquals(10, count("SELECT count(*) FROM live"), "of this hour, where questions look");
    keep();
    assertEquals(10, count("SELECT count(*) FROM live"));
    clock.millis = START + 4 * HOUR;
    keep();

    assertEquals(0, count("SELECT count(*) FROM sample"));
    assertEquals(0, count("SELECT count(*) FROM live"));
    assertEquals(130, heads());
    assertEquals(3 * 130 * 16, userSlots(1), "samples, and both steps");
    assertEquals(START / DAY, count("SELECT last_seen_epoch_day FROM word"));
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void whoIsForgottenIsInRowsOfTheReleaseBeforeNoMore() throws Exception {
    leaveRowsOfTheReleaseBefore();
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    begin();

    assertEquals(1, writer.forget("alice").go(LONG).clusters());

    assertEquals(0, count("SELECT count(*) FROM sample"));
    assertEquals(0, count("SELECT count(*) FROM word WHERE kind = 0"));
    clock.millis = START + 4 * HOUR;
    keep();
    assertEquals(0, userSlots(1));
    assertEquals(3 * 130 * 16, userSlots(0));
  }

  /** Rows of the release before, of two hours and ten minutes. */
  private void leaveRowsOfTheReleaseBefore() throws Exception {
    writer.close();
    Files.delete(directory.resolve("history.db"));
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement()) {
      for (String script : List.of("0001-samples.sql", "0002-backfilled.sql")) {
        try (var in = Migrations.class.getResourceAsStream("migrations/" + script)) {
          statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      statement.execute("PRAGMA user_version = 2");
      statement.execute("INSERT INTO cluster (cluster) VALUES ('hpc1')");
      statement.execute("INSERT INTO about (cluster_number, about) VALUES (1, '{}')");
      statement.execute("INSERT INTO word VALUES (1, 0, 1, 'alice')");
      statement.execute(
          "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 129)"
              + " INSERT INTO sample (cluster_number, observed_at_epoch_millis, snapshot_id,"
              + " received_at_epoch_millis, about_number, user_use)"
              // Word 1 has 16 running slots.
              + " SELECT 1, "
              + START
              + " + i * 60000, 'a-' || i, 0, 1, x'010210' FROM n");
    }
  }
}
