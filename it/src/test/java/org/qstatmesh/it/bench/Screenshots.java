package org.qstatmesh.it.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PythonPeer;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * Pictures of the page for people to look at, in {@code it/target/screenshots}: the demo in light,
 * dark and narrow, its places, a server that is gone; few and many rows; nothing to show; long
 * names.
 */
final class Screenshots implements Benchmark {
  private static final List<Integer> CLUSTERS = List.of(1, 40, 100);
  private static final int MOST_CLUSTERS = 100;
  private static final int WIDE = 1600;
  private static final int HIGH = 1060;

  /** So long an animation may last, and the next frame may be of. */
  private static final int SETTLED_MILLIS = 1200;

  private static final String DRAWN =
      """
      () => {
        const rows = [...document.querySelectorAll('qm-row')];
        const up = rows.filter((row) => row.dataset.status === 'UP');
        return up.length >= Math.min(Math.max(rows.length - 1, 1), 4)
          && up[0].querySelector('.donut-chart svg, .history-note, .areas-chart svg') !== null
          && !/(asking|reading) …/.test(document.querySelector('.sheet-body')?.textContent ?? '');
      }""";

  private static final String EMPTY =
      """
      {"drms": "slurm", "drmsVersion": "23.11.4", "visibility": "ALL", "jobs": [], "nodes": [
        {"nodeName": "n1", "nodeState": "FREE", "slots": 32, "usedSlots": 0, "freeSlots": 32}]}""";

  private Path pictures;
  private Figures figures;

  @Override
  public String explanation() {
    return "pictures of the page to look at, in it/target/screenshots";
  }

