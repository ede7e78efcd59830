package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** What a row says of its queues and nodes, what stands on top, and that all of it has room. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class RowIT {
  private static final int ROW_PIXELS = 176;

  private static GridPage open(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.awaitStatus("openpbs", "UP");
    return grid;
  }

  @Test
  void queuesInALineLeadOn(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = open(browser, mesh);
    assertThat(grid.field("torque", "queues"))
        .hasText(Pattern.compile("^\\d+ of \\d+ queues open$"));
    Locator busiest = grid.row("torque").locator(".queue-busiest a");
    assertThat(busiest).hasCount(2);
    assertThat(busiest.first())
        .hasAttribute("aria-label", Pattern.compile(": \\d+ running, \\d+ queued$"));
    busiest.first().click();
    assertThat(grid.page().locator("qm-sheet[data-place='queue'] dialog[open]")).isVisible();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void theSumsSayWhomTheyLeaveOut(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = open(browser, mesh);
    Page page = grid.page();
    Locator missing = page.locator("[data-field='not-counted']");
    assertThat(missing).hasText("1 not counted");
    assertThat(missing).hasAttribute("title", "old or not known: Cluster silent");
    long running = number(grid, "torque", "running") + number(grid, "openpbs", "running");
    assertThat(page.locator("[data-field='total-running']"))
        .hasAttribute("data-value", Long.toString(running));
    assertEquals(number(grid, "torque", "whole-nodes"), number(grid, "torque", "nodes-free"));
    assertTrue(number(grid, "torque", "whole-nodes-total") > 0);
    assertEquals(List.of(), grid.complaints());
  }

  private static long number(GridPage grid, String cluster, String field) {
    return Long.parseLong(grid.field(cluster, field).getAttribute("data-value"));
  }

  @Test
  void everythingHasRoom(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = open(browser, mesh);
    Page page = grid.page();
    for (int width : List.of(1600, 1000, 390, 320)) {
      page.setViewportSize(width, 1000);
      assertEquals(
          true,
          page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
          "sideways scrolling at " + width);
    }
    page.setViewportSize(1600, 1000);
    for (String cluster : List.of("torque", "openpbs", "silent")) {
      assertEquals(ROW_PIXELS, grid.row(cluster).boundingBox().height, 1, cluster);
    }
    assertEquals(List.of(), grid.complaints());
  }
}
