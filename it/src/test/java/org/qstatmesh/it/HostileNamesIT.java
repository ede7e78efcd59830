package org.qstatmesh.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.PythonPeer;

/** Every name is some user's choice: shown as text, counted once, and no order to a terminal. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class HostileNamesIT {
  private static final String TAG = "<img src=x onerror=alert(1)>";

  @TempDir private Path directory;

  @Test
  void thePageShowsThemAsText(BrowserContext browser) throws Exception {
    Path script = PythonPeer.script(directory, "hostile_probe.py");
    try (PythonPeer names = PythonPeer.probe(script, "snapshot");
        PythonPeer error = PythonPeer.probe(script, "error");
        MeshProcess mesh =
            MeshProcess.start(
                MeshConf.in(directory.resolve("conf"), 10)
                    .direct("names", names.endpoint())
                    .direct("error", error.endpoint()),
                directory.resolve("data"))) {
      GridPage page = GridPage.open(browser, mesh.page());
      page.awaitStatus("names", "UP");
      page.awaitFailure("error", "DRMS_COMMAND_FAILED");
      Locator row = page.row("names");
      assertThat(row.locator("li.legend-line").filter(withText(TAG))).hasCount(1);
      assertThat(row.locator("[data-reason]").filter(withText(TAG))).hasCount(1);
      row.locator("button", new Locator.LocatorOptions().setHasText("table")).click();
      assertThat(row.locator("table").first()).isVisible();
      assertTrue(page.row("error").innerText().contains(TAG), "the probe's message as text");
      assertEquals(0, page.page().locator("img").count(), "no name became an element");
      assertFalse(page.page().locator("body").innerText().contains("\u001b"));
      assertFalse(page.page().locator("body").innerText().contains("\u202e"));
      assertEquals(List.of(), page.complaints());
      assertLogIsClean(mesh.log());
    }
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void assertLogIsClean(String log) {
    LogRules.assertPrintable(log);
    LogRules.assertNoException(
        log.replace("ERROR forged line", "").replaceAll("(?m)^.*does not answer.*$", ""));
    assertFalse(
        log.lines().anyMatch(line -> line.startsWith("2026-01-01")), "a forged line in the log");
    assertTrue(log.contains("DRMS_COMMAND_FAILED"), log);
  }

  /** The recording has an environment that imitates {@code qstat -f}: job 999 does not exist. */
  @Test
  void aSchedulersListingCannotBeForged() throws Exception {
    FakeScheduler torque = FakeScheduler.torque(directory.resolve("torque"));
    torque.edit("qstat-fxt.out", HostileNamesIT::renameTwoJobs);
    try (ProbeProcess probe = ProbeProcess.serving(torque);
        MeshProcess mesh =
            MeshProcess.start(
                MeshConf.in(directory.resolve("conf"), 10).direct("torque", probe.endpoint()),
                directory.resolve("data"));
        GridClient client = GridClient.watching(mesh.page(), "torque")) {
      assertEquals(
          ClusterTruth.torque().row().path("jobs"), client.awaitHealthy("torque").path("jobs"));
      Map<String, JsonNode> jobs =
          ClusterTruth.byKey(
              client.ask("grid.jobs.query", Questions.jobs("torque")).path("jobs"), "jobId");
      assertEquals(39 + 111 + 15 + 1, jobs.size());
      assertTrue(jobs.keySet().stream().noneMatch(id -> id.startsWith("999")), jobs::toString);
      assertEquals(TAG, jobs.get("6.login1.cluster.example").path("jobName").asText());
      String steering = jobs.get("7.login1.cluster.example").path("jobName").asText();
      assertTrue(steering.startsWith("two") && steering.endsWith("lines"), steering);
      LogRules.assertPrintable(mesh.log());
    }
  }

  private static String renameTwoJobs(String listing) {
    return nameOf(
        nameOf(listing, "6.login1.cluster.example", TAG.replace("<", "&lt;").replace(">", "&gt;")),
        "7.login1.cluster.example",
        "two\n\u001b[31mlines");
  }

  private static String nameOf(String listing, String job, String name) {
    int at = listing.indexOf("<Job_Id>" + job + "</Job_Id>");
    int from = listing.indexOf("<Job_Name>", at) + "<Job_Name>".length();
    int to = listing.indexOf("</Job_Name>", from);
    return listing.substring(0, from) + name + listing.substring(to);
  }
}
