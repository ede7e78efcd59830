package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliteIntervalTest {

  @ParameterizedTest
  @CsvSource({
    // seconds: configured, taken, gave nothing, then
    "30, 0.3, false, 30",
    "30, 2, false, 30",
    "30, 10, false, 100",
    "0, 1, false, 0",
    "0, 4, false, 40",
    "30, 60, false, 300",
    "600, 60, false, 600",
    "30, 90, true, 60",
    "120, 90, true, 120",
  })
  void growsWithWhatTheCommandsTake(
      double configured, double taken, boolean gaveNothing, long expected) {
    PoliteInterval interval = new PoliteInterval(seconds(configured));
    interval.ended(seconds(taken), gaveNothing);
    interval.ended(seconds(taken), gaveNothing);
    assertEquals(Duration.ofSeconds(expected), interval.current());
  }

  @Test
  void oneSlowCollectionIsAHiccup() {
    PoliteInterval interval = new PoliteInterval(seconds(30));
    interval.ended(seconds(16), false);
    assertEquals(seconds(30), interval.current());
    interval.ended(seconds(0.2), false);
    assertEquals(seconds(30), interval.current());
    interval.ended(seconds(12), false);
    interval.ended(seconds(20), false);
    assertEquals(seconds(120), interval.current());
  }

  @Test
  void shrinksWhenTheSchedulerIsQuickAgain() {
    PoliteInterval interval = new PoliteInterval(seconds(30));
    assertEquals(seconds(30), interval.current());
    interval.ended(seconds(20), false);
    interval.ended(seconds(20), false);
    assertEquals(seconds(200), interval.current());
    interval.ended(seconds(0.1), false);
    assertEquals(seconds(30), interval.current());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
