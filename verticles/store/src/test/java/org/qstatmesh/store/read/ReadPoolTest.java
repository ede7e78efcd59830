package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.write.SampleWriter;

/** Who reads can neither stay nor write. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReadPoolTest {
  @TempDir private Path directory;

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void theDeadlineEndsTheStatementAndLeavesTheConnectionGood(Vertx vertx) throws Exception {
    Database file = TestDatabase.database(directory);
    SampleWriter writer = RunningStore.writer(file);
    writer.open();
    assertEquals(500, writer.write(minutes(500)).stored());
    ReadPool pool = new ReadPool(vertx, file.forReading(), file.dialect());
    AtomicLong seen = new AtomicLong();

    for (int i = 0; i < 10; i++) {
      var failure =
          assertThrows(
              QueryFailure.class,
              () ->
                  RunningStore.await(
                      pool.ask(
                          reading ->
                              new Reading(
                                      reading.connection(),
                                      System.nanoTime() + 20_000_000,
                                      reading.dialect())
                                  .fold(
                                      "SELECT a.live_number FROM live a, live b, live c",
                                      Tuple.tuple(),
                                      row -> seen.incrementAndGet()))));
      assertEquals(504, failure.code());
    }

    assertTrue(seen.get() > 0, "ended before it began");
    List<Long> all = new ArrayList<>();
    RunningStore.await(
        pool.ask(
            reading ->
                reading.fold(
                    "SELECT observed_at_epoch_millis FROM live",
                    Tuple.tuple(),
                    row -> all.add(row.getLong(0)))));
    assertEquals(500, all.size());
    RunningStore.await(pool.close());
    writer.close();
    assertEquals(0, file.walBytes(), "a reader kept the log");
  }

  private static List<SnapshotTaken> minutes(int minutes) {
    Summaries summaries = new Summaries(6, 30, 6);
    return IntStream.range(0, minutes)
        .mapToObj(i -> summaries.next("hpc1", "s-" + i, NOON - (minutes - i) * 60_000L))
        .map(SnapshotTaken::new)
        .toList();
  }

  @Test
  @Tag(TestDatabase.SERVER_ONLY)
  void onAServerAReaderCannotWriteAndIsEndedByItsDeadline(Vertx vertx) throws Exception {
    Database database = TestDatabase.database(directory);
    ReadPool pool = new ReadPool(vertx, database.forReading(), database.dialect());

    QueryFailure late = assertThrows(QueryFailure.class, () -> run("SELECT pg_sleep(60)", pool));
    assertEquals(QueryFailure.TIMEOUT, late.code());
    SQLException refusal =
        assertThrows(SQLException.class, () -> run("CREATE TABLE mine (number BIGINT)", pool));
    assertEquals(DatabaseFault.NOT_WRITABLE, DatabaseFault.of(refusal));
    RunningStore.await(pool.close());
  }

  private static void run(String sql, ReadPool pool) throws Exception {
    List<Object> rows = new ArrayList<>();
    RunningStore.await(
        pool.ask(reading -> reading.fold(sql, Tuple.tuple(), row -> rows.add(row)).mapEmpty()));
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void theNewestAreFoundWithoutLookingThroughAllSamples() throws Exception {
    Database database = TestDatabase.database(directory);
    database.prepare();
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      Migrations.apply(connection, database);
      StringBuilder plan = new StringBuilder();
      String newest = NearestSamples.newestRows(0);
      try (var steps = statement.executeQuery("EXPLAIN QUERY PLAN " + newest)) {
        while (steps.next()) {
          plan.append(steps.getString("detail")).append('\n');
        }
      }
      assertTrue(plan.toString().contains("SEARCH l USING INTEGER PRIMARY KEY"), plan::toString);
    }
  }
}
