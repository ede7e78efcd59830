package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** One person over all clusters, by keys alone. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class PersonIT {
  @Test
  void whoSaysWhoSheIsFindsHerselfEverywhere(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.awaitStatus("openpbs", "UP");
    Page page = grid.page();
    page.keyboard().press("/");
    assertThat(page.locator("#find-text")).isFocused();
    page.keyboard().type("ALI");
    assertThat(page.locator("li[data-found='person'] a")).hasText(new String[] {"alice"});
    page.keyboard().press("Enter");

    Locator person = page.locator("qm-place-person");
    assertThat(page.locator("#sheet-title")).hasText("alice everywhere");
    assertThat(person.locator("[data-field='person-summary']"))
        .hasText("47 jobs run on 109 cores, 2 held, on 2 of 3 clusters.");
    assertThat(cell(person, "torque", "runningSlots")).hasText("53");
    assertThat(cell(person, "openpbs", "runningJobs")).hasText("25");
    assertThat(cell(person, "silent", "runningJobs")).hasText("–");

    person.locator("button").press("Enter");
    assertThat(person.locator("button")).hasAttribute("aria-pressed", "true");
    page.keyboard().press("Escape");
    assertThat(mine(grid)).hasClass(Pattern.compile("slot-me"));
    // A sheet is closed before the link says so, and it is the link that is loaded again.
    assertThat(page).not().hasURL(Pattern.compile("open="));

    page.reload();
    assertThat(mine(grid)).hasClass(Pattern.compile("slot-me"));
    page.keyboard().press("m");
    assertThat(page.locator("#sheet-title")).hasText("alice everywhere");
    page.goBack();
    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void herSheetSaysWhyHerJobsWaitAndLeadsToThem(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("#open=person&who=dave"));
    grid.awaitStatus("torque", "UP");
    Page page = grid.page();
    Locator reason = page.locator("qm-pending li[data-cluster='torque']").first();
    assertThat(reason).hasText(Pattern.compile(": \\d+ jobs? on Cluster torque$"));
    reason.locator("a").click();
    assertThat(page.locator("#sheet-title")).hasText("Jobs of Cluster torque");
    assertThat(page.locator(".chip[data-filter='owner']")).containsText("dave");
    page.goBack();
    page.locator("qm-place-person tr[data-cluster='torque'] th a").click();
    assertThat(page.locator("#sheet-title")).hasText("Jobs of Cluster torque");
    assertThat(page.locator(".chip[data-filter='owner']")).containsText("dave");
    assertEquals(List.of(), grid.complaints());
  }

  private static Locator cell(Locator person, String cluster, String field) {
    return person.locator("tr[data-cluster='" + cluster + "'] [data-field='" + field + "']");
  }

  private static Locator mine(GridPage grid) {
    return grid.row("openpbs").locator(".legend-line[data-key='alice'] .swatch");
  }
}
