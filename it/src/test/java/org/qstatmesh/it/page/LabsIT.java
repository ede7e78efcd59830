package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.OneCluster;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** Who uses it, by lab: for those who have said who is of which. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class LabsIT {
  private static final String PEOPLE =
      """
      {"people": {"bob": {"title": "Robert B.", "lab": "wood"}, "alice": {"lab": "wood"}},
       "labs": {"wood": {"title": "Wood & <i>paper</i>"}}}
      """;

  @TempDir private static Path directory;
  private static OneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = OneCluster.start(directory, Map.of("people.json", PEOPLE));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theKeyShowsLabsAndALabLeadsToItsMembers(BrowserContext browser) {
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus("openpbs", "UP");
    Page page = grid.page();
    page.keyboard().press("b");
    Locator legend = grid.row("openpbs").locator(".legend");
    Locator wood = legend.locator("[data-key='wood']");
    assertThat(wood).containsText("Wood & <i>paper</i>");
    assertThat(legend.locator("[data-part='none']")).containsText("no lab");
    assertThat(grid.row("openpbs").locator("qm-usage .donut"))
        .hasAttribute("aria-label", Pattern.compile("Wood & <i>paper</i> \\d+"));

    page.setViewportSize(320, 900);
    assertEquals(
        true,
        page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
        "five ways to tell who uses it have room on a phone");
    page.setViewportSize(1600, 1000);
    wood.locator("a").click();
    assertThat(page.locator("#sheet-title")).hasText("Wood & <i>paper</i> everywhere");
    Locator place = page.locator("qm-place-lab");
    String cores = wood.getAttribute("data-value");
    assertThat(place.locator("tr[data-cluster='openpbs'] [data-field='runningSlots']"))
        .hasText(cores);
    assertThat(place.locator("tr[data-who]")).hasCount(2);
    place.locator("tr[data-who='bob'] a").click();
    assertThat(page.locator("#sheet-title")).hasText("Robert B. (bob) everywhere");
    page.locator("qm-place-person .person-lab a").click();
    assertThat(page.locator("#sheet-title")).hasText("Wood & <i>paper</i> everywhere");
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void withoutALinkThePageIsAsItWasLeftAndALinkWins(BrowserContext browser) {
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus("openpbs", "UP");
    grid.choose("labs");
    grid.page().keyboard().press("3");
    assertTrue(grid.page().url().contains("by=lab"), grid.page().url());

    Page later = browser.newPage();
    later.navigate(cluster.mesh().page().toString());
    assertThat(later.locator("qm-controls input[value='lab']")).isChecked();
    assertThat(later.locator("qm-controls input[value='7d']")).isChecked();
    later.locator("qm-row a[data-place^='open=queues']").first().click();
    assertThat(later.locator("qm-sheet dialog[open]")).isVisible();
    later.goBack();
    assertThat(later.locator("qm-sheet dialog[open]")).hasCount(0);
    assertThat(later.locator("qm-controls input[value='lab']")).isChecked();

    Page linked = browser.newPage();
    linked.navigate(cluster.mesh().page().resolve("#by=group&in=cores&past=1h").toString());
    assertThat(linked.locator("qm-controls input[value='group']")).isChecked();
    assertThat(linked.locator("qm-controls input[value='1h']")).isChecked();
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void whereNobodyIsNamedThereIsNoSuchChoice(BrowserContext browser, PageMesh.Running shared) {
    GridPage grid = GridPage.open(browser, shared.page());
    grid.awaitStatus("torque", "UP");
    grid.page().keyboard().press("b");
    assertThat(grid.page().locator("qm-controls input[value='user']")).isChecked();
    assertThat(grid.page().locator("qm-controls label").filter(labs())).isHidden();
    assertEquals(List.of(), grid.complaints());
  }

  private static Locator.FilterOptions labs() {
    return new Locator.FilterOptions().setHasText("labs");
  }
}
