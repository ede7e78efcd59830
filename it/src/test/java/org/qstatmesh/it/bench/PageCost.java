package org.qstatmesh.it.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.PythonPeer;
import org.qstatmesh.it.kit.RunningProcess;

/** What the page asks of a browser, beside the naive way to draw the same. */
final class PageCost implements Benchmark {
  private static final List<Integer> CLUSTERS = List.of(20, 100);
  private static final int UPDATES = 20;
  private static final int REPEATS = 3;
  private static final int WARM_UPDATES = 500;
  private static final int MANY_UPDATES = 1_000;
  private static final int FIRST_SCREEN = 5;
  private static final int LATENCY_MILLIS = 400;
  private static final int BYTES_PER_SECOND = 125_000;
  private static final double MEGABYTE = 1e6;
  private static final double PATIENCE_MILLIS = 600_000;

  /** Everything that is to be drawn has been, also what fades in. */
  private static final double SETTLED_MILLIS = 2_500;

  private static final String FIRST_NUMBERS =
      "document.querySelectorAll('qm-row [data-field=free][data-value]').length >= " + FIRST_SCREEN;

  @Override
  public String explanation() {
    return "headless Chromium, 1600x1000, no GPU, before a mesh of 20 and 100 clusters of 40 users: CPU of the page's"
        + " main thread for the first grid with all that is loaded, and for a new row of every cluster; tasks over 50"
        + " ms meanwhile; heap after a collection, when "
        + WARM_UPDATES
        + " updates came and after "
        + MANY_UPDATES
        + " more; a day of made-up history; naive = a pie and areas of Highcharts for each row, animated, new options at each update;"
        + " slow = time until numbers stand there over 400 ms and 1 Mbit/s";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    Path script = PythonPeer.script(directory, "crowd_probe.py");
    try (PythonPeer crowd = PythonPeer.probe(script);
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = launch(playwright)) {
      for (int clusters : CLUSTERS) {
        measure(directory.resolve("x" + clusters), crowd.endpoint(), clusters, browser, figures);
      }
    }
  }

  private static Browser launch(Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of("/usr/bin/chromium"))
                .setArgs(
                    List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  private static void measure(
      Path own, String probe, int clusters, Browser browser, Figures figures) throws Exception {
    MeshConf conf = MeshConf.in(own.resolve("conf"), 10);
    slowDown(conf.directory().resolve("mesh.json"));
    for (int i = 1; i <= clusters; i++) {
      conf.direct("hpc" + i, probe);
    }
    try (RunningProcess mesh = Installed.mesh(conf, own.resolve("data"))) {
      URI page = Installed.page(mesh);
      try (GridClient client = GridClient.watching(page, "hpc1", "hpc" + clusters)) {
        client.awaitHealthy("hpc1");
        client.awaitHealthy("hpc" + clusters);
      }
      String name = "x" + clusters + ".";
      printLoad(name, figures);
      Object data = measurePage(browser, page, name, figures);
      measureNaive(browser, page, name + "naive.", data, figures);
      measureSlow(browser, page, name + "slow.", figures);
      printLoad(name, figures);
    }
  }

  /** The caches and the frames of a busy machine are others', its CPU time is ours. */
  private static void printLoad(String name, Figures figures) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    figures.print(name + "load", load, "processes");
  }

  /** Polls would come between: two for the whole benchmark are enough. */
  private static void slowDown(Path mesh) throws IOException {
    String text = Files.readString(mesh);
    Files.writeString(
        mesh, text.replaceFirst("\"intervalSeconds\" : 1\\b", "\"intervalSeconds\" : 30"));
  }

