package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;

/** Each fault has its own code, leaves the other rows alone, and heals without a hand. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class FaultsIT {
  /** One interval and one deadline, and a little for a loaded machine. */
  private static final Duration NOTICED = FaultRig.INTERVAL.plus(FaultRig.DEADLINE).plusSeconds(2);

  private static final Duration BACK = Duration.ofSeconds(15);

  @TempDir private static Path directory;

  private static FaultRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new FaultRig(directory);
  }

  @AfterAll
  static void stop() {
    if (rig != null) {
      rig.close();
      LogRules.assertNoException(rig.mesh.log());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsNamedAndHeals(Fault fault) throws Exception {
    try (GridClient client =
        GridClient.watching(rig.mesh.page(), FaultRig.VICTIM, FaultRig.STEADY)) {
      JsonNode before = client.awaitHealthy(FaultRig.VICTIM);
      client.awaitHealthy(FaultRig.STEADY);
      int steadyRows = client.arrived(FaultRig.STEADY).size();
      long struck = System.nanoTime();
      long healed;
      try {
        fault.strike(rig);
        JsonNode failed = client.awaitFailure(FaultRig.VICTIM, fault.code());
        assertTrue(failed.path("failure").path("hint").asText().length() > 10, failed::toString);
        say(fault, "named after", struck);
        JsonNode down =
            client.awaitRow(
                FaultRig.VICTIM, "DOWN", row -> row.path("status").asText().equals("DOWN"));
        for (String part : List.of("jobs", "slots", "nodes", "usage")) {
          assertEquals(before.path(part), down.path(part), "the last picture stays");
        }
      } finally {
        healed = System.nanoTime();
        fault.heal(rig);
      }
      client.awaitHealthy(FaultRig.VICTIM);
      say(fault, "healed after", healed);
      FaultRig.assertUndisturbed(client, steadyRows);
    }
  }

  private static void say(Fault fault, String what, long since) {
    System.out.printf("%s %s %d ms%n", fault, what, (System.nanoTime() - since) / 1_000_000);
  }

  @Test
  void aKilledProbeIsSeenInTimeAndBackInTime(BrowserContext browser) throws Exception {
    GridPage page = GridPage.open(browser, rig.mesh.page());
    page.awaitNumber(FaultRig.VICTIM, "free", 77);
    page.awaitStatus(FaultRig.VICTIM, "UP");
    try (GridClient client = GridClient.watching(rig.mesh.page(), FaultRig.VICTIM)) {
      client.awaitHealthy(FaultRig.VICTIM);
      Fault.PROBE_KILLED.strike(rig);
      client.awaitRow(
          FaultRig.VICTIM,
          "PROBE_UNREACHABLE",
          NOTICED,
          row -> "PROBE_UNREACHABLE".equals(GridClient.failureCode(row)));
      page.awaitFailure(FaultRig.VICTIM, "PROBE_UNREACHABLE");
      page.awaitStatus(FaultRig.VICTIM, "DOWN");
      page.awaitNumber(FaultRig.VICTIM, "free", 77);
      assertFalse(page.field(FaultRig.VICTIM, "failure-hint").innerText().isBlank());
      Fault.PROBE_KILLED.heal(rig);
      client.awaitRow(FaultRig.VICTIM, "UP", BACK, GridClient::healthy);
      page.awaitStatus(FaultRig.VICTIM, "UP");
      page.awaitFailure(FaultRig.VICTIM, "");
    }
  }

  /** The probe goes on answering with its last picture: the row tells its true age. */
  @Test
  void aSchedulerThatHangsMakesTheRowStale() throws Exception {
    try (GridClient client =
        GridClient.watching(rig.mesh.page(), FaultRig.VICTIM, FaultRig.STEADY)) {
      JsonNode before = client.awaitHealthy(FaultRig.VICTIM);
      rig.scheduler.hang();
      try {
        JsonNode stale =
            client.awaitRow(
                FaultRig.VICTIM, "STALE", row -> row.path("status").asText().equals("STALE"));
        assertEquals(before.path("slots"), stale.path("slots"));
        long age =
            stale.path("serverTimeEpochMillis").asLong()
                - stale.path("observedAtEpochMillis").asLong();
        assertTrue(age > stale.path("staleAfterMillis").asLong(), stale::toString);
      } finally {
        rig.scheduler.answer();
      }
      client.awaitHealthy(FaultRig.VICTIM);
    }
  }
}
