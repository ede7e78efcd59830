package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;
import org.qstatmesh.it.kit.PagePlaces;

/** On a phone, enlarged, on paper, without motion, in a palette of the reader's own. */
@Timeout(240)
@ExtendWith({PageBrowser.class, PageMesh.class})
class EverywhereIT {
  /** How far the page, or what is open over it, could be scrolled sideways. */
  private static final String SIDEWAYS =
      """
      () => [document.documentElement, ...document.querySelectorAll('dialog[open], dialog[open] > *')]
        .map((node) => node.scrollWidth - node.clientWidth).reduce((a, b) => Math.max(a, b))
      """;

  private static final String MOVING =
      """
      () => [...document.querySelectorAll('*')].filter((node) => {
        const { transitionDuration, animationName } = getComputedStyle(node);
        return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
      }).length + document.getAnimations().length
      """;

  /** How many different lines of the paper a row's parts begin on. */
  private static final String LINES =
      """
      () => Math.max(...[...document.querySelectorAll('qm-row')].map((row) =>
        new Set([...row.children].filter((part) => part.offsetHeight > 0)
          .map((part) => getComputedStyle(part).gridRowStart)).size))
      """;

  private static final String GROUND =
      "([selector]) => getComputedStyle(document.querySelector(selector)).backgroundColor";

  @Test
  void nothingScrollsSideways(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    List<String> wide = new ArrayList<>();
    // A phone, and a window of 1,600 by 1,000 at 200 %.
    for (int[] size : new int[][] {{320, 640}, {800, 500}}) {
      page.setViewportSize(size[0], size[1]);
      measure(page, size[0] + " px", wide);
      page.keyboard().press("?");
      assertThat(page.locator("qm-help h2")).isInViewport();
      measure(page, size[0] + " px, help", wide);
      page.keyboard().press("Escape");
      for (String link : PagePlaces.LINKS) {
        page.evaluate("link => { location.hash = link; }", link);
        PagePlaces.awaitOpen(page, link);
        measure(page, size[0] + " px, " + link, wide);
      }
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog[open]")).hasCount(0);
    }
    assertEquals(List.of(), wide);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void nothingMovesWhereNothingShall(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    assertEquals(0, page.evaluate(MOVING));
    page.keyboard().press("f");
    PagePlaces.awaitOpen(page, "#open=fit");
    assertEquals(0, page.evaluate(MOVING));
    assertThat(page.locator("[data-action='play']")).isHidden();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void paperIsLightAndHasNoControls(BrowserContext browser, PageMesh.Running mesh) {
    browser.addInitScript(
        "if (location.protocol === 'http:') localStorage.setItem('qstat-mesh-theme', 'dark')");
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    String dark = ground(page, "qm-row[data-cluster='torque']");
    assertTrue(page.pdf().length > 10_000);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("[data-field='print-moment']")).hasText(Pattern.compile("as of \\S+"));
    assertThat(page.locator("[data-field='print-moment']")).isVisible();
    assertNotEquals(dark, ground(page, "qm-row[data-cluster='torque']"));
    assertEquals("rgb(255, 255, 255)", ground(page, "qm-row[data-cluster='torque']"));
    for (String control : List.of("qm-controls", "qm-finder", ".export-button", ".quiet-button")) {
      assertThat(page.locator(control + ":visible")).hasCount(0);
    }
    assertEquals(1, page.evaluate(LINES));
    page.evaluate("location.hash = '#open=queues&of=torque'");
    PagePlaces.awaitOpen(page, "#open=queues&of=torque");
    assertThat(page.locator("tr[data-queue='long']")).isVisible();
    assertThat(page.locator("main")).isHidden();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aPaletteOfTheReadersOwnKeepsTheMarks(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    String alice = "qm-row[data-cluster='torque'] [data-key='alice'] .swatch";
    String erin = "qm-row[data-cluster='torque'] [data-key='erin'] .swatch";
    String before = ground(page, alice);
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    assertEquals(before, ground(page, alice));
    assertNotEquals(ground(page, erin), ground(page, alice));
    String chosen = ".segments input:checked + span";
    assertNotEquals(ground(page, ".segments input:not(:checked) + span"), ground(page, chosen));
    assertThat(grid.row("torque").locator(".status-glyph")).hasText("●");
    assertThat(grid.row("silent").locator(".status-glyph")).hasText("✕");
    assertNotEquals(ground(page, "body"), ground(page, "qm-row .reason-bar"));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void singleKeysCanBeSwitchedOff(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = drawn(browser, mesh);
    Page page = grid.page();
    page.keyboard().press("?");
    page.locator("qm-help input[name='keys-off']").check();
    page.keyboard().press("Escape");
    page.keyboard().press("f");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.locator("qm-help button").first().click();
    page.locator("qm-help input[name='keys-off']").uncheck();
    page.keyboard().press("Escape");
    page.keyboard().press("f");
    PagePlaces.awaitOpen(page, "#open=fit");
    assertEquals(List.of(), grid.complaints());
  }

  private static GridPage drawn(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.awaitStatus("silent", "DOWN");
    assertThat(grid.row("torque").locator(".areas-chart svg")).isVisible();
    return grid;
  }

  private static void measure(Page page, String what, List<String> wide) {
    int pixels = ((Number) page.evaluate(SIDEWAYS)).intValue();
    if (pixels > 0) {
      wide.add(what + ": " + pixels + " px");
    }
  }

  private static String ground(Page page, String selector) {
    return (String) page.evaluate(GROUND, List.of(selector));
  }
}
