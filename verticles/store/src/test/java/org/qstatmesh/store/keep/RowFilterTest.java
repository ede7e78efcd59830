package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.write.SampleWriter;

@Timeout(60)
class RowFilterTest {
  @TempDir private Path directory;

  @Test
  void itKnowsTheRowsThatAreThereAndThoseThatCome() throws Exception {
    write(new SnapshotTaken(Summaries.empty("hpc1", "a-1", RunningStore.NOON)));
    try (Connection connection = TestDatabase.connect(directory);
        RowFilter filter = new RowFilter(connection)) {
      assertTrue(filter.mayHold(1, "a-1"));
      assertFalse(filter.mayHold(2, "a-1"));
      assertFalse(filter.mayHold(1, "a-2"));
      for (int i = 0; i < 200_000; i++) {
        filter.add(3, "b-" + i);
      }
      int wrong = 0;
      for (int i = 0; i < 200_000; i++) {
        assertTrue(filter.mayHold(3, "b-" + i));
        wrong += filter.mayHold(4, "b-" + i) ? 1 : 0;
      }
      assertEquals(0, wrong);

      filter.tidy();

      assertTrue(filter.mayHold(1, "a-1"));
      assertFalse(filter.mayHold(3, "b-7"), "these were never written");
    }
  }

  @Test
  void whatTheDatabaseStoresAsAnotherTextIsAskedFor() throws Exception {
    write(new SnapshotTaken(Summaries.empty("hpc1", "a-1", RunningStore.NOON)));
    try (Connection connection = TestDatabase.connect(directory);
        RowFilter filter = new RowFilter(connection)) {
      assertTrue(filter.mayHold(1, "a\uD800"));
    }
  }

  @Test
  void aBacklogIsAskedForUntilItIsGone() throws Exception {
    write(new SnapshotTaken(Summaries.empty("hpc1", "a-1", RunningStore.NOON)));
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO live (live_number, cluster_number, observed_at_epoch_millis, snapshot_id,"
              + " body) WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50001)"
              + " SELECT i + 1, 1, i, 'c-' || i, live.body FROM n, live");
      try (RowFilter filter = new RowFilter(connection)) {
        assertTrue(filter.mayHold(1, "never written"));
        statement.executeUpdate("DELETE FROM live WHERE observed_at_epoch_millis <= 50001");
        for (int i = 0; i <= 50_000; i++) {
          filter.add(1, "d-" + i);
        }

        filter.tidy();

        assertFalse(filter.mayHold(1, "never written"));
        assertTrue(filter.mayHold(1, "a-1"));
      }
    }
  }

  private void write(SnapshotTaken taken) throws Exception {
    SampleWriter writer = RunningStore.writer(TestDatabase.database(directory));
    writer.open();
    assertEquals(1, writer.write(List.of(taken)).stored());
    writer.close();
  }
}
