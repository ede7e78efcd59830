package org.qstatmesh.store.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a chunk comes out of it, and nothing else ever does. */
class ChunkTest {
  private record Cell(int measure, int key) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void samplesComeBackAsTheyWere(long seed) {
    Random random = new Random(seed);
    ChunkWriter writer = ChunkWriter.raw(Part.USER);
    int points = random.nextInt(200);
    long[] offsets = offsets(random, points);
    Map<Cell, long[]> expected = new TreeMap<>(ChunkTest::order);
    for (int i = 0; i < points; i++) {
      writer.point(offsets[i], 1);
      for (Cell cell : cells(random)) {
        long value = value(random);
        writer.put(cell.key(), cell.measure(), value);
        if (value != 0) {
          expected.computeIfAbsent(cell, c -> new long[points])[i] += value;
        }
      }
    }

    ChunkReader reader = ChunkReader.of(writer.toBytes());

    assertTrue(reader.isRaw());
    assertArrayEquals(offsets, offsetsOf(reader));
    Map<Cell, long[]> found = new TreeMap<>(ChunkTest::order);
    for (int m = 0; m < Part.USER.measures(); m++) {
      int measure = m;
      reader.forEachKey(
          measure,
          (key, last, sum, min, max) -> {
            assertArrayEquals(last, sum);
            assertArrayEquals(last, min);
            assertArrayEquals(last, max);
            found.put(new Cell(measure, key), last.clone());
          });
    }
    assertSame(expected, found);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void stepsComeBackAsTheyWere(long seed) {
    Random random = new Random(seed);
    ChunkWriter writer = ChunkWriter.steps(Part.GROUP);
    int points = 1 + random.nextInt(240);
    long[] offsets = offsets(random, points);
    int[] samples = random.ints(points, 1, 1_000_000).toArray();
    Map<Cell, long[]> expected = new TreeMap<>(ChunkTest::order);
    for (int i = 0; i < points; i++) {
      writer.point(offsets[i], samples[i]);
      for (Cell cell : cells(random)) {
        long[] values = {value(random), value(random), value(random), value(random)};
        writer.put(cell.key(), cell.measure(), values[0], values[1], values[2], values[3]);
        long[] columns = expected.computeIfAbsent(cell, c -> new long[4 * points]);
        for (int column = 0; column < 4; column++) {
          columns[column * points + i] += values[column];
        }
      }
    }
    // A key that is 0 throughout is not kept.
    expected.values().removeIf(c -> Arrays.stream(c, 2 * points, 4 * points).allMatch(v -> v == 0));

    ChunkReader reader = ChunkReader.of(writer.toBytes());

    assertFalse(reader.isRaw());
    assertArrayEquals(offsets, offsetsOf(reader));
    for (int i = 0; i < points; i++) {
      assertEquals(samples[i], reader.samples(i));
    }
    Map<Cell, long[]> found = new TreeMap<>(ChunkTest::order);
    Map<Cell, long[]> means = new TreeMap<>(ChunkTest::order);
    for (int m = 0; m < Part.GROUP.measures(); m++) {
      int measure = m;
      reader.forEachKey(
          measure,
          (key, last, sum, min, max) ->
              found.put(new Cell(measure, key), joined(last, sum, min, max)));
      reader.forEachMean(
          measure, (key, last, sum) -> means.put(new Cell(measure, key), joined(last, sum)));
    }
    assertSame(expected, found);
    expected.replaceAll((cell, columns) -> Arrays.copyOf(columns, 2 * points));
    assertSame(expected, means);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void headsComeBackAsTheyWere(long seed) {
    Random random = new Random(seed);
    String[] failures = {null, "{\"code\":\"DRMS_TIMEOUT\"}", "{\"code\":\"ü𝄞\"}"};
    List<Head> heads = new ArrayList<>();
    ChunkWriter writer = ChunkWriter.raw(Part.HEAD);
    int points = random.nextInt(100);
    for (int i = 0; i < points; i++) {
      writer.point(i * 60_000L, 1);
      heads.add(
          new Head(
              random.nextInt(5) == 0 ? "𝄞" + random.nextInt(3) : "b1f3-" + i,
              random.nextLong() >> random.nextInt(64),
              random.nextInt(4),
              failures[random.nextInt(3)],
              random.nextBoolean(),
              random.nextInt(1 << 10)));
    }
    ChunkEncoder encoder = writer.toEncoder();
    Heads.put(encoder, heads);

    assertEquals(heads, Heads.of(ChunkReader.of(encoder.toBytes(ChunkEncoder.QUICK))));
  }

  @Test
  void aBodyOfWhichABitIsWrongIsRefused() {
    byte[] body = hard(60, 60, 1);
    Random random = new Random(31);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = body.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(IllegalArgumentException.class, () -> readAll(damaged));
    }
  }