  @Override
  public void run(Path directory, Figures printed) throws Exception {
    figures = printed;
    pictures = Files.createDirectories(Checkout.root().resolve("it/target/screenshots"));
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
      lookAtDemo(browser);
      lookAtMany(browser, directory);
      lookAtOdd(browser, directory);
    }
  }

  private void lookAtDemo(Browser browser) throws Exception {
    try (RunningProcess demo =
        RunningProcess.start("demo", Checkout.mesh(List.of("demo", "--port", "0")))) {
      URI url = URI.create(demo.awaitLine("the page is at (http://\\S+)").group(1));
      take(browser, "light", url.resolve("#past=7d"), WIDE, HIGH, ColorScheme.LIGHT);
      take(browser, "dark", url.resolve("#past=7d&by=group"), WIDE, HIGH, ColorScheme.DARK);
      take(browser, "phone", url, 390, 844, ColorScheme.LIGHT);
      take(browser, "phone-dark", url, 390, 844, ColorScheme.DARK);
      take(browser, "narrow", url, 320, 640, ColorScheme.LIGHT);
      take(browser, "tablet", url, 820, 1180, ColorScheme.LIGHT);
      take(browser, "kiosk", url.resolve("?kiosk"), 1920, 1080, ColorScheme.DARK);
      lookAtPlaces(browser, url);
      try (BrowserContext context = contextOf(browser, WIDE, HIGH, ColorScheme.LIGHT)) {
        Page page = open(context, url);
        demo.kill();
        page.locator("[data-field='connection'][data-state='away']").waitFor();
        shoot(page, "gone");
      }
    }
  }

  private void lookAtPlaces(Browser browser, URI url) throws Exception {
    try (BrowserContext context = contextOf(browser, WIDE, HIGH, ColorScheme.LIGHT)) {
      Page page = open(context, url);
      String up = "qm-row[data-status='UP']";
      String cluster = page.locator(up).first().getAttribute("data-cluster");
      String who = page.locator(up + " .legend-line").first().getAttribute("data-key");
      for (String link :
          List.of(
              "jobs&of=" + cluster,
              "nodes&of=" + cluster,
              "queues&of=" + cluster,
              "changes&of=" + cluster,
              "person&who=" + who,
              "find&text=a",
              "fit&nodes=2&cores=16",
              "tell")) {
        page.evaluate("link => { location.hash = `open=${link}`; }", link);
        shoot(page, "place-" + link.replaceFirst("&.*", ""));
      }
    }
    URI jobs = url.resolve("#open=fit&nodes=2&cores=16");
    take(browser, "phone-place", jobs, 390, 844, ColorScheme.DARK);
  }

  private void lookAtMany(Browser browser, Path directory) throws Exception {
    try (ManyProbes probes = ManyProbes.of(directory.resolve("probes"), MOST_CLUSTERS)) {
      for (int count : CLUSTERS) {
        Path own = directory.resolve("x" + count);
        MeshConf conf = MeshConf.in(own.resolve("conf"), 10);
        for (int i = 0; i < count; i++) {
          conf.direct("hpc" + (i + 1), probes.endpoints().get(i));
        }
        try (MeshProcess mesh = MeshProcess.start(conf, own.resolve("data"))) {
          take(browser, "x" + count, mesh.page(), WIDE, HIGH, ColorScheme.LIGHT);
        }
      }
    }
  }

  private void lookAtOdd(Browser browser, Path directory) throws Exception {
    Path script = PythonPeer.script(directory, "probes.py");
    Path empty = Files.writeString(directory.resolve("empty.json"), EMPTY);
    Path names = Files.writeString(directory.resolve("names.json"), longNames());
    try (PythonPeer quiet = PythonPeer.probe(script, empty.toString(), "1");
        PythonPeer wordy = PythonPeer.probe(script, names.toString(), "1")) {
      MeshConf conf =
          MeshConf.in(directory.resolve("odd"), 10)
              .direct("empty", quiet.endpoint())
              .direct("long-names", wordy.endpoint())
              .direct("never-seen", "tcp://127.0.0.1:" + Checkout.freePort());
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("odd-data"))) {
        take(browser, "odd", mesh.page(), WIDE, HIGH, ColorScheme.LIGHT);
        take(browser, "odd-phone", mesh.page(), 390, 1600, ColorScheme.LIGHT);
        URI jobs = mesh.page().resolve("#open=jobs&of=long-names");
        take(browser, "odd-jobs", jobs, WIDE, HIGH, ColorScheme.LIGHT);
        take(browser, "odd-jobs-phone", jobs, 390, 844, ColorScheme.LIGHT);
      }
    }
  }

  private static String longNames() {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "a.very.long.name.of-some_user.at.the.institute.%02d".formatted(i);
      jobs.add(
          """
          {"jobId": "%d[%d].login-of-a-cluster.with.a.long.domain.example", "jobName": "%s",
           "jobOwner": "%s", "groupName": "%s", "queueName": "%s", "jobState": "%s", "slots": %d,
           "reason": "%s"}"""
              .formatted(
                  1_000_000 + i,
                  i,
                  name,
                  name,
                  name,
                  name,
                  i % 3 == 0 ? "QUEUED" : "RUNNING",
                  9 - i / 2,
                  name));
    }
    return """
    {"drms": "slurm", "drmsVersion": "23.11.4", "visibility": "OWN", "jobs": %s, "nodes": [
      {"nodeName": "n1", "nodeState": "PARTIAL", "slots": 1234567, "usedSlots": 60,
       "freeSlots": 1234507}]}"""
        .formatted(jobs);
  }

  private static BrowserContext contextOf(Browser browser, int wide, int high, ColorScheme scheme) {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(wide, high).setColorScheme(scheme));
  }

  private static Page open(BrowserContext context, URI url) {
    Page page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.navigate(url.toString());
    page.waitForFunction(DRAWN);
    return page;
  }

  private void take(Browser browser, String name, URI url, int wide, int high, ColorScheme scheme)
      throws Exception {
    try (BrowserContext context = contextOf(browser, wide, high, scheme)) {
      shoot(open(context, url), name);
    }
  }

  private void shoot(Page page, String name) throws Exception {
    page.waitForTimeout(SETTLED_MILLIS);
    Path file = pictures.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    SmallPicture.shrink(file);
    figures.print(name, Files.size(file), "bytes");
  }
}
