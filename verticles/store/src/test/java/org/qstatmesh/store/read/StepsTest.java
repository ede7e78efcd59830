package org.qstatmesh.store.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.QueryFailure;

@Timeout(10)
class StepsTest {
  private static final long MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    "PT1H, 600, PT1M, 60",
    "PT10H, 600, PT1M, 600",
    "PT10H1M, 600, PT2M, 301",
    "PT24H, 600, PT5M, 288",
    "P2D, 288, PT10M, 288",
    "P3D, 288, PT15M, 288",
    "P4D, 288, PT20M, 288",
    "P7D, 600, PT20M, 504",
    "P7D, 336, PT30M, 336",
    "P7D, 335, PT1H, 168",
    "P7D, 100, PT2H, 84",
    "P7D, 60, PT3H, 56",
    "P7D, 30, PT6H, 28",
    "P7D, 14, PT12H, 14",
    "P365D, 600, P1D, 365",
    "PT0.001S, 1, PT1M, 1",
  })
  void theShortestThatFits(Duration range, int maxPoints, Duration step, int count) {
    Steps steps = Steps.fitting(MIDNIGHT, MIDNIGHT + range.toMillis(), maxPoints, any -> true);

    assertEquals(new Steps(step.toMillis(), MIDNIGHT, count), steps);
  }

  @ParameterizedTest
  @CsvSource({
    "P730D, 366, P2D, 366",
    "P3650D, 600, P7D, 522",
    "P3650D, 300, P14D, 261",
    "P36500D, 600, P112D, 327"
  })
  void aRangeOfYearsIsAskedInDaysAndWeeks(Duration range, int maxPoints, Duration step, int count) {
    Steps steps = Steps.fitting(MIDNIGHT, MIDNIGHT + range.toMillis(), maxPoints, any -> true);

    assertEquals(step.toMillis(), steps.stepMillis());
    assertEquals(count, steps.count());
    assertEquals(0, steps.firstMillis() % steps.stepMillis());
  }

  @Test
  void stepsAreAlignedToTheEpochAndCoverTheRange() {
    long from = MIDNIGHT + 61_000;
    long to = MIDNIGHT + 3_600_001;

    Steps steps = Steps.fitting(from, to, 13, any -> true);

    assertEquals(new Steps(300_000, MIDNIGHT, 13), steps);
    assertEquals(MIDNIGHT + 3_600_000, steps.startOf(12));
  }

  @Test
  void lengthsThatCannotBeServedAreLeftOut() {
    Steps steps = Steps.fitting(MIDNIGHT, MIDNIGHT + 1, 9, length -> length % 1_200_000 == 0);

    assertEquals(new Steps(1_200_000, MIDNIGHT, 1), steps);
  }

  @Test
  void anAbsurdRangeIsRefused() {
    QueryFailure failure =
        assertThrows(
            QueryFailure.class, () -> Steps.fitting(0, Long.MAX_VALUE, 2_000, any -> true));

    assertEquals(400, failure.code());
    assertTrue(failure.getMessage().startsWith("maxPoints"), failure.getMessage());
  }
}
