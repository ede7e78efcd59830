package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.SnapshotTaken.Part;
import org.qstatmesh.store.Observed;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.SetClock;
import org.qstatmesh.store.SmallDisk;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.read.PlainCompaction;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.store.write.Written;

/** Hours that are over become chunks, once and whole, however what is in them comes. */
@Timeout(120)
class CompactionTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long START = RunningStore.NOON / DAY * DAY;
  private static final Retention RETENTION =
      new Retention(30, List.of(new Step(300, 730), new Step(3_600, null)), 730, 90);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final SetClock clock = new SetClock(START);
  private final Alarms alarms = new Alarms();
  private Database database;
  private SampleWriter writer;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.database(directory);
    begin();
  }

  private void begin() throws Exception {
    writer = new SampleWriter(database, RETENTION, clock, alarms);
    writer.open();
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverComesWheneverTheChunksAreThoseOfAllSamples(long seed) throws Exception {
    Random random = new Random(seed);
    List<SnapshotTaken> all = samples(random);
    List<SnapshotTaken> coming = asTheyCome(all, random);
    int stored = 0;
    for (int from = 0; from < coming.size(); ) {
      int to = Math.min(coming.size(), from + 1 + random.nextInt(80));
      List<SnapshotTaken> batch = coming.subList(from, to);
      clock.millis = Math.max(clock.millis, observed(batch.get(batch.size() - 1)) + 5_000);
      stored += writer.write(batch).stored();
      from = to;
      switch (random.nextInt(4)) {
        case 0 -> keep();
        case 1 -> {
          // Another process, or the same after a kill, remembers nothing.
          writer.close();
          begin();
        }
        default -> {
          // Another batch.
        }
      }
    }
    assertTrue(stored >= all.size(), "stored " + stored + " of " + all.size());
    clock.millis = START + 3 * DAY;
    writer.close();
    begin();
    keep();

    assertEquals(0, count("SELECT count(*) FROM live"));
    Map<String, String> found = chunks();
    assertChunksAreThoseOf(all, found);
  }

  private void assertChunksAreThoseOf(List<SnapshotTaken> all, Map<String, String> found)
      throws Exception {
    try (Connection connection = TestDatabase.connect(directory)) {
      PlainCompaction plain = new PlainCompaction(connection, List.of(300, 3_600));
      for (String cluster : all.stream().map(CompactionTest::cluster).distinct().toList()) {
        plain.compact(cluster, all.stream().map(Observed::of).toList(), START + 3 * DAY);
      }
    }
    Map<String, String> expected = chunks();
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((key, text) -> assertEquals(text, found.get(key), key));
  }

  /** Thirty hours with gaps, parts that are not known, parts of an earlier snapshot. */
  private static List<SnapshotTaken> samples(Random random) {
    Summaries summaries = new Summaries(random.nextLong(), 12, 4);
    List<SnapshotTaken> all = new ArrayList<>();
    long at = START + 40 * 60_000;
    for (int i = 0; at < START + 30 * HOUR; i++) {
      String cluster = random.nextInt(4) == 0 ? "other" : "hpc1";
      String id = "s-" + i;
      all.add(
          switch (random.nextInt(20)) {
            case 0 -> new SnapshotTaken(Summaries.empty(cluster, id, at));
            case 1 ->
                new SnapshotTaken(
                    summaries.next(cluster, id, at),
                    false,
                    Set.of(List.of(Part.values()).get(random.nextInt(3))),
                    null);
            default -> new SnapshotTaken(summaries.next(cluster, id, at));
          });
      at += random.nextInt(60) == 0 ? random.nextInt(4 * (int) HOUR) : random.nextInt(240_000);
    }
    return all;
  }

  /** Some late by hours, some twice, some filled in first or afterwards. */
  private static List<SnapshotTaken> asTheyCome(List<SnapshotTaken> all, Random random) {
    record Coming(long at, SnapshotTaken taken) {}
    List<Coming> coming = new ArrayList<>();
    for (SnapshotTaken one : all) {
      long at = observed(one);
      long late = random.nextInt(10) == 0 ? random.nextInt(20 * (int) HOUR) : 0;
      coming.add(new Coming(at + late, one));
      if (random.nextInt(5) == 0) {
        coming.add(new Coming(at + late + random.nextInt(10 * (int) HOUR), one));
      }
      if (random.nextInt(5) == 0) {
        coming.add(new Coming(at + random.nextInt(20 * (int) HOUR), filledIn(one, random)));
      }
    }
    coming.sort(Comparator.comparingLong(Coming::at));
    return coming.stream().map(Coming::taken).toList();
  }

  /** The same as its probe kept it: the time is not known to the second. */
  private static SnapshotTaken filledIn(SnapshotTaken live, Random random) {
    long at = observed(live) + random.nextInt(60_000) - 30_000;
    ClusterSummary other = Summaries.empty(cluster(live), live.summary().snapshotId(), at);
    return new SnapshotTaken(other, true);
  }

  private static long observed(SnapshotTaken taken) {
    return taken.summary().observedAtEpochMillis();
  }

  private static String cluster(SnapshotTaken taken) {
    return taken.summary().cluster();
  }

  private void keep() throws SQLException {
    assertFalse(writer.keep(LONG), "more is due after a minute");
  }

  @Test
  void whatWasFilledInStaysWhenItIsNotSeenLive() throws Exception {
    List<SnapshotTaken> day = minutes(90);
    List<SnapshotTaken> half = day.subList(0, 45);
    clock.millis = START + 3 * HOUR;
    assertEquals(45, writer.write(day.subList(45, 90)).stored());
    keep();
    List<SnapshotTaken> filledIn =
        half.stream().map(taken -> new SnapshotTaken(taken.summary(), true)).toList();

    assertEquals(45, writer.write(filledIn).stored());
    assertEquals(new Written(0, 45, List.of()), writer.write(filledIn));
    writer.close();
    begin();
    keep();
    assertEquals(new Written(0, 90, List.of()), writer.write(joined(filledIn, day, 45)));

    assertEquals(90, heads());
    assertEquals(45, headsFilledIn());
    assertEquals(45, writer.write(half).stored(), "live stands for filled in");
    writer.close();
    begin();
    keep();
    assertEquals(90, heads());
    assertEquals(0, headsFilledIn());
  }

  private static List<SnapshotTaken> joined(
      List<SnapshotTaken> one, List<SnapshotTaken> other, int from) {
    List<SnapshotTaken> joined = new ArrayList<>(one);
    joined.addAll(other.subList(from, other.size()));
    return joined;
  }

  @Test
  void theHourUnderWayAndTheFutureStayRows() throws Exception {
    List<SnapshotTaken> hours = minutes(180);
    assertEquals(180, writer.write(hours).stored());

    clock.millis = START + HOUR + 119_999;
    keep();
    assertEquals(180, count("SELECT count(*) FROM live"));

    clock.millis = START + HOUR + 120_000;
    keep();
    assertEquals(120, count("SELECT count(*) FROM live"));
    assertEquals(START / 1_000 + 3_600, count("SELECT until_epoch_seconds FROM compacted"));
  }

  @Test
  void afterTheClockWasSetBackNothingIsLostOrDoubled() throws Exception {
    clock.millis = START + DAY;
    assertEquals(120, writer.write(minutes(120)).stored());
    keep();
    clock.millis = START + 90 * 60_000;
    List<SnapshotTaken> again = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      again.add(taken("b-" + i, clock.millis + i * 1_000L));
    }
    assertEquals(20, writer.write(again).stored());
    writer.close();
    begin();
    keep();

    assertEquals(0, count("SELECT count(*) FROM live"));
    assertEquals(140, heads());
  }

  @Test
  @Tag(TestDatabase.FILE_ONLY)
  void aDiskThatIsFullInMidCompactionCostsNothing() throws Exception {
    List<SnapshotTaken> all = minutes(240);
    assertEquals(240, writer.write(all).stored());
    clock.millis = START + 6 * HOUR;
    long pages = count("PRAGMA page_count");
    SmallDisk small = new SmallDisk(RunningStore.config(directory));
    database = small;
    int failures = 0;
    for (int more = 0; count("SELECT count(*) FROM live") > 0; more++) {
      writer.close();
      small.pages.set((int) pages + more);
      begin();
      try {
        keep();
      } catch (SQLException e) {
        assertEquals(DatabaseFault.FULL, DatabaseFault.of(e));
        failures++;
      }
      assertEquals(240, heads() + count("SELECT count(*) FROM live"));
      try (Connection connection = TestDatabase.connect(directory);
          Statement statement = connection.createStatement();
          var check = statement.executeQuery("PRAGMA integrity_check")) {
        assertTrue(check.next());
        assertEquals("ok", check.getString(1));
      }
    }
    assertTrue(failures > 0, "it never was full");
    assertChunksAreThoseOf(all, chunks());
  }

  @Test
  void whatIsTooLateIsRefusedAndNotAcknowledged() throws Exception {
    clock.millis = START + 40 * DAY;
    SnapshotTaken now = taken("now", clock.millis - 2 * HOUR);
    assertEquals(1, writer.write(List.of(now)).stored());
    keep();
    SnapshotTaken old = taken("old", clock.millis - 31 * DAY);
    SnapshotTaken late = taken("late", clock.millis - 29 * DAY);

    Written written = writer.write(List.of(old, late));

    assertEquals(new Written(1, 0, List.of(old)), written);
    assertFalse(written.isOnDisk(old));
    assertTrue(written.isOnDisk(late));
  }

  @Test
  void whatIsOldGoesByItsStep() throws Exception {
    assertEquals(120, writer.write(minutes(120)).stored());
    clock.millis = START + 3 * HOUR;
    keep();
    assertEquals(2, starts(0));
    assertEquals(1, starts(300));
    assertEquals(1, starts(3_600));

    laterBy(30);
    assertEquals(2, starts(0), "a day longer than samples are accepted");
    laterBy(32);
    assertEquals(0, starts(0));
    assertEquals(1, starts(300));
    laterBy(729);
    assertEquals(1, count("SELECT count(*) FROM chunk WHERE part = 0 AND step_seconds = 300"));
    laterBy(732);
    assertEquals(0, starts(300));
    assertEquals(1, starts(3_600));
    assertEquals(12, users());
    laterBy(755);
    assertEquals(0, count("SELECT count(*) FROM chunk WHERE part = 0"));
    assertEquals(0, users(), "names that nothing names");
    assertTrue(writer.takeNamesDeleted(), "whoever reads would go on with them");
    assertFalse(writer.takeNamesDeleted());
    assertEquals(1, count("SELECT count(*) FROM chunk WHERE part = 1"), "groups stay");
    laterBy(20_000);
    assertEquals(1, starts(3_600));
  }

  private void laterBy(int days) throws Exception {
    clock.millis = START + days * DAY;
    writer.close();
    begin();
    keep();
  }

  @Test
  void aUserWhoComesBackIsKnownByName() throws Exception {
    assertEquals(1, writer.write(List.of(taken("first", START))).stored());
    clock.millis = START + 3 * HOUR;
    keep();
    clock.millis = START + 800 * DAY;
    writer.close();
    begin();
    ClusterSummary back = new Summaries(7, 12, 4).next("hpc1", "back", clock.millis);

    assertEquals(1, writer.write(List.of(new SnapshotTaken(back))).stored());
    keep();

    assertEquals(back.usage().user().size(), users());
  }

  @Test
  void aBacklogOfYearsGoesStraightToItsSteps() throws Exception {
    assertEquals(120, writer.write(minutes(120)).stored());
    clock.millis = START + 100 * DAY;

    keep();

    assertEquals(0, count("SELECT count(*) FROM live"));
    assertEquals(0, starts(0));
    assertEquals(1, starts(300));
    assertEquals(1, starts(3_600));
  }

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

  @Test
  void aDamagedStepIsToldAndBegunAnew() throws Exception {
    assertEquals(120, writer.write(minutes(120)).stored());
    clock.millis = START + HOUR + 10 * 60_000;
    keep();
    try (Connection connection = TestDatabase.connect(directory);
        PreparedStatement statement =
            connection.prepareStatement("UPDATE chunk SET body = ? WHERE step_seconds = 300")) {
      statement.setBytes(1, new byte[] {1, 2});
      statement.executeUpdate();
    }
    clock.millis = START + 3 * HOUR;

    keep();

    assertEquals(0, count("SELECT count(*) FROM live"));
    assertEquals(1, alarms.sentences().size());
    assertTrue(alarms.sentences().get(0).contains("damaged"), alarms.sentences()::toString);
    assertEquals(1, starts(300));
  }

  @Test
  void whoIsForgottenLeavesTheirNumbersToNobody() throws Exception {
    List<SnapshotTaken> all = minutes(150);
    assertEquals(150, writer.write(all).stored());
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    keep();
    long total = userSlots();
    long nobody = userSlots(0);
    long numberOfUser = count("SELECT number FROM word WHERE kind = 0 AND word = 'user3'");
    long theirs = userSlots((int) numberOfUser);
    assertEquals(0, nobody);
    assertTrue(theirs > 0);

    assertThrows(SQLException.class, this::forgetWhileTheWriterFails);
    assertEquals(0, count("SELECT count(*) FROM word WHERE word = 'user3'"), "gone at once");
    writer.close();
    begin();
    keep();

    assertEquals(11, users(), "went on by itself");
    assertEquals(total, userSlots());
    assertEquals(theirs, userSlots(0));
    assertEquals(0, userSlots((int) numberOfUser));
    assertEquals(1, writer.write(List.of(taken("new", clock.millis))).stored());
    clock.millis = START + 4 * HOUR;
    keep();
    assertEquals(0, alarms.sentences().size());
  }

  /** Begins it, and loses the connection before the first chunk. */
  private void forgetWhileTheWriterFails() throws Exception {
    SampleWriter.Forgetting forgetting = writer.forget("user3");
    writer.close();
    forgetting.go(LONG);
  }

  @Test
  void forgettingIsAnsweredWithWhatWasDone() throws Exception {
    assertEquals(150, writer.write(minutes(150)).stored());
    clock.millis = START + 2 * HOUR + 10 * 60_000;
    keep();

    var answer = writer.forget("user3").go(LONG);

    assertEquals(1, answer.clusters());
    assertEquals(4, answer.chunks());
    assertEquals(11, users());
    assertEquals(0, writer.forget("user3").go(LONG).clusters());
  }

  private static List<SnapshotTaken> minutes(int count) {
    List<SnapshotTaken> minutes = new ArrayList<>();
    Summaries summaries = new Summaries(3, 12, 4);
    for (int i = 0; i < count; i++) {
      minutes.add(new SnapshotTaken(summaries.next("hpc1", "a-" + i, START + i * 60_000L)));
    }
    return minutes;
  }

  private static SnapshotTaken taken(String id, long at) {
    return new SnapshotTaken(new Summaries(9, 12, 4).next("hpc1", id, at));
  }

  private long users() throws SQLException {
    return count("SELECT count(*) FROM word WHERE kind = 0");
  }

  private long starts(int step) throws SQLException {
    return count(
        "SELECT count(DISTINCT start_epoch_seconds) FROM chunk WHERE step_seconds = " + step);
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery(sql)) {
      assertTrue(answer.next());
      return answer.getLong(1);
    }
  }

  private interface Row {
    void accept(int part, int step, long start, ChunkReader chunk) throws SQLException;
  }

  private void forEachChunk(Row row) throws SQLException {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        var chunk =
            statement.executeQuery(
                "SELECT cluster_number, part, step_seconds, start_epoch_seconds, body FROM chunk"
                    + " ORDER BY cluster_number, part, step_seconds, start_epoch_seconds")) {
      while (chunk.next()) {
        row.accept(
            100 * chunk.getInt(1) + chunk.getInt(2),
            chunk.getInt(3),
            chunk.getLong(4),
            ChunkReader.of(chunk.getBytes(5)));
      }
    }
  }

  private int heads() throws SQLException {
    return headsThat(false);
  }

  private int headsFilledIn() throws SQLException {
    return headsThat(true);
  }

  private int headsThat(boolean filledInOnly) throws SQLException {
    List<String> ids = new ArrayList<>();
    forEachChunk(
        (part, step, start, chunk) -> {
          if (part % 100 == 9) {
            Heads.of(chunk).stream()
                .filter(head -> !filledInOnly || head.backfilled())
                .forEach(head -> ids.add(head.snapshotId()));
          }
        });
    assertEquals(ids.size(), Set.copyOf(ids).size(), "doubled");
    return ids.size();
  }

  private long userSlots(int... keys) throws SQLException {
    long[] sum = {0};
    forEachChunk(
        (part, step, start, chunk) -> {
          if (part % 100 == 0) {
            chunk.forEachKey(
                1,
                (key, last, sums, min, max) -> {
                  if (keys.length == 0 || keys[0] == key) {
                    sum[0] += Arrays.stream(sums).sum();
                  }
                });
          }
        });
    return sum[0];
  }

  /** Every chunk as text, keys in order. */
  private Map<String, String> chunks() throws SQLException {
    Map<String, String> chunks = new TreeMap<>();
    forEachChunk(
        (part, step, start, chunk) -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < chunk.points(); i++) {
            text.append(chunk.offsetMillis(i)).append('*').append(chunk.samples(i)).append(' ');
          }
          for (int m = 0; m < 8; m++) {
            TreeMap<Integer, String> keys = new TreeMap<>();
            chunk.forEachKey(
                m,
                (key, last, sum, min, max) ->
                    keys.put(
                        key,
                        Arrays.toString(last)
                            + Arrays.toString(sum)
                            + Arrays.toString(min)
                            + Arrays.toString(max)));
            text.append('\n').append(m).append(' ').append(keys);
          }
          if (part % 100 == 9) {
            text.append('\n').append(Heads.of(chunk));
          }
          chunks.put(part + "/" + step + "/" + start, text.toString());
        });
    return chunks;
  }
}
