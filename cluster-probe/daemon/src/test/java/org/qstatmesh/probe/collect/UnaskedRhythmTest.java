package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UnaskedRhythmTest {
  private static final long START = 1_000;
  private final UnaskedRhythm rhythm = new UnaskedRhythm(BackfillOptions.DEFAULT);

  @Test
  void goesOnForADayAfterTheLastQuestion() {
    assertFalse(rhythm.goesOn(START));
    rhythm.asked(START);
    assertTrue(rhythm.goesOn(START + Duration.ofHours(24).toNanos() - 1));
    assertFalse(rhythm.goesOn(START + Duration.ofHours(24).toNanos()));
  }

  @Test
  void keepsAMinuteUnlessTheSchedulerOrTheAskerWantsMore() {
    rhythm.asked(START);
    rhythm.asked(START + Duration.ofSeconds(30).toNanos());
    assertEquals(Duration.ofMinutes(1), period(Duration.ofSeconds(30)));
    assertEquals(Duration.ofMinutes(4), period(Duration.ofMinutes(4)));
    rhythm.asked(START + Duration.ofSeconds(330).toNanos());
    assertEquals(Duration.ofMinutes(5), period(Duration.ofSeconds(30)));
    rhythm.asked(START + Duration.ofHours(9).toNanos());
    assertEquals(Duration.ofMinutes(15), period(Duration.ofSeconds(30)));
  }

  @Test
  void whereNothingIsKeptNothingRuns() {
    UnaskedRhythm none = new UnaskedRhythm(BackfillOptions.NONE);
    none.asked(START);
    assertFalse(none.goesOn(START));
  }

  private Duration period(Duration minimumInterval) {
    return Duration.ofNanos(rhythm.periodNanos(minimumInterval));
  }
}
