package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.OneCluster;
import org.qstatmesh.it.kit.PageBrowser;

/** A cluster dies and comes back: its row says since when, and its news tell both. */
@Timeout(180)
@ExtendWith(PageBrowser.class)
class ChangesIT {
  private static final String CLUSTER = OneCluster.CLUSTER;

  @TempDir private Path directory;
  private OneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = OneCluster.start(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void anOutageIsToldWhileItLastsAndAfterwards(BrowserContext browser) throws Exception {
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus(CLUSTER, "UP");
    Page page = grid.page();
    assertThat(grid.field(CLUSTER, "back")).isEmpty();
    cluster.probe().process().kill();
    grid.awaitStatus(CLUSTER, "DOWN");
    assertThat(grid.row(CLUSTER).locator(".status-since"))
        .hasText(Pattern.compile("since \\d\\d:\\d\\d, \\d+\\s(s|min)$"));

    grid.row(CLUSTER).locator("a[data-place^='open=changes']").click();
    assertThat(page.locator("#sheet-title")).hasText("What happened on Cluster openpbs");
    Locator lines = page.locator(".change[data-kind='cluster']");
    awaitText(lines.first(), "stopped answering: monitoring is down");
    cluster.probe().start();
    awaitText(lines.first(), "answers again: was away \\d\\d:\\d\\d–\\d\\d:\\d\\d, \\d+ (s|min)$");
    assertThat(lines).hasCount(2);
    page.keyboard().press("Escape");
    grid.awaitStatus(CLUSTER, "UP");
    awaitText(grid.field(CLUSTER, "back"), "answers again since .* was away");

    page.keyboard().press("e");
    assertThat(lines).hasCount(2);
    page.locator("[data-turn='older']").click();
    assertThat(page.locator("qm-place-changes [role='status']"))
        .hasText(Pattern.compile("^nothing of note"));
    assertTrue(page.url().contains("to="), page.url());
    page.reload();
    assertThat(page.locator("qm-place-changes [data-field='range']"))
        .hasText(Pattern.compile("^24 h up to "));
    page.locator("[data-turn='newer']").click();
    assertThat(lines).hasCount(2);
    assertThat(page.locator("[data-turn='newer']")).isDisabled();
    assertEquals(List.of(), grid.complaints());
  }

  /** A server that goes while the page is loaded has the charts when it is back. */
  @Test
  void theChartsComeWithTheServer(BrowserContext browser) throws Exception {
    browser.route(
        "**/highcharts.js",
        route -> route.abort("connectionrefused"),
        new BrowserContext.RouteOptions().setTimes(1));
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus(CLUSTER, "UP");
    Locator body = grid.page().locator("body");
    assertThat(body).hasAttribute("data-charts", "missing");
    cluster.mesh().restartStage("broadcast");
    assertThat(grid.row(CLUSTER).locator(".donut-chart svg")).isVisible();
    assertThat(body).not().hasAttribute("data-charts", "missing");
    assertThat(grid.row(CLUSTER).locator(".history-note"))
        .hasText(Pattern.compile("^no samples before "));
  }

  private static void awaitText(Locator where, String pattern) {
    assertThat(where).hasText(Pattern.compile(pattern));
  }
}
