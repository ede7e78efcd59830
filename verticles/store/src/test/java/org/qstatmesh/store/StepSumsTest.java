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
  private final StepSums sums = new StepSums(new Steps(60_000, 0, 3), Measure.RUNNING_SLOTS, true);

  @Test
  void aKeyThatASampleDoesNotNameCountsZeroInIt() {
    add(0, 2, 30, 40, 2, uses(use(1, 8), use(2, 4)));
    add(2, 1, 30, 20, 1, use(1, 6));

    assertEquals(List.of(1, 2), sums.top(9));
    assertEquals(Arrays.asList(4.0, null, 6.0), sums.series(1, "a").values());
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.series(2, "a").values());
    assertEquals(Arrays.asList(2.0, null, 0.0), sums.others(List.of(1)));
    assertEquals(Arrays.asList(15.0, null, 30.0), sums.free());
  }

  @Test
  void aSampleWithoutUseIsNoDataAndNotZero() {
    add(0, 1, 10, 20, 0, new byte[0]);
    add(1, 0, 0, 0, 1, use(1, 8));

    assertEquals(Arrays.asList(null, 8.0, null), sums.series(1, "a").values());
    assertEquals(Arrays.asList(10.0, null, null), sums.free());
  }

  @Test
  void theLargestIsTheOneWithTheLargestAreaHoweverOftenItWasSampled() {
    for (int i = 0; i < 10; i++) {
      add(0, 0, 0, 0, 1, use(1, 5));
    }
    add(1, 0, 0, 0, 1, use(2, 6));

    assertEquals(List.of(2), sums.top(1));
  }

  @Test
  void theBandKnowsThatAKeyWasNotThere() {
    add(0, 0, 0, 0, 2, uses(use(1, 8), use(1, 4)));
    add(1, 0, 0, 0, 3, uses(use(1, 8), use(1, 4)));

    assertEquals(Arrays.asList(4.0, 0.0, null), sums.series(1, "a").min());
    assertEquals(Arrays.asList(8.0, 8.0, null), sums.series(1, "a").max());
    assertEquals(Arrays.asList(6.0, 4.0, null), sums.series(1, "a").values());
  }

  @Test
  void whoHasNoNameIsAmongTheOthers() {
    add(0, 0, 0, 0, 1, use(0, 5));

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
                many.addUses(1_999, 1, use(key, 1));
              }
            });

    assertEquals(413, failure.code());
  }

  private void add(int step, int slots, long free, long total, int uses, byte[] use) {
    sums.addSlots(step, slots, free, total);
    sums.addUses(step, uses, use);
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
