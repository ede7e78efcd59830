package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PageMesh;

/** One row within somebody else's page. */
@Timeout(240)
@ExtendWith({PageBrowser.class, PageMesh.class})
class OneRowIT {

  @Test
  void theRowAloneAndEveryLinkOpensTheWholePage(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?row=torque&theme=dark#past=7d"));
    grid.awaitStatus("torque", "UP");
    Page page = grid.page();
    assertThat(page.locator("qm-row")).hasCount(1);
    assertThat(page.locator("qm-controls")).isHidden();
    assertEquals("dark", page.locator("html").getAttribute("data-theme"));
    Page jobs = page.waitForPopup(() -> grid.row("torque").locator(".legend a").first().click());
    assertThat(jobs.locator("qm-sheet[data-place='jobs'] dialog[open]")).isVisible();
    assertTrue(jobs.url().contains("past=7d") && !jobs.url().contains("row="), jobs.url());
    Page whole = page.waitForPopup(() -> page.locator("a[data-action='whole']").press("Enter"));
    assertThat(whole.locator("qm-row")).hasCount(3);
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.setViewportSize(320, 640);
    assertEquals(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"));
    assertEquals("", String.join("\n", Axe.findings(page)));
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void anUnknownRowSaysSo(BrowserContext browser, PageMesh.Running mesh) {
    GridPage grid = GridPage.open(browser, mesh.page().resolve("?row=nowhere"));
    assertThat(grid.page().locator(".grid-empty")).hasText("There is no cluster nowhere.");
    assertEquals(List.of(), grid.complaints());
  }

  @Test
  void onlyTheListedFrameItAndOnlyTheRow(BrowserContext browser, @TempDir Path directory)
      throws Exception {
    MeshConf conf =
        MeshConf.in(directory.resolve("conf"), 10)
            .direct("gone", "tcp://127.0.0.1:" + Checkout.freePort());
    try (Site wiki = new Site();
        Site other = new Site()) {
      list(conf.directory().resolve("mesh.json"), wiki.origin());
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"))) {
        Page page = browser.newPage();
        page.navigate(wiki.framing(mesh.page().resolve("/?row=gone")));
        Locator row = page.frameLocator("iframe").locator("qm-row[data-cluster='gone']");
        assertThat(row).hasAttribute("data-status", "DOWN");
        assertRefused(browser, wiki.framing(mesh.page()));
        assertRefused(browser, other.framing(mesh.page().resolve("/?row=gone")));
      }
    }
  }

  private static void assertRefused(BrowserContext browser, String url) throws Exception {
    // A context of its own: in the test's any complaint is a failure.
    try (BrowserContext refusing = browser.browser().newContext()) {
      Page page = refusing.newPage();
      StringBuilder said = new StringBuilder();
      page.onConsoleMessage(message -> said.append(message.text()));
      page.navigate(url);
      Eventually.eventually(
          "the browser refuses the frame",
          Eventually.PATIENCE,
          // Asking lets the console's messages come in.
          () -> page.evaluate("true").equals(true) && said.indexOf("frame-ancestors") >= 0,
          said::toString);
    }
  }

  private static void list(Path file, String origin) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode mesh = (ObjectNode) json.readTree(file.toFile());
    ((ObjectNode) mesh.get("web")).putArray("embedders").add(origin);
    Files.writeString(file, mesh.toPrettyString());
  }

  /** A site of somebody else's, whose one page is a frame around what its query names. */
  private static final class Site implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    Site() throws IOException {
      server.createContext("/", Site::answer);
      server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
      String frame =
          "<!doctype html><iframe width=900 height=300 src='"
              + exchange.getRequestURI().getQuery()
              + "'></iframe>";
      byte[] body = frame.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    String origin() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String framing(URI what) {
      return origin() + "/?" + what;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
