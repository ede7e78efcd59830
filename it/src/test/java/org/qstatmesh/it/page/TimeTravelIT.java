package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.RunningProcess;

/** Every row as it was: by link, by keys, by the slider, played; and the way back. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class TimeTravelIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One step of the slider where a day is shown. */
  private static final Duration STEP = Duration.ofMinutes(5);

  @Test
  void theGridAsItWas(BrowserContext browser) throws Exception {
    try (RunningProcess demo =
        RunningProcess.start("demo", Checkout.mesh(List.of("demo", "--port", "0")))) {
      URI url = URI.create(demo.awaitLine("the page is at (http://\\S+)").group(1));
      Instant then = wholeStep(Instant.now().minus(Duration.ofHours(3)));
      GridPage grid = GridPage.open(browser, url.resolve("#past=24h&at=" + then));
      grid.awaitLive();
      awaitMoment(grid.page(), then);
      assertShows(url, grid, then);
      assertSaysThatItIsNotNow(grid.page());
      moveByKeys(url, grid, then);
      play(grid.page());
      backToLive(grid);
      leaveTheRange(grid.page());
      assertEquals(List.of(), grid.complaints());
    }
  }

  private static Instant wholeStep(Instant moment) {
    long step = STEP.toSeconds();
    return Instant.ofEpochSecond(moment.getEpochSecond() / step * step);
  }

  private static void awaitMoment(Page page, Instant moment) {
    assertThat(page.locator("body")).hasAttribute("data-time", moment.toString());
  }

  /** Every number on the page is the one that the store answers with. */
  private static void assertShows(URI url, GridPage grid, Instant moment) throws Exception {
    JsonNode answer = stored(url, moment);
    assertTrue(answer.path("summaries").size() > 1, answer::toString);
    long free = 0;
    for (JsonNode summary : answer.path("summaries")) {
      String cluster = summary.path("cluster").asText();
      grid.awaitStatus(cluster, "UP");
      grid.awaitNumber(cluster, "free", summary.path("slots").path("free").asLong());
      grid.awaitNumber(cluster, "total", summary.path("slots").path("total").asLong());
      grid.awaitNumber(cluster, "queued", summary.path("jobs").path("queued").asLong());
      grid.awaitNumber(cluster, "nodes-full", summary.path("nodes").path("full").asLong());
      assertThat(grid.row(cluster).locator(".identity-age"))
          .hasText(Pattern.compile("as of \\d\\d:\\d\\d:\\d\\d"));
      free += summary.path("slots").path("free").asLong();
    }
    assertThat(grid.page().locator("qm-header [data-field='total-free']"))
        .hasAttribute("data-value", Long.toString(free));
  }

  private static JsonNode stored(URI url, Instant moment) throws Exception {
    try (GridClient client = GridClient.watching(url)) {
      return client.ask(
          "grid.at.query", JSON.createObjectNode().put("atEpochMillis", moment.toEpochMilli()));
    }
  }

  private static void assertSaysThatItIsNotNow(Page page) {
    assertThat(page.locator(".moment-bar")).isVisible();
    assertThat(page.locator(".moment-bar")).containsText("Not live");
    assertTrue(page.title().contains(" · "), page.title());
    assertThat(page.locator("[data-field='connection']")).hasText("connected");
    assertThat(page.locator("qm-history .moment-mark").first()).isVisible();
  }

  private static void moveByKeys(URI url, GridPage grid, Instant then) throws Exception {
    Page page = grid.page();
    page.keyboard().press("ArrowLeft");
    Instant before = then.minus(STEP);
    awaitMoment(page, before);
    assertShows(url, grid, before);
    assertThat(page).hasURL(Pattern.compile("&at=" + escaped(before)));

    Locator slider = page.locator("qm-time input");
    slider.focus();
    page.keyboard().press("Shift+ArrowRight");
    Instant after = before.plus(STEP.multipliedBy(10));
    awaitMoment(page, after);
    assertShows(url, grid, after);
    assertThat(slider).hasAttribute("aria-valuetext", Pattern.compile("\\d\\d:\\d\\d$"));

    Page other = page.context().newPage();
    other.navigate(page.url());
    awaitMoment(other, after);
    other.close();
    page.bringToFront();
  }

  private static String escaped(Instant moment) {
    return moment.toString().replace(":", "%3A");
  }

  private static void play(Page page) throws Exception {
    page.keyboard().press("p");
    assertThat(page.locator("[data-action='play']")).hasText("stop");
    String begun = page.locator("body").getAttribute("data-time");
    Eventually.eventually(
        "some pictures went by",
        () -> {
          String time = page.locator("body").getAttribute("data-time");
          return time != null
              && Instant.parse(time).isAfter(Instant.parse(begun).plus(Duration.ofMinutes(30)));
        });
    page.keyboard().press("p");
    assertThat(page.locator("[data-action='play']")).hasText("play");
  }

  private static void backToLive(GridPage grid) {
    Page page = grid.page();
    page.keyboard().press("l");
    assertThat(page.locator(".moment-bar")).isHidden();
    assertThat(page.locator("body[data-time]")).hasCount(0);
    assertThat(page.locator("[data-field='connection']")).hasText("live");
    // A stored summary has no revision; a live row has.
    assertThat(grid.row("granite")).hasAttribute("data-revision", Pattern.compile("[1-9]\\d*"));
    assertThat(page).not().hasURL(Pattern.compile("&at="));
  }

  /** Two days ago the last 24 hours show nothing of it: the charts move there. */
  private static void leaveTheRange(Page page) {
    page.keyboard().press("2");
    page.locator("qm-time input").focus();
    page.keyboard().press("Home");
    for (int i = 0; i < 3; i++) {
      page.keyboard().press("Shift+ArrowLeft");
    }
    assertThat(page.locator(".grid-head")).containsText("24 h around then");
    assertThat(page.locator("qm-history .moment-mark").first()).isVisible();
    page.locator(".moment-bar button").click();
    assertThat(page.locator(".grid-head")).containsText("past 24 h");
  }
}
