package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.StoreConfig.Login;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.store.write.UnstorableException;

/** What a server does to the store. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag(TestDatabase.SERVER_ONLY)
class PostgresTest {
  private final Summaries summaries = new Summaries(12, 20, 5);
  @TempDir private Path directory;
  private Vertx vertx;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

  @Test
  void aSecondWriterIsToldWhoWritesAndComesInWhenThatOneHasGone() throws Exception {
    Database database = TestDatabase.config(directory.resolve("a")).database();
    try (Connection first = database.openForWriting()) {
      assertTrue(first.getAutoCommit());
      SQLException refusal = assertThrows(SQLException.class, database::openForWriting);
      assertEquals(DatabaseFault.BUSY, DatabaseFault.of(refusal));
      assertTrue(
          refusal.getMessage().contains("qstat-mesh writer of here from 127.0.0.1"),
          refusal.getMessage());

      TestDatabase.config(directory.resolve("b")).database().openForWriting().close();
    }
    // The server learns of the end a moment later.
    Eventually.eventually("the second comes in", () -> isLetIn(database));
  }

  /** Else its lock outlives it, and nobody else may write. */
  @Test
  void theServerSoonGivesUpAWriterThatSaysNothing() throws Exception {
    try (Connection writer =
            TestDatabase.config(directory.resolve("a")).database().openForWriting();
        Statement statement = writer.createStatement()) {
      assertEquals("15000", shown(statement, "tcp_user_timeout"));
      int idleSeconds = Integer.parseInt(shown(statement, "tcp_keepalives_idle"));
      int intervalSeconds = Integer.parseInt(shown(statement, "tcp_keepalives_interval"));
      int count = Integer.parseInt(shown(statement, "tcp_keepalives_count"));
      assertEquals(15, idleSeconds + count * intervalSeconds);
    }
  }

  private static String shown(Statement statement, String setting) throws SQLException {
    try (ResultSet answer = statement.executeQuery("SHOW " + setting)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }

  private static boolean isLetIn(Database database) {
    try {
      database.openForWriting().close();
      return true;
    } catch (SQLException e) {
      assertEquals(DatabaseFault.BUSY, DatabaseFault.of(e));
      return false;
    }
  }

  @Test
  void whoIsThrownOutComesBackAndLosesNothing() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<ClusterSummary> all = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      ClusterSummary summary = summaries.next("hpc" + round, "a-1", NOON);
      all.add(summary);
      store.store(List.of(summary));
      assertEquals(Set.copyOf(all), Set.copyOf(store.latest()));
      throwOutAll();
      ClusterSummary meanwhile = summaries.next("met" + round, "a-1", NOON + round);
      all.add(meanwhile);
      store.store(List.of(meanwhile));
      Eventually.eventually("questions are answered again", () -> answers(store));
    }
    store.stop();
  }

  private static boolean answers(RunningStore store) {
    try {
      return !store.latest().isEmpty();
    } catch (QueryFailure e) {
      assertEquals(QueryFailure.UNAVAILABLE, e.code());
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void throwOutAll() throws SQLException {
    try (Connection other = TestDatabase.server().connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'qstat-mesh%'");
    }
  }

  @Test
  void thePasswordIsReadFromItsFile() throws Exception {
    try (Connection admin = TestDatabase.server().connect();
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE secretive");
      statement.execute("CREATE ROLE keeper LOGIN PASSWORD 'open sesame'");
      statement.execute("ALTER DATABASE secretive OWNER TO keeper");
    }
    Path password = directory.resolve("password");
    Database database =
        config(TestDatabase.server().url("secretive"), new Login("keeper", password)).database();

    assertEquals(DatabaseFault.LOGIN, faultOf(database));
    Files.writeString(password, "close sesame\n");
    assertEquals(DatabaseFault.LOGIN, faultOf(database));
    Files.writeString(password, "open sesame\nand a comment\n");
    database.openForWriting().close();
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Login tester = new Login("tester", null);
    String there = TestDatabase.server().url("postgres");

    assertEquals(
        DatabaseFault.MISSING, faultOf(config(TestDatabase.server().url("no"), tester).database()));
    assertEquals(
        DatabaseFault.MISSING, faultOf(config(there + "?currentSchema=no", tester).database()));
    assertEquals(
        DatabaseFault.GONE, faultOf(config("jdbc:postgresql://127.0.0.1:1/x", tester).database()));
  }

  @Test
  void anotherEncodingIsRefusedWithTheWayOut() throws Exception {
    try (Connection admin = TestDatabase.server().connect();
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    }
    Database latin =
        config(TestDatabase.server().url("latin"), new Login("tester", null)).database();

    var refusal = assertThrows(IllegalArgumentException.class, latin::openForWriting);

    assertTrue(refusal.getMessage().contains("ENCODING 'UTF8'"), refusal.getMessage());
  }

  @Test
  void whatATextCannotHoldIsRefusedAndTheOthersAreStored() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.publish(summaries.next("hpc1", "a\u0000", NOON));
    ClusterSummary good = summaries.next("hpc2", "a-1", NOON);

    store.store(List.of(good));

    assertEquals(1, store.count("refused"));
    assertEquals(List.of(good), List.copyOf(store.latest()));
    store.stop();
  }

  @Test
  void ofABatchTheOneThatATextCannotHoldIsNamed() throws Exception {
    List<SnapshotTaken> batch = new ArrayList<>();
    for (String id : List.of("a", "b\u0000", "c")) {
      batch.add(new SnapshotTaken(summaries.next("hpc-" + id.charAt(0), id, NOON)));
    }
    SampleWriter writer = RunningStore.writer(TestDatabase.config(directory).database());
    writer.open();

    var refusal = assertThrows(UnstorableException.class, () -> writer.write(batch));

    assertEquals(batch.get(1), refusal.taken());
    batch.remove(1);
    assertEquals(2, writer.write(batch).stored());
    writer.close();
  }

  private StoreConfig config(String url, Login login) {
    return new StoreConfig("here", url, directory, Retention.USUAL, login);
  }

  private static DatabaseFault faultOf(Database database) {
    return DatabaseFault.of(assertThrows(SQLException.class, database::openForWriting));
  }
}
