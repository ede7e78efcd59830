package org.qstatmesh.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.OneCluster;
import org.qstatmesh.it.kit.PageBrowser;

/**
 * In a tab that nobody sees news come and nothing is drawn; who returns sees the newest at once.
 */
@Timeout(120)
@ExtendWith(PageBrowser.class)
class HiddenTabIT {
  /** A Chromium without a screen shows all its tabs, so the document is told that nobody looks. */
  private static final String LOOK_AWAY =
      """
      () => {
        globalThis.changes = 0;
        const observer = new MutationObserver((list) => { changes += list.length; });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }""";

  private static final String RETURN =
      """
      () => {
        delete document.hidden;
        document.dispatchEvent(new Event('visibilitychange'));
      }""";

  @Test
  void nothingIsDrawnUntilSomebodyLooks(BrowserContext browser, @TempDir Path directory)
      throws Exception {
    AtomicBoolean heard = new AtomicBoolean();
    browser.onPage(
        page ->
            page.onWebSocket(
                socket ->
                    socket.onFrameReceived(
                        frame -> {
                          String said =
                              frame.text() == null
                                  ? new String(frame.binary(), StandardCharsets.UTF_8)
                                  : frame.text();
                          if (said.contains("\"offline\":2")) {
                            heard.set(true);
                          }
                        })));
    try (OneCluster cluster = OneCluster.start(directory)) {
      GridPage grid = GridPage.open(browser, cluster.mesh().page());
      grid.awaitNumber(OneCluster.CLUSTER, "nodes-offline", 1);
      Page page = grid.page();
      page.waitForCondition(
          () -> grid.row(OneCluster.CLUSTER).locator(".areas-chart svg").count() == 1);
      page.evaluate(LOOK_AWAY);
      cluster.turnNode("free", "offline");
      Eventually.eventually("the news has come", () -> page.evaluate("0") != null && heard.get());
      assertEquals(0, page.evaluate("changes"));
      page.evaluate(RETURN);
      grid.awaitNumber(OneCluster.CLUSTER, "nodes-offline", 2);
    }
  }
}
