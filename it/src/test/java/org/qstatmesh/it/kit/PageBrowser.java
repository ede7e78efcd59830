package org.qstatmesh.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One headless Chromium for all tests; each test gets a context of its own, and fails when a page
 * in it complained of anything ({@link BrowserComplaints}).
 */
public final class PageBrowser implements ParameterResolver, AfterTestExecutionCallback {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** What a browser would do besides showing a page, or cannot do as root in a container. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == BrowserContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Chromium chromium =
        test.getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent("chromium", key -> new Chromium(), Chromium.class);
    BrowserContext context =
        chromium.browser.newContext(new Browser.NewContextOptions().setViewportSize(1600, 1000));
    Watched watched = new Watched(context, BrowserComplaints.of(context));
    storeOf(test).put("watched", watched);
    return context;
  }

  @Override
  public void afterTestExecution(ExtensionContext test) {
    Watched watched = storeOf(test).get("watched", Watched.class);
    if (watched == null) {
      return;
    }
    if (test.getExecutionException().isPresent()) {
      System.out.println(test.getDisplayName() + ": " + watched.complaints.found());
      return;
    }
    // A round trip to each page brings what they said until now.
    watched.context.pages().forEach(page -> page.evaluate("0"));
    assertEquals(List.of(), watched.complaints.found(), "what the browser complained of");
  }

  private static ExtensionContext.Store storeOf(ExtensionContext test) {
    return test.getStore(Namespace.create(PageBrowser.class, test.getUniqueId()));
  }

  private record Watched(BrowserContext context, BrowserComplaints complaints)
      implements AutoCloseable {
    @Override
    public void close() {
      context.close();
    }
  }

  /** The process, closed when the last test is over. */
  private static final class Chromium implements AutoCloseable {
    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS));

    private Chromium() {
      PlaywrightAssertions.setDefaultAssertionTimeout((double) Eventually.PATIENCE.toMillis());
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
