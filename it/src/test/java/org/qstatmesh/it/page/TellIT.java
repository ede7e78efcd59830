package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.OneCluster;
import org.qstatmesh.it.kit.PageBrowser;

/** The browser tells of jobs, cores and outages, once each, and not of what was so before. */
@Timeout(300)
@ExtendWith(PageBrowser.class)
class TellIT {
  private static final double PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  /** Keeps what the page has the browser show. */
  private static final String KEEP_NOTIFICATIONS =
      """
      globalThis.shown = [];
      globalThis.Notification = new Proxy(Notification, {
        construct(target, given) {
          const notification = Reflect.construct(target, given);
          shown.push(notification);
          return notification;
        },
      });
      """;

  private static final String STARTED = "job new (900.login1) started on Cluster openpbs, 40 cores";
  private static final String DOWN =
      "Cluster openpbs is down: monitoring is down: no probe at its address";
  private static final String BACK = "Cluster openpbs answers again";
  private static final String I_AM_DORA =
      "if (location.protocol === 'http:') localStorage.setItem('qstat-mesh-me', 'dora')";

  @TempDir private Path directory;
  private OneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = OneCluster.start(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void jobsCoresAndOutagesAreToldOnce(BrowserContext browser) throws Exception {
    browser.grantPermissions(List.of("notifications"));
    browser.addInitScript(KEEP_NOTIFICATIONS);
    browser.addInitScript(I_AM_DORA);
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus("openpbs", "UP");
    Page page = grid.page();
    page.keyboard().press("n");
    Locator tell = page.locator("qm-place-tell");
    assertThat(tell.locator("input")).isFocused();
    page.keyboard().press("ControlOrMeta+a");
    page.keyboard().type("1");
    page.keyboard().press("Enter");
    tell.locator("form[data-kind='started'] button").press("Enter");
    tell.locator("form[data-kind='outage'] button").click();
    assertThat(tell.locator("[data-part='rules'] li[data-kind]")).hasCount(3);
    assertThat(tell.locator("li[data-kind='free']")).hasText(Pattern.compile("so now: "));
    assertThat(tell.locator("[data-field='said']")).hasText(Pattern.compile("is down, or back"));

    // The next load begins with what is remembered, and with no news.
    page.keyboard().press("Escape");
    page.reload();
    page.locator("qm-notices").waitFor(attached());
    assertTold(page);
    assertEquals(1, page.workers().size(), "who keeps the connection in a tab that nobody sees");

    cluster.startJob();
    assertTold(page, STARTED);
    assertThat(page.locator(".notice-card[data-notice='started'] a")).isVisible();
    cluster.probe().process().kill();
    assertTold(page, STARTED, DOWN);
    cluster.probe().start();
    assertTold(page, STARTED, DOWN, BACK);

    page.evaluate("shown[0].onclick()");
    assertThat(page.locator("#sheet-title")).hasText(Pattern.compile("900"));
    page.keyboard().press("Escape");
    page.locator(".notice-card[data-notice='back'] button").click();
    assertThat(page.locator(".notice-card[data-notice='back']")).hasCount(0);
    page.keyboard().press("n");
    assertThat(tell.locator("[data-part='notices'] li[data-notice]")).hasCount(3);
    tell.locator("li[data-kind='outage'] button").press("Enter");
    assertThat(tell.locator("[data-part='rules'] li[data-kind]")).hasCount(2);
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void coresThatBecomeFreeAreTold(BrowserContext browser) throws Exception {
    browser.grantPermissions(List.of("notifications"));
    browser.addInitScript(KEEP_NOTIFICATIONS);
    cluster.turnNode("free", "offline");
    GridPage grid = GridPage.open(browser, cluster.mesh().page());
    grid.awaitStatus("openpbs", "UP");
    grid.awaitNumber("openpbs", "nodes-offline", 2);
    Page page = grid.page();
    long free = Long.parseLong(grid.field("openpbs", "free").getAttribute("data-value"));
    page.keyboard().press("n");
    Locator tell = page.locator("qm-place-tell");
    tell.locator("input").fill(Long.toString(free + 1));
    tell.locator("select").first().selectOption("openpbs");
    tell.locator("form[data-kind='free'] button").click();
    assertThat(tell.locator("[data-part='rules'] li[data-kind='free']")).hasCount(1);
    cluster.turnNode("offline", "free");
    Locator notice = tell.locator("[data-part='notices'] li[data-notice='free']");
    assertThat(notice).hasText(Pattern.compile("cores are free on Cluster openpbs"));
    assertEquals(1, page.evaluate("shown.length"));
    assertTrue(grid.complaints().isEmpty(), () -> grid.complaints().toString());
  }

  @Test
  void aBrowserThatDeniesIsToldPlainly(BrowserContext browser) {
    browser.addInitScript("Object.defineProperty(Notification, 'permission', {value: 'denied'})");
    GridPage grid = GridPage.open(browser, cluster.mesh().page().resolve("#open=tell&cores=16"));
    Page page = grid.page();
    assertThat(page.locator("qm-place-tell [data-field='permission']"))
        .hasText(Pattern.compile("denies notifications"));
    assertThat(page.locator("qm-place-tell input")).hasValue("16");
    assertThat(page.locator(".tell-permission button")).isHidden();
    page.locator("form[data-kind='started'] button").click();
    assertThat(page.locator("[data-field='said']")).hasText(Pattern.compile("who you are"));
    assertEquals(List.of(), grid.complaints());
  }

  private static void assertTold(Page page, String... titles) throws Exception {
    Eventually.eventually(
        "notifications " + List.of(titles),
        Eventually.PATIENCE,
        () -> List.of(titles).equals(page.evaluate("shown.map(({title}) => title)")),
        () -> String.valueOf(page.evaluate("shown.map(({title}) => title)")));
  }

  private static Locator.WaitForOptions attached() {
    return new Locator.WaitForOptions()
        .setState(WaitForSelectorState.ATTACHED)
        .setTimeout(PATIENCE_MILLIS);
  }
}
