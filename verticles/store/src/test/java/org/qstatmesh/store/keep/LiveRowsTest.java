package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.store.write.UnstorableException;
import org.qstatmesh.store.write.Written;

/** Batches that become several statements, and one that the database does not take. */
@Timeout(60)
class LiveRowsTest {
  private static final long NOON = RunningStore.NOON;

  @TempDir private Path directory;
  private final Summaries summaries = new Summaries(5, 9, 3);

  @Test
  void aBatchOfAnySizeIsStoredAndItsDuplicatesOnce() throws Exception {
    List<SnapshotTaken> batch = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      batch.add(new SnapshotTaken(summaries.next("hpc1", "a-" + i, NOON + i), true));
    }
    batch.add(batch.get(149));
    batch.add(new SnapshotTaken(batch.get(3).summary()));
    batch.add(new SnapshotTaken(batch.get(148).summary()));
    SampleWriter writer = RunningStore.writer(TestDatabase.database(directory));
    writer.open();

    Written written = writer.write(batch);

    assertEquals(1, written.duplicates());
    assertEquals(150, number("SELECT count(*) FROM live"));
    writer.close();
    writer = RunningStore.writer(TestDatabase.database(directory));
    writer.open();
    assertEquals(153, writer.write(batch).duplicates());
    SnapshotTaken next = new SnapshotTaken(summaries.next("hpc1", "b-1", NOON));
    assertEquals(1, writer.write(List.of(next)).stored());
    writer.close();
    assertEquals(151, number("SELECT count(*) FROM live"));
  }

  /** On a server it is a text with a NUL: see PostgresTest. */
  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void theOneOfABatchThatIsRefusedIsNamed() throws Exception {
    SampleWriter writer = RunningStore.writer(TestDatabase.database(directory));
    writer.open();
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER no BEFORE INSERT ON live WHEN new.snapshot_id = 'a-7'"
              + " BEGIN SELECT raise(ABORT, 'no'); END");
    }
    List<SnapshotTaken> batch = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batch.add(new SnapshotTaken(summaries.next("hpc" + i, "a-" + i, NOON)));
    }

    var refusal = assertThrows(UnstorableException.class, () -> writer.write(batch));

    assertEquals(batch.get(7), refusal.taken());
    assertEquals(0, number("SELECT count(*) FROM live"));
    batch.remove(7);
    assertEquals(9, writer.write(batch).stored());
    writer.close();
  }

  private int number(String query) throws Exception {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getInt(1);
    }
  }
}
