package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** The page on a wall: larger, nothing to touch, every row in turn, and it outlives its server. */
@Timeout(240)
@ExtendWith({PageBrowser.class, PageMesh.class})
class KioskIT {

  private static final Pattern PAGE = Pattern.compile("page \\d of [23]");

  /** What is seen, and whether all of it is within the window. */
  private static final String SEEN =
      """
      () => [...document.querySelectorAll('qm-row:not([hidden])')].map((row) => row.dataset.cluster)
      """;

  private static final String CUT =
      """
      () => [...document.querySelectorAll('qm-row:not([hidden])')]
        .map((row) => row.getBoundingClientRect())
        .filter(({ bottom, right }) => bottom > innerHeight || right > innerWidth).length
      """;

  private static final String TURNS =
      """
      () => document.querySelector('.kiosk-line').getAnimations().length
      """;

  @Test
  void everyRowHasItsTurn(BrowserContext browser, PageMesh.Running mesh) throws Exception {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?kiosk=dark&seconds=3"));
    Page page = grid.page();
    page.setViewportSize(1920, 800);
    assertThat(page.locator("[data-field='kiosk-page']")).hasText(PAGE);
    Set<Object> seen = new HashSet<>();
    Eventually.eventually(
        "every row is shown",
        () -> {
          seen.addAll((List<?>) page.evaluate(SEEN));
          return seen.size() == 3;
        });
    Eventually.eventually("no row is cut", () -> page.evaluate(CUT).equals(0));
    assertEquals("dark", page.locator("html").getAttribute("data-theme"));
    assertThat(page.locator("qm-controls")).isHidden();
    assertThat(page.locator("button:visible")).hasCount(0);
    assertEquals("none", page.evaluate("getComputedStyle(document.body).cursor"));
    assertEquals("1.6", page.evaluate("String(getComputedStyle(document.body).zoom)"));
    // Between its end and the next turn there is none.
    Eventually.eventually("the line runs", () -> page.evaluate(TURNS).equals(1));
    page.keyboard().press("f");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    List<String> found = Axe.findings(page);
    assertEquals("", String.join("\n", found));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void nothingMovesWhereNothingShall(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?kiosk=light&seconds=3#open=tell"));
    Page page = grid.page();
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.reload();
    page.setViewportSize(1280, 720);
    assertThat(page.locator("[data-field='kiosk-page']")).hasText(PAGE);
    assertEquals(0, page.evaluate(TURNS));
    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertEquals(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void itOutlivesItsServer(BrowserContext browser, @TempDir Path directory) throws Exception {
    MeshConf conf =
        MeshConf.in(directory.resolve("conf"), 10)
            .direct("gone", "tcp://127.0.0.1:" + Checkout.freePort());
    MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
    browser.route(
        "**/js/kiosk.js",
        route -> route.abort("connectionrefused"),
        new BrowserContext.RouteOptions().setTimes(1));
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?kiosk"));
    assertThat(grid.page().locator(".kiosk-foot")).hasCount(1);
    grid.awaitLive();
    mesh.close();
    grid.awaitAway();
    assertThat(grid.page().locator("[data-field='connection']")).isVisible();
    try (MeshProcess again = MeshProcess.start(conf, directory.resolve("data"))) {
      grid.awaitLive();
      assertThat(grid.row("gone")).isVisible();
      assertThat(grid.page().locator(".kiosk-foot")).hasCount(1);
      assertTrue(grid.page().url().contains("?kiosk"), again.page().toString());
    }
  }
}
