package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.QueryFailure;

@Timeout(30)
class StepSumsTest {
  private final StepSums sums = new StepSums(new Steps(60_000, 0, 3), Measure.RUNNING_SLOTS);

  @Test
  void aKeyThatASampleDoesNotNameCountsZeroInIt() {
    sums.add(0, 2, 30, 40, 2, uses(use(1, 8), use(2, 4)));
    sums.add(2, 1, 30, 20, 1, use(1, 6));

    assertEquals(List.of(1, 2), sums.top(9));
    assertEquals(Arrays.asList(4.0, null, 6.0), sums.series(1));
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.series(2));
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.others(List.of(1)));
    assertEquals(Arrays.asList(15.0, null, 30.0), sums.free());
  }

  @Test
  void aSampleWithoutUseIsNoDataAndNotZero() {
    sums.add(0, 1, 10, 20, 0, new byte[0]);
    sums.add(1, 0, 0, 0, 1, use(1, 8));

    assertEquals(Arrays.asList(null, 8.0, null), sums.series(1));
    assertEquals(Arrays.asList(10.0, null, null), sums.free());
  }

  @Test
  void theLargestIsTheOneWithTheLargestAreaHoweverOftenItWasSampled() {
    for (int i = 0; i < 10; i++) {
      sums.add(0, 0, 0, 0, 1, use(1, 5));
    }
    sums.add(1, 0, 0, 0, 1, use(2, 6));

    assertEquals(List.of(2), sums.top(1));
  }

  @Test
  void whoHasNoNameIsAmongTheOthers() {
    sums.add(0, 0, 0, 0, 1, use(0, 5));

    assertEquals(List.of(), sums.top(9));
    assertEquals(5.0, sums.others(List.of()).get(0));
  }

  @Test
  void aNumberOfNamesThatWouldFillTheMemoryIsRefused() {
    StepSums many = new StepSums(new Steps(60_000, 0, 2_000), Measure.RUNNING_SLOTS);

    QueryFailure failure =
        assertThrows(
            QueryFailure.class,
            () -> {
              for (int key = 1; key < 10_000; key++) {
                many.add(1_999, 0, 0, 0, 1, use(key, 1));
              }
            });

    assertEquals(413, failure.code());
  }

  private static byte[] use(int key, int runningSlots) {
    VarintWriter out = new VarintWriter();
    out.put(key);
    out.put(2);
    out.put(runningSlots);
    return out.toBytes();
  }

  private static byte[] uses(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
