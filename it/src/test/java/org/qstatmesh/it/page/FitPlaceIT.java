package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Where a job fits, asked by keys and by a link. The numbers are those of {@code FitIT}. */
@Timeout(120)
@ExtendWith({PageBrowser.class, PageMesh.class})
class FitPlaceIT {
  @Test
  void aQuestionIsTypedAndAnsweredAsItGrows(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page());
    grid.awaitStatus("torque", "UP");
    grid.awaitStatus("openpbs", "UP");
    Page page = grid.page();
    page.keyboard().press("f");
    Locator fit = page.locator("qm-place-fit");
    Locator cores = fit.locator("input[data-field='cores']");
    assertThat(cores).isFocused();
    assertThat(fit.locator("[data-field='question']")).hasText("1 node with 1 core");
    assertThat(line(fit, "torque", "batch").locator("[data-field='sentence']"))
        .hasText(Pattern.compile("as much free"));

    cores.fill("");
    assertThat(fit.locator("[data-field='question']")).hasText(Pattern.compile("how many cores"));
    assertThat(fit.locator("li")).hasCount(0);
    cores.pressSequentially("16");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().type("1 min");
    assertThat(fit.locator("[data-field='question']"))
        .hasText("1 node with 16 cores, for 00:01:00");
    assertThat(line(fit, "torque", "batch").locator("[data-field='sentence']"))
        .hasText("1 node has as much free, 2 jobs wait there");
    assertThat(line(fit, "torque", "closed")).hasAttribute("data-fits", "LATER");
    assertThat(line(fit, "torque", "closed").locator("[data-field='sentence']"))
        .hasText(Pattern.compile("the queue starts no jobs"));
    assertThat(fit.locator("li[data-fits='NOW']").first()).hasAttribute("data-queue", "workq");
    assertTrue(page.url().contains("cores=16"), page.url());
    assertTrue(page.url().contains("walltime=1+min"), page.url());

    page.goBack();
    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertFalse(page.url().contains("cores="), page.url());
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void aLinkAsksAllOfItAndASilentClusterIsNoRoom(BrowserContext browser, PageMesh.Running mesh) {
    URI link = mesh.page().resolve("#open=fit&nodes=1&cores=16&walltime=1+min");
    GridPage grid = GridPage.open(browser, link);
    Page page = grid.page();
    grid.awaitStatus("silent", "DOWN");
    Locator fit = page.locator("qm-place-fit");
    assertThat(fit.locator("input[data-field='walltime']")).hasValue("1 min");
    Locator silent = fit.locator("li[data-cluster='silent']");
    assertThat(silent).hasAttribute("data-fits", "UNKNOWN");
    assertThat(silent.locator("[data-field='sentence']"))
        .hasText("the cluster is down, it was never seen");
    assertThat(fit.locator("[data-field='waited']").first())
        .hasText(Pattern.compile("in the last .*(minute|hour)|was seen there yet"));

    Locator never = fit.locator("details[data-fits='NEVER'] summary");
    never.focus();
    page.keyboard().press("Enter");
    assertThat(line(fit, "openpbs", "disabled_q").locator("[data-field='sentence']"))
        .hasText(Pattern.compile("takes no new jobs"));
    line(fit, "torque", "batch").locator("a").last().click();
    assertThat(page.locator("#sheet-title")).hasText("Queue batch of Cluster torque");
    page.goBack();
    assertThat(fit.locator("input[data-field='cores']")).hasValue("16");
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void whatCannotBeReadIsSaidAndNotAsked(BrowserContext browser, PageMesh.Running mesh) {
    URI link = mesh.page().resolve("#open=fit&cores=16&walltime=24&of=torque");
    GridPage grid = GridPage.open(browser, link);
    Page page = grid.page();
    Locator fit = page.locator("qm-place-fit");
    Locator walltime = fit.locator("input[data-field='walltime']");
    assertThat(walltime).hasAttribute("aria-invalid", "true");
    assertThat(fit.locator("[data-field='question']")).hasText(Pattern.compile("such as 2:00:00"));
    walltime.fill("24 h");
    assertThat(fit.locator("[data-field='question']"))
        .hasText("16 cores, on whichever nodes, for 1-00:00:00");
    assertThat(fit.locator("li").first()).hasAttribute("data-cluster", "torque");
    assertThat(fit.locator("li[data-cluster='openpbs']")).hasCount(0);
    assertEquals(List.of(), grid.complaints());
  }

  private static Locator line(Locator fit, String cluster, String queue) {
    return fit.locator("li[data-cluster='" + cluster + "'][data-queue='" + queue + "']");
  }
}
