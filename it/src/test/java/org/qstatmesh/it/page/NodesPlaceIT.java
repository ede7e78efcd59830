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

/** The map of the nodes and the sheet of a queue, by clicks and keys. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class NodesPlaceIT {
  private static final String CELLS = "qm-node-cells button[data-node]";

  @Test
  void aNumberOfTheRowLeadsToItsNodes(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitNumber("torque", "nodes-offline", 1);
    grid.field("torque", "nodes-offline").click();
    Page page = grid.page();
    assertThat(page.locator(CELLS)).hasCount(1);
    assertThat(page.locator(CELLS)).hasAttribute("data-node", "n006");
    assertThat(page.locator(CELLS)).hasText("O");

    page.locator("qm-place-nodes button[data-state='ALL']").click();
    assertThat(page.locator(CELLS)).hasCount(9);
    assertThat(page.locator("[data-field='count-down']")).hasText("1");
    page.goBack();
    assertThat(page.locator(CELLS)).hasCount(1);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void arrowsMoveAmongCellsAndSayWhatTheyAre(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("#open=nodes&of=torque"));
    Page page = grid.page();
    assertThat(page.locator(CELLS)).hasCount(9);
    assertThat(page.locator(CELLS + "[tabindex='0']")).hasCount(1);
    page.locator(CELLS + "[tabindex='0']").focus();
    page.keyboard().press("End");
    Locator last = page.locator(CELLS).last();
    assertThat(last).isFocused();
    assertThat(last).hasAttribute("data-state", "down");
    assertThat(page.locator(".node-details h3")).hasText("n009");
    assertThat(page.locator(".node-details [data-field='node-state']"))
        .hasText(Pattern.compile("down"));
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".node-details h3")).hasText("n006");
    assertTrue(page.url().contains("node=n006"), page.url());
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void theSameStandsInATable(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("#open=nodes&of=torque"));
    Page page = grid.page();
    assertThat(page.locator(CELLS)).hasCount(9);
    page.keyboard().press("t");
    assertThat(page.locator("qm-place-nodes tr[data-node]")).hasCount(9);
    assertThat(page.locator("qm-node-cells")).isHidden();
    page.locator("tr[data-node='n001'] a").first().click();
    assertThat(page.locator(".node-details h3")).hasText("n001");
    Locator owner = page.locator(".node-details [data-field='node-owners'] a").first();
    assertThat(owner).isVisible();

    page.locator("qm-place-nodes input[type='search']").fill("n00");
    assertThat(page.locator(CELLS)).hasCount(9);
    page.locator("qm-place-nodes input[type='search']").fill("n003");
    assertThat(page.locator(CELLS)).hasCount(1);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aQueueLeadsToItsJobs(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("#open=queues&of=torque"));
    Page page = grid.page();
    page.locator("tr[data-queue='long'] a").click();
    assertThat(page.locator("qm-sheet[data-place='queue'] h2"))
        .hasText("Queue long of Cluster torque");
    assertThat(page.locator("qm-place-queue dd[data-field='running']")).hasText("20");
    assertThat(page.locator("section[data-part='running'] tbody tr").first())
        .hasText(Pattern.compile("[a-z]+\\d+"));
    page.locator("qm-place-queue .place-links a[data-place^='open=jobs']").click();
    assertThat(page.locator("button[data-filter='queue']")).hasText(Pattern.compile("long"));
    page.locator("qm-place-jobs button[data-state='RUNNING']").click();
    assertThat(page.locator("qm-place-jobs [data-field='count']")).hasText("20 jobs");
    assertEquals(List.of(), grid.complaints());
  }
}
