package org.qstatmesh.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.Sshd;

/** From a scheduler's output through probe, sshd and mesh to the numbers on a row. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class EndToEndIT {
  @TempDir private static Path directory;

  private static FakeScheduler torque;
  private static ProbeProcess torqueProbe;
  private static ProbeProcess openPbsProbe;
  private static Sshd sshd;
  private static MeshProcess mesh;

  @BeforeAll
  static void twoClustersBehindAnSshd() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    torque = FakeScheduler.torque(directory.resolve("torque"));
    torqueProbe = ProbeProcess.serving(torque);
    openPbsProbe = ProbeProcess.serving(FakeScheduler.openPbs(directory.resolve("openpbs")));
    MeshConf conf =
        MeshConf.in(directory.resolve("conf"), 10)
            .throughSsh("torque", torqueProbe.endpoint(), sshd)
            .throughSsh("openpbs", openPbsProbe.endpoint(), sshd);
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {mesh, torqueProbe, openPbsProbe, sshd}) {
      close(each);
    }
  }

  private static void close(AutoCloseable each) {
    try {
      if (each != null) {
        each.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyNumberOfTheRowsIsTheTruth() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), "torque", "openpbs")) {
      assertRow(ClusterTruth.torque(), client.awaitHealthy("torque"));
      assertRow(ClusterTruth.openPbs(), client.awaitHealthy("openpbs"));
    }
  }

  private static void assertRow(ClusterTruth truth, JsonNode row) {
    assertEquals(truth.drms(), row.path("drms").asText());
    assertEquals(truth.serverName(), row.path("serverName").asText());
    assertEquals("ALL", row.path("visibility").asText());
    for (String part : List.of("jobs", "slots", "gpus", "nodes")) {
      assertEquals(truth.row().path(part), row.path(part), part);
    }
    assertEntries(
        truth.row().path("user"), ClusterTruth.byKey(row.path("usage").path("user"), "key"));
    assertEntries(truth.row().path("queues"), ClusterTruth.byKey(row.path("queues"), "queueName"));
  }

  private static void assertEntries(JsonNode expected, Map<String, JsonNode> found) {
    assertEquals(expected.size(), found.size(), () -> "of " + found.keySet());
    expected
        .fields()
        .forEachRemaining(
            entry ->
                entry
                    .getValue()
                    .fields()
                    .forEachRemaining(
                        field ->
                            assertEquals(
                                field.getValue(),
                                found.get(entry.getKey()).get(field.getKey()),
                                () -> entry.getKey() + " " + field.getKey())));
  }

  @Test
  void chromiumShowsTheSameNumbers(BrowserContext browser) {
    GridPage page = GridPage.open(browser, mesh.page());
    page.awaitStatus("torque", "UP");
    page.awaitStatus("openpbs", "UP");
    assertShown(page, "torque", ClusterTruth.torque().row());
    assertShown(page, "openpbs", ClusterTruth.openPbs().row());
    assertEquals(List.of(), page.complaints());
  }

  private static void assertShown(GridPage page, String cluster, JsonNode truth) {
    JsonNode slots = truth.path("slots");
    page.awaitNumber(cluster, "free", slots.path("free").asLong());
    page.awaitNumber(cluster, "total", slots.path("total").asLong());
    page.awaitNumber(cluster, "used", slots.path("used").asLong());
    page.awaitNumber(cluster, "largest-free", slots.path("largestFreeOnOneNode").asLong());
    for (String count : List.of("running", "queued", "held", "suspended")) {
      page.awaitNumber(cluster, count, truth.path("jobs").path(count).asLong());
    }
    List<String> states =
        List.of("free", "partial", "full", "draining", "offline", "down", "unknown");
    for (String state : states) {
      page.awaitNumber(cluster, "nodes-" + state, truth.path("nodes").path(state).asLong());
    }
    for (Iterator<String> users = truth.path("user").fieldNames(); users.hasNext(); ) {
      String user = users.next();
      String cores = truth.path("user").path(user).path("runningSlots").asText();
      assertEquals(
          cores,
          page.row(cluster).locator("li[data-key='" + user + "']").getAttribute("data-value"),
          user);
    }
  }

  @Test
  void theSwitchShowsGroups(BrowserContext browser) {
    GridPage page = GridPage.open(browser, mesh.page());
    page.choose("groups");
    assertGroups(page, "torque", ClusterTruth.torque().row().path("group"));
    assertGroups(page, "openpbs", ClusterTruth.openPbs().row().path("group"));
  }

  private static void assertGroups(GridPage page, String cluster, JsonNode groups) {
    for (Iterator<String> names = groups.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Locator line = page.row(cluster).locator("li[data-key='" + name + "']");
      assertThat(line).hasAttribute("data-value", groups.path(name).asText());
    }
  }

  @Test
  void theHistoryHasWhatTheRowsSaid() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), "openpbs")) {
      client.awaitHealthy("openpbs");
      Eventually.eventually(
          "the stored sample",
          () -> {
            long now = System.currentTimeMillis();
            JsonNode history =
                client.ask(
                    "grid.history.query", Questions.history("openpbs", now - 3_600_000, now));
            JsonNode alice = ClusterTruth.byKey(history.path("series"), "key").get("alice");
            return alice != null
                && newest(alice.path("values")) == 56
                && newest(history.path("free")) == 77
                && newest(history.path("total")) == 336;
          });
    }
  }

  private static int newest(JsonNode values) {
    int newest = -1;
    for (JsonNode value : values) {
      newest = value.isNull() ? newest : value.asInt();
    }
    return newest;
  }

  @Test
  void aChangeInTheSchedulersOutputReachesThePage(BrowserContext browser) throws Exception {
    GridPage page = GridPage.open(browser, mesh.page());
    page.awaitNumber("torque", "free", 31);
    try {
      // n008 has 32 cores, 8 used: offline, its 24 free ones are gone.
      torque.edit(
          "pbsnodes-x.out",
          nodes -> nodes.replaceFirst("(<name>n008</name><state>)free", "$1offline"));
      page.awaitNumber("torque", "free", 7);
      page.awaitNumber("torque", "largest-free", 4);
      page.awaitNumber("torque", "nodes-offline", 2);
    } finally {
      torque.edit(
          "pbsnodes-x.out",
          nodes -> nodes.replaceFirst("(<name>n008</name><state>)offline", "$1free"));
    }
    page.awaitNumber("torque", "free", 31);
  }

  @Test
  void theJobsOfOneUserCanBeAskedFor() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), "openpbs")) {
      client.awaitHealthy("openpbs");
      JsonNode page = client.ask("grid.jobs.query", Questions.jobsOf("openpbs", "erin", "RUNNING"));
      assertAll(
          () -> assertEquals(4, page.path("total").asInt(), page::toString),
          () ->
              assertEquals(
                  107,
                  page.path("jobs").findValues("slots").stream().mapToInt(JsonNode::asInt).sum()));
    }
  }
}
