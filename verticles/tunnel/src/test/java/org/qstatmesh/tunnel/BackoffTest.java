package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.FailureCode;

@Timeout(20)
class BackoffTest {
  private static List<Long> waits(Backoff backoff, FailureCode code, int count) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waits.add(backoff.afterFailure(code).toMillis());
    }
    return waits;
  }

  @Test
  void boundDoublesFromOneSecondToTen() {
    Backoff longest = new Backoff(() -> 1.0);
    assertEquals(
        List.of(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L),
        waits(longest, FailureCode.SSH_UNREACHABLE, 6));
    Backoff shortest = new Backoff(() -> 0.0);
    assertEquals(List.of(250L, 250L, 250L), waits(shortest, FailureCode.SSH_UNREACHABLE, 3));
  }

  @Test
  void manyFailuresDoNotOverflow() {
    Backoff backoff = new Backoff(() -> 1.0);
    List<Long> waits = waits(backoff, FailureCode.HOST_KEY_MISMATCH, 200);
    assertEquals(10_000L, waits.get(199));
  }

  @Test
  void refusedLoginsStaySlowerThanThePenaltyOfSshd() {
    Backoff shortest = new Backoff(() -> 0.0);
    assertEquals(List.of(5_000L, 5_000L), waits(shortest, FailureCode.SSH_AUTH_REFUSED, 2));
    Backoff longest = new Backoff(() -> 1.0);
    assertEquals(List.of(10_000L), waits(longest, FailureCode.SSH_AUTH_REFUSED, 1));
  }

  @Test
  void aCommandThatIsNoProbeIsLeftAloneForLonger() {
    Backoff longest = new Backoff(() -> 1.0);
    assertEquals(
        List.of(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L),
        waits(longest, FailureCode.PROBE_UNREACHABLE, 7));
  }

  @Test
  void onlyAConnectionThatHeldResets() {
    Backoff backoff = new Backoff(() -> 1.0);
    assertEquals(5, waits(backoff, FailureCode.SSH_UNREACHABLE, 5).size());
    backoff.afterConnection(Duration.ofSeconds(59));
    assertEquals(10_000L, backoff.afterFailure(FailureCode.SSH_UNREACHABLE).toMillis());
    backoff.afterConnection(Duration.ofSeconds(60));
    assertTrue(backoff.afterFailure(FailureCode.SSH_UNREACHABLE).toMillis() <= 1_000);
  }
}
