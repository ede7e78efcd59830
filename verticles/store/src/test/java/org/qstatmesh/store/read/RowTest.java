package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.row.RowWriter;
import org.qstatmesh.store.row.SummaryNumbers;
import org.qstatmesh.store.word.About;

/** A row's body, there and back. */
@Timeout(30)
class RowTest {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>(List.of(""));
  private final Summaries summaries = new Summaries(7, 60, 9);

  private RowSample apart(SnapshotTaken taken) throws Exception {
    return SummaryNumbers.of(
        taken,
        3,
        (part, word) ->
            word == null
                ? 0
                : numbers.computeIfAbsent(
                    word,
                    unknown -> {
                      words.add(word);
                      return words.size();
                    }));
  }

  private ClusterSummary together(RowSample row, ClusterSummary of) {
    return Picture.ofRow(row)
        .summary(of.cluster(), About.of(of), (kind, number) -> words.get(number - 1));
  }

  @Test
  void everySummaryComesBackAsItWas() throws Exception {
    RowWriter writer = new RowWriter();
    for (int i = 0; i < 200; i++) {
      ClusterSummary whole = summaries.next("hpc1", "a-" + i, RunningStore.NOON + i);
      ClusterSummary some = Summaries.without(whole, i % 3 == 1, i % 3 == 2);
      byte[] body = writer.write(apart(new SnapshotTaken(some, i % 2 == 0)));

      RowSample back = RowReader.sample("a-" + i, body);

      assertEquals(some, together(back, some));
      assertEquals(i % 2 == 0, back.head().backfilled());
    }
    ClusterSummary empty = Summaries.empty("hpc1", "b-1", 5);
    byte[] body = writer.write(apart(new SnapshotTaken(empty)));
    assertEquals(empty, together(RowReader.sample("b-1", body), empty));
  }

  @Test
  void bodiesOneBehindTheOtherAreReadOneByOne() throws Exception {
    RowWriter writer = new RowWriter();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<RowSample> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ClusterSummary whole = summaries.next("hpc1", "a-" + i, RunningStore.NOON + i);
      samples.add(apart(new SnapshotTaken(Summaries.without(whole, i == 4, false))));
      all.write(writer.write(samples.get(i)));
    }

    RowReader reader = new RowReader(all.toByteArray());

    for (RowSample sample : samples) {
      assertTrue(reader.next());
      assertEquals(sample.observedAtEpochMillis(), reader.observedAtEpochMillis());
      assertEquals(sample.values().keySet(), known(reader));
      for (Part part : sample.values().keySet()) {
        assertArrayEquals(sample.values().get(part), reader.values(part));
      }
      long[] sum = {0};
      if (reader.knows(Part.USER)) {
        reader.forEachCount(Part.USER, 1, (key, count) -> sum[0] += count);
      }
      assertEquals(runningSlots(sample.values().getOrDefault(Part.USER, new long[0])), sum[0]);
    }
    assertFalse(reader.next());
  }

  private static EnumSet<Part> known(RowReader reader) {
    EnumSet<Part> known = EnumSet.noneOf(Part.class);
    for (Part part : Part.values()) {
      if (reader.knows(part)) {
        known.add(part);
      }
    }
    return known;
  }

  private static long runningSlots(long[] users) {
    long sum = 0;
    for (int at = 0; at < users.length; at += 1 + Part.USER.measures()) {
      sum += users[at + 2];
    }
    return sum;
  }

  @Test
  void whatIsCutOffIsDamage() throws Exception {
    byte[] body =
        new RowWriter()
            .write(apart(new SnapshotTaken(summaries.next("hpc1", "a-1", RunningStore.NOON))));
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(IllegalArgumentException.class, () -> RowReader.sample("a-1", cut));
    }
    byte[] newer = body.clone();
    newer[2] = 99;
    assertThrows(IllegalArgumentException.class, () -> RowReader.sample("a-1", newer));
  }
}
