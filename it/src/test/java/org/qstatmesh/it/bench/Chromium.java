package org.qstatmesh.it.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.GridPage;

/** A headless Chromium that notes when a field of a row changed. One thread. */
final class Chromium implements AutoCloseable {
  /** Notes, for each new number of the field, when it stood in the document and when the frame. */
  private static final String OBSERVE =
      """
      (selector) => {
        const field = document.querySelector(selector);
        const seen = (window.seenNumbers = []);
        new MutationObserver(() => {
          const entry = { value: field.getAttribute('data-value'), changed: Date.now(), drawn: 0 };
          requestAnimationFrame(() => {
            entry.drawn = Date.now();
            seen.push(entry);
          });
        }).observe(field, { attributes: true, attributeFilter: ['data-value'] });
      }
      """;

  private static final String NEWEST =
      """
      async (value) => {
        const newest = () => window.seenNumbers[window.seenNumbers.length - 1];
        while (newest()?.value !== value) await new Promise((done) => setTimeout(done, 5));
        return [newest().changed, newest().drawn];
      }
      """;

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-background-networking",
                          "--disable-component-update")));
  private GridPage page;

  /**
   * When a number was there.
   *
   * @param changedMillis in the document; epoch milliseconds
   * @param drawnMillis when the frame with it was made
   */
  record Seen(double changedMillis, double drawnMillis) {}

  /** Opens the page and watches a field of a row from now on. */
  void watch(URI url, String cluster, String field) {
    page =
        GridPage.open(
            browser.newContext(new Browser.NewContextOptions().setViewportSize(1600, 1000)), url);
    page.awaitStatus(cluster, "UP");
    page.page()
        .evaluate(OBSERVE, "qm-row[data-cluster='" + cluster + "'] [data-field='" + field + "']");
  }

  /** Blocks until the newest number is this one. */
  Seen await(long value) {
    List<?> times = (List<?>) page.page().evaluate(NEWEST, Long.toString(value));
    return new Seen(((Number) times.get(0)).doubleValue(), ((Number) times.get(1)).doubleValue());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