  private static Object measurePage(Browser browser, URI url, String name, Figures figures)
      throws IOException {
    try (Tab tab = new Tab(browser)) {
      tab.page.addInitScript(resource("tap.js"));
      double before = tab.cpuMillis();
      tab.page.navigate(url.toString());
      tab.await("bench.charts() >= 10");
      tab.page.waitForTimeout(SETTLED_MILLIS);
      figures.print(name + "first-grid", tab.cpuMillis() - before, "ms");
      figures.print(name + "first-grid.charts", tab.number("bench.charts()"), "charts");
      tab.updates(UPDATES);
      tab.page.evaluate("bench.longTasks()");
      for (int i = 1; i <= REPEATS; i++) {
        figures.print(name + "update." + i, tab.updates(UPDATES) / UPDATES, "ms");
      }
      figures.print(name + "update.over-50ms", tab.number("bench.longTasks().length"), "tasks");
      // Compiled code and what is remembered of each name come with the first hundreds.
      tab.page.evaluate("count => bench.many(count)", WARM_UPDATES);
      double heap = tab.heapMegabytes();
      figures.print(name + "heap", heap, "MB");
      tab.page.evaluate("count => bench.many(count)", MANY_UPDATES);
      double later = tab.heapMegabytes();
      figures.print(name + "heap.later", later, "MB");
      figures.print(name + "heap.growth", 100 * (later / heap - 1), "%");
      return tab.page.evaluate("({ rows: bench.rows(), histories: bench.histories() })");
    }
  }

  private static void measureNaive(
      Browser browser, URI url, String name, Object data, Figures figures) throws IOException {
    try (Tab tab = new Tab(browser)) {
      tab.page.navigate(url.resolve("health/live").toString());
      double before = tab.cpuMillis();
      tab.page.addScriptTag(
          new Page.AddScriptTagOptions()
              .setUrl(url.resolve("lib/highcharts/highcharts.js").toString()));
      tab.page.evaluate(resource("naive.js"), data);
      tab.page.evaluate("naive.draw()");
      tab.page.waitForTimeout(SETTLED_MILLIS);
      figures.print(name + "first-grid", tab.cpuMillis() - before, "ms");
      before = tab.cpuMillis();
      tab.page.evaluate("naive.update()");
      tab.page.waitForTimeout(SETTLED_MILLIS);
      figures.print(name + "update", tab.cpuMillis() - before, "ms");
      figures.print(name + "heap", tab.heapMegabytes(), "MB");
    }
  }

  private static void measureSlow(Browser browser, URI url, String name, Figures figures) {
    try (Tab tab = new Tab(browser)) {
      JsonObject line = new JsonObject();
      line.addProperty("offline", false);
      line.addProperty("latency", LATENCY_MILLIS);
      line.addProperty("downloadThroughput", BYTES_PER_SECOND);
      line.addProperty("uploadThroughput", BYTES_PER_SECOND);
      tab.session.send("Network.enable");
      tab.session.send("Network.emulateNetworkConditions", line);
      long begun = System.nanoTime();
      tab.page.navigate(url.toString());
      tab.await(FIRST_NUMBERS);
      figures.print(name + "numbers", (System.nanoTime() - begun) / 1e6, "ms");
      tab.await("document.querySelector('.areas-chart svg') !== null");
      figures.print(name + "charts", (System.nanoTime() - begun) / 1e6, "ms");
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageCost.class.getResourceAsStream("/bench/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A page of its own with the browser's own figures. */
  private static final class Tab implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final CDPSession session;

    Tab(Browser browser) {
      context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1600, 1000));
      page = context.newPage();
      page.setDefaultTimeout(PATIENCE_MILLIS);
      session = context.newCDPSession(page);
      JsonObject domain = new JsonObject();
      // CPU of the thread: what others do on the machine is not counted.
      domain.addProperty("timeDomain", "threadTicks");
      session.send("Performance.enable", domain);
    }

    double cpuMillis() {
      return 1e3 * metric("TaskDuration");
    }

    double heapMegabytes() {
      session.send("HeapProfiler.collectGarbage");
      return metric("JSHeapUsedSize") / MEGABYTE;
    }

    /**
     * Blocks until it is so; in a script of ours, as the page's policy lets none be made of text.
     */
    void await(String expression) {
      page.evaluate(
          "async () => { while (!("
              + expression
              + ")) await new Promise((done) => setTimeout(done, 20)); }");
    }

    double number(String expression) {
      return ((Number) page.evaluate(expression)).doubleValue();
    }

    /** CPU of updates of all clusters. */
    double updates(int count) {
      page.evaluate("count => bench.prepare(count)", count);
      double before = cpuMillis();
      page.evaluate("bench.updates()");
      return cpuMillis() - before;
    }

    private double metric(String name) {
      for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
        if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
          return metric.getAsJsonObject().get("value").getAsDouble();
        }
      }
      throw new IllegalStateException("the browser knows no " + name);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
