package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/**
 * From a row to its jobs and to one of them. The numbers are those of the recording: 166 jobs, of
 * which 111 are queued; dave has 122 and bob 7 of them.
 */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class JobsPlaceIT {
  private static final String COUNT = "qm-place-jobs [data-field='count']";

  @Test
  void aNumberOfTheRowLeadsToItsJobsPageByPage(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitNumber("torque", "queued", 111);
    grid.field("torque", "queued").click();
    Page page = grid.page();
    assertThat(page.locator(COUNT)).hasText("1–100 of 111 jobs");
    assertThat(page.locator("tr[data-job]")).hasCount(100);

    page.locator("qm-pager button[aria-label='next page']").click();
    assertThat(page.locator(COUNT)).hasText("101–111 of 111 jobs");
    assertThat(page.locator("tr[data-job]")).hasCount(11);
    page.goBack();
    assertThat(page.locator(COUNT)).hasText("1–100 of 111 jobs");
    page.goForward();
    assertThat(page.locator(COUNT)).hasText("101–111 of 111 jobs");

    page.locator("qm-place-jobs button[data-state='ALL']").click();
    assertThat(page.locator(COUNT)).hasText("1–100 of 166 jobs");
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void headsSortAndTheLinkSaysHow(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid =
        GridPage.open(browser, mesh.page().resolve("#open=jobs&of=torque&state=RUNNING"));
    Page page = grid.page();
    assertThat(page.locator(COUNT)).hasText("39 jobs");
    Locator head = page.locator("button[data-sort='slots']");
    head.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort='descending'] button[data-sort='slots']")).isFocused();
    assertTrue(page.url().contains("sort=-slots"), page.url());
    assertThat(slots(page).first()).not().hasText("1");
    assertSorted(slots(page), Comparator.reverseOrder());

    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort='ascending'] button[data-sort='slots']")).isFocused();
    assertThat(slots(page).first()).hasText(Pattern.compile("^[01]$"));
    assertSorted(slots(page), Comparator.naturalOrder());
    assertEquals(List.of(), grid.complaints());
  }

  private static Locator slots(Page page) {
    return page.locator("tr[data-job] [data-field='slots']");
  }

  private static void assertSorted(Locator cells, Comparator<Integer> order) {
    List<Integer> found =
        cells.allTextContents().stream()
            .filter(text -> !text.equals("–"))
            .map(Integer::valueOf)
            .toList();
    assertEquals(found.stream().sorted(order).toList(), found);
  }

  @Test
  void whatIsTypedIsLookedForAndTheFocusStays(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("#open=jobs&of=torque"));
    Page page = grid.page();
    assertThat(page.locator(COUNT)).hasText("1–100 of 166 jobs");
    Locator field = page.locator("qm-place-jobs input[type='search']");
    field.click();
    page.keyboard().type("j.smith");
    assertThat(page.locator(COUNT)).hasText("1 job");
    assertThat(field).isFocused();
    assertTrue(page.url().contains("text=j.smith"), page.url());

    page.keyboard().press("Escape");
    assertThat(page.locator(COUNT)).hasText("1–100 of 166 jobs");
    assertThat(field).hasValue("");
    page.keyboard().press("Escape");
    assertThat(page.locator("qm-sheet dialog[open]")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aNameLeadsToItsJobsAndTheFilterCanBeTakenAway(
      BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.row("torque").locator(".legend-line[data-key='dave'] a").click();
    Page page = grid.page();
    assertThat(page.locator(COUNT)).hasText("1–100 of 122 jobs");
    page.locator("button[data-filter='owner']").click();
    assertThat(page.locator(COUNT)).hasText("1–100 of 166 jobs");
    assertThat(page.locator("button[data-filter]")).hasCount(0);
    page.goBack();
    assertThat(page.locator("button[data-filter='owner']")).hasText(Pattern.compile("dave"));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aReasonLeadsToTheJobsItCounts(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    Locator reason =
        grid.row("torque").locator(".reason:not([data-reason='no reason given'])").first();
    String jobs = reason.getAttribute("data-value");
    reason.locator("a").click();
    assertThat(grid.page().locator(COUNT)).hasText(Pattern.compile("(^|of )" + jobs + " jobs?$"));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void oneJobIsShownInFullAndTheWayBackLeadsToTheList(
      BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid =
        GridPage.open(browser, mesh.page().resolve("#open=jobs&of=torque&owner=bob&state=QUEUED"));
    Page page = grid.page();
    assertThat(page.locator(COUNT)).hasText("2 jobs");
    String id = page.locator("tr[data-job]").first().getAttribute("data-job");
    page.locator("tr[data-job] a").first().click();
    assertThat(page.locator("qm-sheet[data-place='job'] h2"))
        .hasText("Job " + id + " on Cluster torque");
    assertThat(page.locator("#sheet-title")).isFocused();
    assertThat(page.locator("qm-place-job [data-field='owner']")).hasText("bob");
    assertThat(page.locator("qm-place-job [data-field='state']"))
        .hasText("queued (the scheduler says Q)");
    page.goBack();
    assertThat(page.locator(COUNT)).hasText("2 jobs");
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aJobThatIsGoneIsSaidToBeGone(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid =
        GridPage.open(browser, mesh.page().resolve("#open=job&of=torque&job=987654.login1"));
    assertThat(grid.page().locator("qm-place-job .job-lead"))
        .hasText("This job has ended, or there was never one of this id.");
    grid.page().keyboard().press("Escape");
    assertThat(grid.page().locator("qm-sheet dialog[open]")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }
}
