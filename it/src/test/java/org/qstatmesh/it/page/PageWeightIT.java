package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** What must come before a number is read, and when charts are there at all. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class PageWeightIT {
  private static final long MOST_BYTES = 60_000;
  private static final int MOST_REQUESTS = 8;
  private static final String CHARTS = ".areas-chart svg, .donut-chart svg";

  @Test
  void numbersAreThereBeforeWhatDraws(BrowserContext browser, PageMesh.Running mesh) {
    List<Request> before = new CopyOnWriteArrayList<>();
    AtomicLong frames = new AtomicLong();
    AtomicLong drawing = new AtomicLong(-1);
    browser.onRequest(
        request -> {
          if (request.url().contains("/lib/highcharts/")) {
            drawing.compareAndSet(-1, frames.get());
          } else if (drawing.get() < 0) {
            before.add(request);
          }
        });
    browser.onPage(
        page ->
            page.onWebSocket(
                socket ->
                    socket.onFrameReceived(
                        frame ->
                            frames.addAndGet(
                                frame.binary() == null
                                    ? frame.text().getBytes(StandardCharsets.UTF_8).length
                                    : frame.binary().length))));
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    assertThat(grid.row("torque").locator(".donut-chart svg")).isVisible();
    long bytes = 0;
    for (Request request : before) {
      if (!request.url().startsWith("ws")) {
        bytes += request.sizes().responseBodySize + request.sizes().responseHeadersSize;
      }
    }
    assertTrue(drawing.get() > 0, "no row came before Highcharts was asked for");
    assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    assertTrue(
        before.size() <= MOST_REQUESTS, before.stream().map(Request::url).toList().toString());
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void onlyRowsInViewHaveCharts(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    Page page = grid.page();
    assertThat(grid.row("torque").locator(".donut-chart svg")).isVisible();
    // Less than one row high, and torque is not the first: it is more than a screen away.
    page.setViewportSize(1600, 120);
    page.evaluate("() => scrollTo(0, 0)");
    assertThat(grid.row("torque").locator(CHARTS)).hasCount(0);
    page.setViewportSize(1600, 1000);
    assertThat(grid.row("torque").locator(".donut-chart svg")).isVisible();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void chartsFarAwayComeWhenTheyAreNear(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    Page page = grid.page();
    page.setViewportSize(1600, 120);
    page.reload();
    assertThat(grid.row("torque").locator(".identity-title")).not().isEmpty();
    // Programs read every number of a few rows, wherever they stand.
    assertThat(grid.row("torque").locator("[data-field=queued][data-value]")).hasCount(1);
    assertThat(grid.row("torque").locator(".legend [data-key]").first()).isAttached();
    assertThat(grid.row("torque").locator("svg")).hasCount(0);
    grid.row("torque").scrollIntoViewIfNeeded();
    assertThat(grid.row("torque").locator(".donut-chart svg")).isVisible();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void newsChangeTheChartThatIsThere(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    assertThat(grid.row("torque").locator(".donut-chart svg")).isVisible();
    Page page = grid.page();
    page.evaluate(
        "() => { const row = document.querySelector(\"qm-row[data-cluster='torque']\");"
            + " window.drawn = row.querySelector('.donut-chart svg');"
            + " window.revision = Number(row.dataset.revision); }");
    page.evaluate(
        "async () => { const row = document.querySelector(\"qm-row[data-cluster='torque']\");"
            + " while (Number(row.dataset.revision) < window.revision + 3)"
            + " await new Promise((done) => setTimeout(done, 50)); }");
    assertEquals(
        true,
        page.evaluate(
            "() => window.drawn === document.querySelector(\"qm-row[data-cluster='torque'] .donut-chart svg\")"
                + " && document.getAnimations().every((one) => !one.effect.target.closest('svg'))"));
    assertEquals(List.of(), grid.complaints());
  }
}