  @Test
  void aBodyThatWasCutIsRefused() {
    byte[] body = hard(60, 10, 2);
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(IllegalArgumentException.class, () -> readAll(cut));
    }
  }

  @Test
  void bytesThatAreNoBodyAreRefused() {
    Random random = new Random(33);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThrows(IllegalArgumentException.class, () -> readAll(noise));
    }
  }

  @Test
  void whoIsIdleCostsNothing() {
    ChunkWriter with = ChunkWriter.raw(Part.USER);
    ChunkWriter without = ChunkWriter.raw(Part.USER);
    for (int i = 0; i < 60; i++) {
      with.point(i * 60_000L, 1);
      without.point(i * 60_000L, 1);
      with.put(1, 0, 5);
      without.put(1, 0, 5);
      with.put(2, 0, 0);
    }
    assertArrayEquals(without.toBytes(), with.toBytes());
  }

  /** Entropy of this model is 0.45 bytes a sample. */
  @Test
  void anHourOfRestlessUsersIsSmall() {
    assertTrue(hard(60, 60, 3).length < 0.65 * 60 * 60, "bytes " + hard(60, 60, 3).length);
  }

  @Test
  void aCalmHourTakesNextToNothing() {
    ChunkWriter writer = ChunkWriter.steps(Part.USER);
    for (int i = 0; i < 240; i++) {
      writer.point(i * 300_000L, 5);
      for (int user = 1; user <= 60; user++) {
        writer.put(user, 1, 64L * user, 5 * 64L * user, 64L * user, 64L * user);
      }
    }
    int bytes = writer.toBytes().length;
    assertTrue(bytes < 500, "bytes " + bytes);
  }

  @ParameterizedTest
  @EnumSource
  void aPartIsFoundByItsNumber(Part part) {
    assertEquals(part, Part.ofCode(part.code()));
  }

  @Test
  void aNumberOfNoPartIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Part.ofCode(Part.values().length));
    assertThrows(IllegalArgumentException.class, () -> Part.ofCode(-1));
  }

  /** In 3 of 8 minutes a user's cores change by -64 to 64. */
  private static byte[] hard(int minutes, int users, long seed) {
    Random random = new Random(seed);
    long[] cores = random.longs(users, 0, 512).toArray();
    ChunkWriter writer = ChunkWriter.raw(Part.USER);
    for (int minute = 0; minute < minutes; minute++) {
      writer.point(minute * 60_000L, 1);
      for (int user = 0; user < users; user++) {
        if (random.nextInt(8) < 3) {
          cores[user] = Math.max(0, cores[user] + random.nextInt(129) - 64);
        }
        writer.put(user + 1, 1, cores[user]);
      }
    }
    return writer.toBytes();
  }

  private static void readAll(byte[] body) {
    ChunkReader reader = ChunkReader.of(body);
    for (int measure = 0; measure < Part.USER.measures(); measure++) {
      reader.forEachKey(measure, (key, last, sum, min, max) -> {});
    }
  }

  private static long[] offsets(Random random, int points) {
    long[] offsets = new long[points];
    long at = random.nextInt(60_000);
    for (int i = 0; i < points; i++) {
      offsets[i] = at;
      at += random.nextInt(3) == 0 ? random.nextInt(3_000_000) : 60_000;
    }
    return offsets;
  }

  private static List<Cell> cells(Random random) {
    List<Cell> cells = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      cells.add(new Cell(random.nextInt(6), random.nextInt(random.nextBoolean() ? 9 : 1 << 30)));
    }
    return cells;
  }

  private static long value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(64);
      case 2 -> random.nextInt();
      default -> random.nextLong() >> (20 + random.nextInt(44));
    };
  }

  private static long[] offsetsOf(ChunkReader reader) {
    long[] offsets = new long[reader.points()];
    Arrays.setAll(offsets, reader::offsetMillis);
    return offsets;
  }

  private static long[] joined(long[]... columns) {
    return Arrays.stream(columns).flatMapToLong(Arrays::stream).toArray();
  }

  private static int order(Cell one, Cell other) {
    int byMeasure = Integer.compare(one.measure(), other.measure());
    return byMeasure != 0 ? byMeasure : Integer.compare(one.key(), other.key());
  }

  private static void assertSame(Map<Cell, long[]> expected, Map<Cell, long[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((cell, values) -> assertArrayEquals(values, found.get(cell), cell.toString()));
  }
}
