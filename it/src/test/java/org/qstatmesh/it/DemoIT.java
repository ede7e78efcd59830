package org.qstatmesh.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.RunningProcess;

/** The first thing that a person runs: a grid that moves, with a week behind it. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class DemoIT {
  private static final int CLUSTERS = 6;
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void aGridThatMovesWithAWeekBehindIt(BrowserContext browser) throws Exception {
    long started = System.nanoTime();
    try (RunningProcess demo =
        RunningProcess.start("demo", Checkout.mesh(List.of("demo", "--port", "0")))) {
      URI url = URI.create(demo.awaitLine("the page is at (http://\\S+)").group(1));
      Path folder = Path.of(demo.awaitLine("its data lie in (/[^;]+);").group(1));
      System.out.printf(
          "the page was there after %d ms%n", (System.nanoTime() - started) / 1_000_000);
      GridPage grid = GridPage.open(browser, url);
      grid.awaitLive();
      List<String> clusters = awaitRows(grid.page());
      assertTrue(clusters.size() >= CLUSTERS, clusters::toString);
      assertMoves(grid.page());
      assertWeekIsDrawn(grid);
      grid.page().setViewportSize(1600, 1440);
      assertChartsFillTheirPlace(grid.page());
      grid.page()
          .screenshot(new Page.ScreenshotOptions().setPath(Checkout.target().resolve("demo.png")));
      assertWeekIsStored(url, clusters);
      assertEquals(List.of(), grid.complaints());
      demo.terminate();
      assertEquals(143, demo.exitCode(Eventually.PATIENCE), demo::output);
      assertFalse(Files.exists(folder), "what it wrote is gone");
      LogRules.assertNoException(demo.output());
    }
  }

  /** Ids of the rows when all of them but the two that fail by design were seen working. */
  private static List<String> awaitRows(Page page) throws Exception {
    Locator up = page.locator("qm-row[data-status='UP']");
    Eventually.eventually("most rows are up", () -> up.count() >= CLUSTERS - 2);
    return page.locator("qm-row").all().stream()
        .map(row -> row.getAttribute("data-cluster"))
        .toList();
  }

  private static void assertMoves(Page page) throws Exception {
    List<String> before = numbers(page);
    Eventually.eventually("a number changes", () -> !numbers(page).equals(before));
  }

  private static List<String> numbers(Page page) {
    return page.locator("[data-field='used'], [data-field='queued']").allInnerTexts();
  }

  private static void assertWeekIsDrawn(GridPage grid) throws Exception {
    grid.choose("7 d");
    Page page = grid.page();
    String id = page.locator("qm-row[data-status='UP']").first().getAttribute("data-cluster");
    Locator first = page.locator("qm-row[data-cluster='" + id + "']");
    assertThat(first.locator("qm-history svg path").first()).isAttached();
    first.locator("button", new Locator.LocatorOptions().setHasText("table")).click();
    Locator table = first.locator("table").last();
    assertThat(table).containsText("7 d");
    Eventually.eventually(
        "a line for each hour",
        Eventually.PATIENCE,
        () -> table.locator("tbody tr").count() >= 7 * 24,
        table::innerText);
    first.locator("button", new Locator.LocatorOptions().setHasText("table")).click();
  }

  /** Each row that has room on the screen has a chart as wide as its place. */
  private static void assertChartsFillTheirPlace(Page page) throws Exception {
    for (Locator history : page.locator("qm-history").all()) {
      Locator chart = history.locator("svg").first();
      Eventually.eventually(
          "a chart of full width",
          () ->
              chart.count() == 1 && chart.boundingBox().width > 0.6 * history.boundingBox().width);
    }
  }

  /** Every cluster has data in the first and in the last hours of the week. */
  private static void assertWeekIsStored(URI url, List<String> clusters) throws Exception {
    long now = System.currentTimeMillis();
    long from = now - WEEK.toMillis();
    try (GridClient client = GridClient.watching(url)) {
      for (String cluster : clusters) {
        JsonNode history = client.ask("grid.history.query", Questions.history(cluster, from, now));
        JsonNode total = history.path("total");
        int steps = total.size();
        assertTrue(steps >= 7 * 24, () -> cluster + " " + history.path("stepMillis"));
        int known = 0;
        for (JsonNode value : total) {
          known += value.isNull() ? 0 : 1;
        }
        assertTrue(known >= 0.95 * steps, cluster + ": " + known + " of " + steps);
      }
    }
  }
}
