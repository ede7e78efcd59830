package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalPauseTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  private int secondsOf(RefusalPause pause) {
    int seconds = 0;
    while (pause.lasts()) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      seconds++;
    }
    return seconds;
  }

  @Test
  void doublesUntilItsLongestAndStartsAnewAfterSomethingWorked() {
    RefusalPause pause = new RefusalPause(RefusalPause.LONGEST, now::get);
    assertFalse(pause.lasts());
    for (int expected : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      pause.refused(Duration.ofMillis(20));
      assertEquals(expected, secondsOf(pause));
    }
    pause.refused(RefusalPause.STABLE);
    assertEquals(1, secondsOf(pause));
    pause.refused(Duration.ZERO);
    assertEquals(2, secondsOf(pause));
  }

  @Test
  void aPortIsAskedEverySecond() {
    RefusalPause pause = new RefusalPause(RefusalPause.FIRST, now::get);
    for (int i = 0; i < 3; i++) {
      pause.refused(Duration.ZERO);
      assertEquals(1, secondsOf(pause));
    }
  }
}
