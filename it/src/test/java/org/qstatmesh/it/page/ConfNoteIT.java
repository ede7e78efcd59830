package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;

/** A broken change of conf/ is said on the page, and goes when it is mended. */
@Timeout(180)
@ExtendWith(PageBrowser.class)
class ConfNoteIT {
  private static final double PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  @Test
  void whatIsBrokenIsSaidWhileRowsGoOn(BrowserContext browser, @TempDir Path directory)
      throws Exception {
    try (ManyProbes probes = ManyProbes.of(directory.resolve("probes"), 1)) {
      MeshConf conf =
          MeshConf.in(directory.resolve("conf"), 5).direct("near", probes.endpoints().get(0));
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"))) {
        GridPage grid = GridPage.open(browser, mesh.page());
        grid.awaitStatus("near", "UP");
        Locator note = grid.page().locator("[data-field='conf-broken']");
        assertThat(note).hasCount(0);

        Path broken = conf.directory().resolve("<img src=x onerror=alert(1)>.json");
        Files.writeString(broken, "{\n \"notify\": hunter2\n}");
        Path wrong = conf.directory().resolve("hpc2.json");
        Files.writeString(wrong, "{\"clusters\": {\"hpc2\": {\"ssh\": 7}}}");
        assertThat(note.locator("li"))
            .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(note)
            .containsText(
                Pattern.compile("cannot be used; the grid goes on with what was read at \\d"));
        assertThat(note.locator("li").first())
            .hasText(
                "<img src=x onerror=alert(1)>.json, line 2, column 19: is no JSON; the log says more");
        assertThat(note.locator("li").last())
            .hasText(Pattern.compile("hpc2\\.json, /clusters/hpc2/ssh: must be of type .*"));
        assertThat(note.locator("img")).hasCount(0);
        assertFalse(grid.page().content().contains("hunter2"), "a value that may be a secret");
        assertEquals("", String.join("\n", Axe.findings(grid.page())));
        grid.page().setViewportSize(320, 640);
        assertEquals(0, grid.page().evaluate("document.documentElement.scrollWidth - innerWidth"));

        // Who comes now is told, too, and sees the rows.
        GridPage later = GridPage.open(browser, mesh.page());
        later.awaitStatus("near", "UP");
        assertThat(later.page().locator("[data-field='conf-broken'] li")).hasCount(2);
        Files.delete(broken);
        Files.delete(wrong);
        assertThat(note)
            .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
        assertEquals(List.of(), grid.complaints());
        assertEquals(List.of(), later.complaints());
      }
    }
  }
}
