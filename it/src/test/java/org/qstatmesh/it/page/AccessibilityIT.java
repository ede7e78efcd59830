package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;
import org.qstatmesh.it.kit.PagePlaces;

/** What axe-core finds on the grid and on all that opens over it: nothing. */
@Timeout(300)
@ExtendWith({PageBrowser.class, PageMesh.class})
class AccessibilityIT {
  @Test
  void theGridInLightDarkAndNarrow(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    List<String> found = new ArrayList<>();
    look(page, "light", found);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    look(page, "dark", found);
    page.setViewportSize(320, 640);
    look(page, "dark, 320 px", found);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    grid.row("torque").locator(".charts-button").click();
    look(page, "light, 320 px, charts open", found);
    assertEquals("", String.join("\n", found));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void whatOpensOnTheGrid(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    List<String> found = new ArrayList<>();
    grid.row("torque").focus();
    page.keyboard().press("t");
    assertThat(grid.row("torque").locator(".row-tables table")).hasCount(2);
    assertThat(grid.row("torque").locator(".row-tables a[data-place*='owner=alice']")).isVisible();
    look(page, "tables", found);
    page.keyboard().press("t");
    page.keyboard().press("?");
    assertThat(page.locator("qm-help dialog[open]")).isVisible();
    look(page, "help", found);
    page.keyboard().press("Escape");
    grid.row("torque").locator("qm-history .export-button").click();
    assertThat(page.locator(".export-menu [role=menuitem]").first()).isFocused();
    look(page, "menu", found);
    page.keyboard().press("Escape");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("body[data-time]")).hasCount(1);
    look(page, "the past", found);
    assertEquals("", String.join("\n", found));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void withAFingerEveryTargetIsLargeEnough(BrowserContext browser, PageMesh.Running mesh) {
    var phone = new Browser.NewContextOptions().setHasTouch(true).setViewportSize(390, 844);
    try (BrowserContext touched = browser.browser().newContext(phone)) {
      GridPage grid = GridPage.open(touched, mesh.page());
      grid.awaitStatus("torque", "UP");
      Page page = grid.page();
      assertEquals(true, page.evaluate("matchMedia('(pointer: coarse)').matches"));
      grid.row("torque").locator(".charts-button").tap();
      assertThat(grid.row("torque").locator(".legend a").first()).isVisible();
      List<String> found = new ArrayList<>();
      look(page, "390 px", found);
      page.setViewportSize(1024, 768);
      look(page, "1024 px", found);
      assertEquals("", String.join("\n", found));
      assertEquals(List.of(), grid.complaints());
    }
  }

  @Test
  void everyPlace(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    List<String> found = new ArrayList<>();
    for (String link : PagePlaces.LINKS) {
      page.evaluate("link => { location.hash = link; }", link);
      PagePlaces.awaitOpen(page, link);
      page.setViewportSize(1600, 1000);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      look(page, link, found);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.setViewportSize(320, 640);
      // What is behind it has been looked at, and cannot be reached.
      for (String finding : Axe.findings(page, "dialog[open]")) {
        found.add(link + ", dark, 320 px: " + finding);
      }
    }
    assertEquals("", String.join("\n", found));
    assertEquals(List.of(), grid.complaints());
  }

  private static GridPage drawn(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.awaitStatus("openpbs", "UP");
    grid.awaitStatus("silent", "DOWN");
    assertThat(grid.row("torque").locator(".areas-chart svg")).isVisible();
    return grid;
  }

  private static void look(Page page, String what, List<String> found) {
    Axe.findings(page).forEach(finding -> found.add(what + ": " + finding));
  }
}
