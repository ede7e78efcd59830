package org.qstatmesh.it.kit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The page in a browser, read by the hooks that webroot/js/panels/row.js promises. */
public final class GridPage {
  private static final double PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private GridPage(Page page) {
    this.page = page;
  }

  /** Opens it; whatever the browser complains of from now on is kept. */
  public static GridPage open(BrowserContext browser, URI url) {
    GridPage grid = new GridPage(browser.newPage());
    grid.page.setDefaultTimeout(PATIENCE_MILLIS);
    grid.page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            grid.complaints.add(message.text());
          }
        });
    grid.page.onPageError(grid.complaints::add);
    grid.page.navigate(url.toString());
    return grid;
  }

  /** The page itself. */
  public Page page() {
    return page;
  }

  /** A cluster's row. */
  public Locator row(String cluster) {
    return page.locator("qm-row[data-cluster='" + cluster + "']");
  }

  /** A field of a row. */
  public Locator field(String cluster, String name) {
    return row(cluster).locator("[data-field='" + name + "']");
  }

  /** Blocks until a field's raw number is this one. */
  public void awaitNumber(String cluster, String name, long value) {
    assertThat(field(cluster, name)).hasAttribute("data-value", Long.toString(value));
  }

  /** Blocks until a row's status is this one. */
  public void awaitStatus(String cluster, String status) {
    assertThat(row(cluster)).hasAttribute("data-status", status);
  }

  /** Blocks until a row's failure code is this one; empty for none. */
  public void awaitFailure(String cluster, String code) {
    assertThat(field(cluster, "failure-code")).hasText(code);
  }

  /** Sets one of the switches on top, by what it says. */
  public void choose(String label) {
    page.locator("qm-controls label", new Page.LocatorOptions().setHasText(label)).click();
  }

  /** Blocks until the page says that news comes. */
  public void awaitLive() {
    awaitConnection("live");
  }

  /** Blocks until the page says that the server is gone. */
  public void awaitAway() {
    awaitConnection("away");
  }

  private void awaitConnection(String state) {
    assertThat(page.locator("[data-field='connection']")).hasAttribute("data-state", state);
  }

  /** Errors so far; {@link BrowserComplaints} has more, and ends every test. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }
}
