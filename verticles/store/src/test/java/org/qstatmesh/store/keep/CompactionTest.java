package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.SnapshotTaken.Part;
import org.qstatmesh.store.Observed;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.SmallDisk;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.read.PlainCompaction;
import org.qstatmesh.store.write.Written;

/** Hours that are over become chunks, once and whole, however what is in them comes. */
@Timeout(120)
class CompactionTest extends KeptHistory {
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

  private int headsFilledIn() throws SQLException {
    return headsThat(true);
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
