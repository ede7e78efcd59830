package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private static final Instant START = Instant.ofEpochSecond(Played.NOW);

  @Test
  void kestrelsProbeIsGoneForSeventyFiveSecondsOfEveryFourMinutes() {
    Outages outages = Played.plan("kestrel").probeOutage();
    for (int second = 0; second < 3_600; second++) {
      boolean expected = second >= 100 && (second - 100) % 240 < 75;
      assertEquals(
          expected, outages.holdsAt(START, START.plusSeconds(second)), "at second " + second);
    }
  }

  @Test
  void junipersSchedulerHangsForAMinuteOfEverySeven() {
    Outages outages = Played.plan("juniper").schedulerOutage();
    for (int second = 0; second < 3_600; second++) {
      boolean expected = second >= 210 && (second - 210) % 420 < 60;
      assertEquals(
          expected, outages.holdsAt(START, START.plusSeconds(second)), "at second " + second);
    }
  }

  @Test
  void neverIsNever() {
    for (int hour = 0; hour < 100; hour++) {
      assertFalse(Outages.NEVER.holdsAt(START, START.plus(Duration.ofHours(hour))));
    }
  }

  @Test
  void whatNeverHealsIsRefused() {
    Duration minute = Duration.ofMinutes(1);
    assertThrows(IllegalArgumentException.class, () -> new Outages(Duration.ZERO, minute, minute));
  }
}
