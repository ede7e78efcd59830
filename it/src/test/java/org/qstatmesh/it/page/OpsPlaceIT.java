package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** The mesh itself: opened from the sums on top, told by the server, not shown on a wall. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class OpsPlaceIT {
  @Test
  void nodesAndPollsAreShownAndKeptUpToDate(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    Page page = grid.page();
    page.locator("qm-header a[data-place^='open=ops']").click();
    Locator place = page.locator("qm-sheet[data-place='ops'] dialog[open]");
    Locator node = place.locator("tr[data-node]");
    assertThat(node).hasCount(1);
    assertThat(node.locator("[data-field='stages']"))
        .hasText("broadcast, store, notify, tunnel, poller");
    assertThat(node.locator("[data-field='clusters']")).hasText("3");
    assertThat(node.locator("[data-field='history']")).hasText(Pattern.compile("^\\d.* [kM]B"));
    assertThat(node.locator("[data-field='browsers']")).hasText(Pattern.compile("^[1-9]"));

    Locator torque = place.locator("tr[data-cluster='torque']");
    assertThat(torque.locator("[data-field='half']")).hasText(Pattern.compile("^[\\d.]+ m?s$"));
    assertThat(torque.locator("[data-field='reply']")).hasText(Pattern.compile("^[\\d.]+ kB$"));
    Locator first = place.locator("tr[data-cluster]").first();
    assertThat(first).hasAttribute("data-cluster", "silent");
    assertThat(first.locator("[data-field='lastGood']")).hasText("never");
    assertThat(first.locator("[data-field='failed']"))
        .hasText(Pattern.compile("^PROBE_UNREACHABLE \\d+$"));
    assertThat(place.locator("[data-field='as-of']"))
        .hasText(Pattern.compile("^oldest news: .* 1 cluster was never seen; as of "));

    String before = place.locator("[data-field='as-of']").textContent().replaceFirst(".*as of", "");
    assertThat(place.locator("[data-field='as-of']"))
        .not()
        .hasText(
            Pattern.compile(Pattern.quote(before) + "$"),
            new LocatorAssertions.HasTextOptions().setTimeout(20_000));
    torque.locator("a").click();
    assertThat(page.locator("qm-sheet[data-place='changes'] dialog[open]")).isVisible();
    page.goBack();
    assertThat(place).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("qm-sheet dialog[open]")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aWallShowsNoWayToIt(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?kiosk"));
    grid.awaitStatus("torque", "UP");
    assertThat(grid.page().locator("qm-header a[data-place^='open=ops']")).isHidden();
    assertEquals(List.of(), grid.complaints());
  }
}
