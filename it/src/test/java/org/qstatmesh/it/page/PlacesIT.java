package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** What opens over the grid: by click, by key, by link; and how one comes back. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class PlacesIT {
  @Test
  void aClickOpensEscapeAndTheWayBackClose(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    Locator opener = grid.row("torque").locator("a[data-place^='open=queues']");
    opener.click();
    Page page = grid.page();
    Locator sheet = page.locator("qm-sheet[data-place='queues'] dialog[open]");
    assertThat(sheet.locator("tr[data-queue='long'] [data-field='running']")).hasText("20");
    assertThat(sheet.locator("tr[data-queue='closed'] [data-field='state']"))
        .hasText("starts no jobs");
    assertTrue(page.url().contains("open=queues") && page.url().contains("of=torque"), page.url());

    page.keyboard().press("Escape");
    assertThat(page.locator("qm-sheet dialog[open]")).hasCount(0);
    assertThat(opener).isFocused();
    opener.click();
    assertThat(sheet).isVisible();
    page.goBack();
    assertThat(page.locator("qm-sheet dialog[open]")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aLinkOpensTheSameInAnotherBrowser(BrowserContext browser, PageMesh.Running mesh) {
    URI link = mesh.page().resolve("#by=group&in=jobs&past=7d&open=queues&of=openpbs");
    GridPage grid = GridPage.open(browser, link);
    Page page = grid.page();
    assertThat(page.locator("qm-sheet[data-place='queues'] h2"))
        .hasText(Pattern.compile("Queues of Cluster openpbs"));
    page.locator("qm-sheet .sheet-head button").click();
    assertThat(page.locator("qm-sheet dialog[open]")).hasCount(0);
    assertThat(page.locator("qm-controls input[value='group']")).isChecked();
    assertEquals(List.of(), grid.complaints());
  }
}
