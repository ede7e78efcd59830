package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ForgetQuery;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.store.database.SqliteDatabase;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the store says of itself, and what the operator's port asks of it. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoreStateTest {
  private static final long HOUR_MILLIS = 3_600_000;
  private final Summaries summaries = new Summaries(21, 12, 4);
  private final BlockingQueue<StoreState> states = new LinkedBlockingQueue<>();
  private final BlockingQueue<StageDied> deaths = new LinkedBlockingQueue<>();
  @TempDir private Path directory;
  private Vertx vertx;
  private Subscription ear;
  private Subscription deathEar;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    MeshCodec.install(vertx);
    ear = Addresses.STORE_STATE.subscribe(vertx, states::add);
    deathEar = Addresses.STAGE_DIED.subscribe(vertx, deaths::add);
    RunningStore.await(ear.ready());
    RunningStore.await(deathEar.ready());
  }

  @AfterEach
  void stopListening() throws Exception {
    RunningStore.await(ear.cancel());
    RunningStore.await(deathEar.cancel());
  }

  /** A file that fails, and whose log is as long, as a test says. */
  private static final class Faulty extends SqliteDatabase {
    final AtomicBoolean corrupt = new AtomicBoolean();
    final AtomicBoolean busy = new AtomicBoolean();
    final AtomicLong walBytes = new AtomicLong();

    Faulty(StoreConfig config) {
      super(config.dataDirectory(), config.databaseFile());
    }

    @Override
    public Object identity() throws SQLException {
      if (corrupt.get()) {
        throw new SQLiteException("image is malformed", SQLiteErrorCode.SQLITE_CORRUPT);
      }
      if (busy.get()) {
        throw new SQLiteException("database is locked", SQLiteErrorCode.SQLITE_BUSY);
      }
      return super.identity();
    }

    @Override
    public long walBytes() {
      return walBytes.get();
    }
  }

  private StoreState next(String what, Predicate<StoreState> wanted) throws InterruptedException {
    long until = System.nanoTime() + RunningStore.PATIENCE.toNanos();
    while (true) {
      StoreState state = states.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (state == null) {
        throw new AssertionError("was not said: " + what);
      }
      if (wanted.test(state)) {
        return state;
      }
    }
  }

  @Test
  void itSaysThatItWritesAndSaysItAgain() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);

    StoreState first = next("first", state -> true);

    assertEquals(new StoreState("here", true, null, first.sinceEpochMillis(), 0, List.of()), first);
    assertEquals(first, next("again", state -> true));
    store.stop();
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void itSaysWhyNothingIsWrittenAndThatItIsAgain() throws Exception {
    Faulty database = new Faulty(RunningStore.config(directory));
    RunningStore store = RunningStore.in(vertx, directory, database);
    database.busy.set(true);
    ClusterSummary waiting = summaries.next("hpc1", "a-1", NOON);
    store.publish(waiting);

    StoreState paused = next("paused", state -> !state.writing());

    assertEquals("another process holds the database", paused.reason());
    assertEquals(1, paused.pending());
    database.busy.set(false);
    store.awaitAcknowledged(List.of(waiting));
    StoreState writing = next("writing again", StoreState::writing);
    assertNull(writing.reason());
    assertEquals(0, writing.pending());
    assertTrue(deaths.isEmpty());
    store.stop();
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void aDamagedDatabaseEndsTheStageOnce() throws Exception {
    Faulty database = new Faulty(RunningStore.config(directory));
    RunningStore store = RunningStore.in(vertx, directory, database);
    database.corrupt.set(true);
    store.publish(summaries.next("hpc1", "a-1", NOON));

    StageDied died = deaths.poll(RunningStore.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertEquals("store", died.stage());
    assertTrue(died.detail().contains("malformed"), died.detail());
    Eventually.eventually(
        "it tried again", () -> store.count("failures", "reason", "corrupt") >= 2);
    assertTrue(deaths.isEmpty(), "said twice");
    assertFalse(store.acknowledgedMore());
    store.stop();
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void aLogThatGrowsIsAnAlarmUntilItIsShort() throws Exception {
    Faulty database = new Faulty(RunningStore.config(directory));
    RunningStore store = RunningStore.in(vertx, directory, database);
    database.walBytes.set(257L * 1024 * 1024);
    store.store(List.of(summaries.next("hpc1", "a-1", NOON)));

    StoreState alarmed = next("alarm", state -> !state.alarms().isEmpty());

    assertTrue(alarmed.writing());
    assertTrue(alarmed.alarms().get(0).contains("a reader holds"), alarmed.alarms()::toString);
    assertTrue(alarmed.alarms().get(0).contains("history.db"), alarmed.alarms()::toString);
    database.walBytes.set(0);
    store.store(List.of(summaries.next("hpc1", "a-2", NOON + 1)));
    assertTrue(next("over", state -> state.alarms().isEmpty()).writing());
    store.stop();
  }

  @Test
  void damageThatOnlyAQuestionMeetsIsAnAlarm() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    long hour = NOON - 4 * HOUR_MILLIS;
    store.store(List.of(summaries.next("hpc1", "a-1", hour)));
    HistoryQuery query =
        new HistoryQuery(
            "hpc1", Dimension.USER, Measure.RUNNING_SLOTS, hour, hour + HOUR_MILLIS, 600, 8);
    try (Connection connection = TestDatabase.connect(directory);
        PreparedStatement rot = connection.prepareStatement("UPDATE chunk SET body = ?")) {
      rot.setBytes(1, new byte[] {1, 2, 3, 4, 5, 6, 7});
      // As soon as the hour was put together there is something to damage.
      Eventually.eventually("a chunk is damaged", () -> changed(rot) > 0);
    }
    assertTrue(states.stream().allMatch(state -> state.alarms().isEmpty()));

    assertTrue(store.history(query).series().isEmpty(), "what is damaged is a gap");

    StoreState alarmed = next("alarm", state -> !state.alarms().isEmpty());
    assertTrue(alarmed.writing());
    assertTrue(alarmed.alarms().get(0).contains("is damaged"), alarmed.alarms()::toString);
    store.stop();
  }

  private static int changed(PreparedStatement statement) {
    try {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPersonIsForgottenOverTheBus() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary one = summaries.next("hpc1", "a-1", NOON - 3 * 3_600_000);
    ClusterSummary other = summaries.next("hpc2", "a-1", NOON);
    store.store(List.of(one, other));

    var answer =
        RunningStore.await(
            Addresses.FORGET.ask(vertx, new ForgetQuery("user1"), RunningStore.PATIENCE));

    assertEquals(2, answer.clusters());
    assertTrue(
        store.latest().stream()
            .flatMap(summary -> summary.usage().user().stream())
            .noneMatch(use -> "user1".equals(use.key())));
    var refusal =
        assertThrows(
            QueryFailure.class,
            () ->
                RunningStore.await(
                    Addresses.FORGET.ask(vertx, new ForgetQuery(""), RunningStore.PATIENCE)));
    assertEquals(400, refusal.code());
    store.stop();
  }
}
