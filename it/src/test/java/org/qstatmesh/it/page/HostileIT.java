package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.BrowserComplaints;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;

/**
 * More than 200 vectors as every name and reason that a cluster has, on every place, in files,
 * notices and links: nothing executes, nothing becomes an element, nobody else is asked, and the
 * policy has nothing to report ({@link PageBrowser} ends each test with that).
 */
@Timeout(300)
@ExtendWith(PageBrowser.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileIT {

  private static final Pattern FIELD =
      Pattern.compile("(?m)(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,\"\r\n]*)");

  /** Opens one link after the other, waits for what each asks, and looks around. */
  private static final String VISIT =
      """
      async (links) => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const found = [];
        for (const link of links) {
          location.hash = link;
          const until = performance.now() + 3000;
          do await frame();
          while (performance.now() < until && /(asking|reading) …/.test(document.querySelector('qm-sheet .sheet-body')?.textContent ?? ''));
          await frame();
          found.push(...__found().map((what) => `${link}: ${what}`));
        }
        location.hash = '';
        return found;
      }""";

  private static final String LOOK_AT_EACH_ROW =
      """
      async () => {
        const found = [];
        for (const row of document.querySelectorAll('qm-row')) {
          row.scrollIntoView({ block: 'center' });
          const until = performance.now() + 10000;
          const isDrawn = () => row.querySelector('.donut-chart svg') && row.querySelector('.areas-chart svg');
          while (!isDrawn() && performance.now() < until) await new Promise((done) => setTimeout(done, 20));
          if (!isDrawn()) found.push(`${row.dataset.cluster} is not drawn`);
          found.push(...__found());
        }
        return found;
      }""";

  @TempDir private static Path directory;
  private static HostileGrid hostile;
  private static List<String> vectors;

  @BeforeAll
  static void start() throws Exception {
    vectors = HostileGrid.vectors();
    assertTrue(vectors.size() >= 200, () -> "vectors: " + vectors.size());
    hostile = HostileGrid.start(directory);
  }

  @AfterAll
  static void stop() {
    hostile.close();
  }

  /** Who reads the same vectors as markup is found out, in each of the ways. */
  @Test
  @Order(1)
  void aPageThatReadsThemAsMarkupIsFoundOut(BrowserContext browser) throws Exception {
    try (BrowserContext careless = browser.browser().newContext()) {
      BrowserComplaints complaints = BrowserComplaints.of(careless);
      careless.addInitScript(HostileGrid.detector());
      Page page = careless.newPage();
      String url = "http://127.0.0.1:9/careless";
      page.route(
          url,
          route ->
              route.fulfill(
                  new Route.FulfillOptions().setContentType("text/html").setBody("<p>x</p>")));
      page.navigate(url);
      page.evaluate(
          """
          async (vectors) => {
            for (const vector of vectors) document.body.insertAdjacentHTML('beforeend', vector);
            await new Promise((done) => setTimeout(done, 500));
          }""",
          vectors.stream().filter(vector -> !vector.contains("refresh")).toList());
      List<?> found = (List<?>) page.evaluate("__found()");
      assertSome(found, "executed 21$");
      assertSome(found, "executed 128$");
      assertSome(found, "^element <img");
      assertSome(found, "^attribute href=javascript:");
      assertSome(complaints.found(), "^dialog: 22$");
      assertSome(complaints.found(), "^request to another machine: .*evil\\.invalid/28");
    }
    try (BrowserContext guarded = browser.browser().newContext()) {
      BrowserComplaints complaints = BrowserComplaints.of(guarded);
      guarded.addInitScript(HostileGrid.detector());
      Page page = guarded.newPage();
      page.navigate(hostile.page().toString());
      page.evaluate("v => document.body.insertAdjacentHTML('beforeend', v)", vectors.get(20));
      page.waitForCondition(
          () -> complaints.found().stream().anyMatch(said -> said.startsWith("policy: script")));
    }
  }

  private static void assertSome(List<?> found, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    assertTrue(
        found.stream().anyMatch(one -> wanted.matcher(String.valueOf(one)).find()),
        () -> pattern + " is not among " + found);
  }

  @Test
  @Order(2)
  void inRowsTheirTablesAndWhatThePointerFinds(BrowserContext browser) throws Exception {
    GridPage grid = open(browser, "");
    Page page = grid.page();
    for (String dimension : List.of("queues", "users")) {
      grid.choose(dimension);
      assertEquals(List.of(), page.evaluate(LOOK_AT_EACH_ROW), dimension);
    }
    Locator first = grid.row("v2").locator(".legend-line");
    assertThat(first.filter(new Locator.FilterOptions().setHasText(vectors.get(20)))).hasCount(1);
    for (String cluster : hostile.clusters()) {
      Locator row = grid.row(cluster);
      row.scrollIntoViewIfNeeded();
      assertThat(row.locator(".donut-chart svg")).isVisible();
      row.locator(".donut-chart").hover();
      row.locator(".areas-chart").hover();
      row.focus();
      page.keyboard().press("t");
      assertThat(row.locator(".row-tables table").first()).isVisible();
      assertClean(page);
      page.keyboard().press("t");
    }
  }

  @Test
  @Order(3)
  void onEveryPlaceAndInEveryPartOfALink(BrowserContext browser) throws Exception {
    GridPage grid = open(browser, "");
    List<String> links =
        List.of(
            "open=jobs&of=v0&owner=%s&text=%s&sort=%s&state=%s&page=%s",
            "open=lab&lab=%s",
            "open=queue&of=%s&queue=%s",
            "open=nodes&of=%s&node=%s&text=%s&shape=%s&color=%s",
            "open=nodes&of=v0&node=%s&text=%s",
            "open=fit&nodes=%s&cores=%s&gpus=%s&memory=%s&time=%s",
            "open=tell&cores=%s",
            "open=changes&of=%s&to=%s&%s=1",
            "open=find&text=%s");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      String vector = encoded(vectors.get(i));
      String every = "by=%s&in=%s&past=%s&as=%s&at=%s&open=person&who=%s";
      for (String link : List.of(every, links.get(i % links.size()))) {
        all.add(link.replace("%s", vector));
      }
    }
    assertEquals(List.of(), visit(grid, all));
    for (int i = 0; i < hostile.clusters().size(); i++) {
      String of = "&of=" + hostile.clusters().get(i);
      String vector = encoded(vectors.get(Math.min(i * HostileGrid.EACH, vectors.size() - 1)));
      List<String> own =
          List.of(
              "open=queues" + of,
              "open=jobs" + of,
              "open=nodes" + of,
              "open=nodes&shape=table" + of + "&node=" + vector,
              "open=queue" + of + "&queue=" + vector,
              "open=job" + of + "&job=0." + vector);
      assertEquals(List.of(), visit(grid, own));
    }
  }

  /** What the visits to the places looked at is there, as text. */
  @Test
  @Order(2)
  void onAPlaceTheyAreReadAsTheyAre(BrowserContext browser) throws Exception {
    GridPage grid = open(browser, "#open=jobs&of=v2");
    Page page = grid.page();
    assertThat(page.locator("tr[data-job]").first()).isVisible();
    assertThat(page.locator("qm-place-jobs")).containsText(vectors.get(20));
    assertClean(page);
  }

  private static Object visit(GridPage grid, List<String> links) {
    return grid.page().evaluate(VISIT, links);
  }

  @Test
  @Order(4)
  void inTheLinkThatThePageIsOpenedWith(BrowserContext browser) throws Exception {
    browser.addInitScript(HostileGrid.detector());
    Page page = browser.newPage();
    List<String> names = List.of("row", "kiosk", "at", "by", "who", "text", "open", "of");
    for (int from = 0; from < vectors.size(); from += names.size()) {
      int begin = from;
      String query =
          names.stream()
              .map(
                  name ->
                      name
                          + "="
                          + encoded(vectors.get((begin + names.indexOf(name)) % vectors.size())))
              .collect(Collectors.joining("&"));
      page.navigate(hostile.page() + "?" + query + "#" + query + "&open=find");
      page.locator("qm-grid").waitFor();
      assertClean(page);
    }
  }

  @Test
  @Order(5)
  void inFiles(BrowserContext browser) throws Exception {
    GridPage grid = open(browser, "#past=1h");
    for (String cluster : hostile.clusters()) {
      String csv = Files.readString(save(grid, cluster, "csv"));
      FIELD.matcher(csv).results().forEach(field -> assertNoFormula(field.group(1)));
      new ObjectMapper().readTree(save(grid, cluster, "json").toFile());
      String svg = Files.readString(save(grid, cluster, "svg"));
      var picture =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      for (String tag : List.of("script", "image", "a", "foreignObject", "animate", "set", "img")) {
        assertEquals(0, picture.getElementsByTagName(tag).getLength(), tag + " in " + svg);
      }
    }
    assertTrue(ImageIO.read(save(grid, "v2", "png").toFile()).getWidth() > 100);
    assertClean(grid.page());
    // What was saved is opened by itself, without any policy.
    Page picture = grid.page().context().newPage();
    picture.navigate(save(grid, "v2", "svg").toUri().toString());
    assertEquals(List.of(), picture.evaluate("__found()"));
  }

  /** Neither as it is nor cut at semicolons, as some spreadsheets cut. */
  private static void assertNoFormula(String field) {
    String text = field.startsWith("\"") ? field.substring(1, field.length() - 1) : field;
    for (String cell : text.split(";")) {
      assertFalse(
          cell.matches("[=+@\uff1d\uff0b\uff20\uff0d-](?s:.*)"), () -> "a formula: " + field);
    }
  }

  private static Path save(GridPage grid, String cluster, String form) {
    Page page = grid.page();
    // Charts, and what goes with them, come when their row is near.
    grid.row(cluster).scrollIntoViewIfNeeded();
    grid.row(cluster).locator("qm-usage > .export-button").click();
    Download download =
        page.waitForDownload(() -> page.locator(".export-menu [data-form='" + form + "']").click());
    Path file = directory.resolve(cluster + "." + form);
    download.saveAs(file);
    return file;
  }

  /** Last: jobs start and nodes go down. */
  @Test
  @Order(6)
  void inNoticesAndNews(BrowserContext browser) throws Exception {
    String me = vectors.get(20);
    browser.grantPermissions(List.of("notifications"));
    browser.addInitScript(
        "if (location.protocol === 'http:') localStorage.setItem('qstat-mesh-me', "
            + new ObjectMapper().writeValueAsString(me)
            + "); if (location.protocol === 'http:') localStorage.setItem('qstat-mesh-tell', '[{\"kind\":\"started\"}]')");
    GridPage grid = open(browser, "");
    Page page = grid.page();
    page.keyboard().press("m");
    assertThat(page.locator("#sheet-title")).hasText(me + " everywhere");
    page.keyboard().press("Escape");
    page.waitForCondition(() -> page.workers().size() == 1);
    hostile.happen();
    Locator card = page.locator(".notice-card[data-notice='started']").first();
    assertThat(card).containsText(me);
    for (String cluster : hostile.clusters()) {
      page.evaluate("link => { location.hash = link; }", "open=changes&of=" + cluster);
      Locator news = page.locator(".change");
      assertThat(news.first()).isVisible();
      assertClean(page);
    }
  }

  private static GridPage open(BrowserContext browser, String link) throws Exception {
    browser.addInitScript(HostileGrid.detector());
    GridPage grid = GridPage.open(browser, hostile.page().resolve(link));
    for (String cluster : hostile.clusters()) {
      grid.awaitStatus(cluster, "UP");
    }
    return grid;
  }

  private static void assertClean(Page page) {
    assertEquals(List.of(), page.evaluate("__found()"));
  }

  private static String encoded(String vector) {
    return URLEncoder.encode(vector, StandardCharsets.UTF_8);
  }
}
