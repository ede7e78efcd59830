package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.row.RowWriter;

@Timeout(30)
class StepSumsTest {
  private final StepSums sums = new StepSums(new Steps(60_000, 0, 3), Measure.RUNNING_SLOTS, true);

  @Test
  void aKeyThatASampleDoesNotNameCountsZeroInIt() {
    add(0, 1, both(use(1, 8), use(2, 4)), new long[0]);
    add(2, 1, use(1, 6));

    assertEquals(List.of(1, 2), sums.top(9));
    assertEquals(Arrays.asList(4.0, null, 6.0), sums.series(1, "a").values());
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.series(2, "a").values());
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.others(List.of(1)));
    assertEquals(Arrays.asList(10.0, null, 10.0), sums.free());
  }

  @Test
  void aSampleWithoutUseIsNoDataAndNotZero() {
    add(0, 1);
    add(1, 0, use(1, 8));

    assertEquals(Arrays.asList(null, 8.0, null), sums.series(1, "a").values());
    assertEquals(Arrays.asList(10.0, null, null), sums.free());
  }

  @Test
  void theLargestIsTheOneWithTheLargestAreaHoweverOftenItWasSampled() {
    for (int i = 0; i < 10; i++) {
      add(0, 0, use(1, 5));
    }
    add(1, 0, use(2, 6));

    assertEquals(List.of(2), sums.top(1));
  }

  @Test
  void theBandKnowsThatAKeyWasNotThere() {
    add(0, 0, use(1, 8), use(1, 4));
    add(1, 0, use(1, 8), use(1, 4), new long[0]);

    assertEquals(Arrays.asList(4.0, 0.0, null), sums.series(1, "a").min());
    assertEquals(Arrays.asList(8.0, 8.0, null), sums.series(1, "a").max());
    assertEquals(Arrays.asList(6.0, 4.0, null), sums.series(1, "a").values());
  }

  @Test
  void whoHasNoNameIsAmongTheOthers() {
    add(0, 0, use(0, 5));

    assertEquals(List.of(), sums.top(9));
    assertEquals(5.0, sums.others(List.of()).get(0));
  }

  @Test
  void aNumberOfNamesThatWouldFillTheMemoryIsRefused() {
    StepSums many = new StepSums(new Steps(60_000, 0, 2_000), Measure.RUNNING_SLOTS, true);

    QueryFailure failure =
        assertThrows(
            QueryFailure.class,
            () -> {
              for (int key = 1; key < 10_000; key++) {
                row(many, 1_999, Map.of(Part.USER, use(key, 1)));
              }
            });

    assertEquals(413, failure.code());
  }

  /** Samples of 20 cores, 10 of them free, without use; then samples with use alone. */
  private void add(int step, int slots, long[]... uses) {
    for (int i = 0; i < slots; i++) {
      row(sums, step, Map.of(Part.SLOTS, new long[] {0, 20, 0, 10, 0, 0}));
    }
    for (long[] use : uses) {
      row(sums, step, Map.of(Part.USER, use));
    }
  }

  private static void row(StepSums into, int step, Map<Part, long[]> values) {
    Head head = new Head("a", 0, 1, null, false, Head.bitsOf(values.keySet()));
    RowReader row = new RowReader(new RowWriter().write(new RowSample(0, head, values)));
    assertTrue(row.next());
    into.add(step, row, Part.USER);
  }

  private static long[] use(int key, int runningSlots) {
    return new long[] {key, 0, runningSlots, 0, 0, 0, 0};
  }

  private static long[] both(long[] one, long[] other) {
    long[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
