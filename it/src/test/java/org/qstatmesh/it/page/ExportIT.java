package org.qstatmesh.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.PythonPeer;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Each chart as a file, made in the browser: opened by click and key, looked into, nothing sent.
 */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class ExportIT {
  private static final String TAG = "<img src=x onerror=alert(1)>";
  private static final String MOMENT = "-\\d{4}-\\d\\d-\\d\\dT\\d{4}Z\\.";

  /** Between the strongest and the weakest of red, green and blue; less is text. */
  private static final int VIVID = 60;

  @TempDir private Path directory;

  @Test
  void whatIsInAChartGoesToAFileAndNowhereElse(BrowserContext browser) throws Exception {
    Path script = PythonPeer.script(directory, "hostile_probe.py");
    try (PythonPeer names = PythonPeer.probe(script, "snapshot");
        MeshProcess mesh =
            MeshProcess.start(
                MeshConf.in(directory.resolve("conf"), 10).direct("names", names.endpoint()),
                directory.resolve("data"))) {
      List<String> asked = new ArrayList<>();
      browser.onRequest(request -> asked.add(request.url()));
      URI server = mesh.page();
      GridPage grid = GridPage.open(browser, server.resolve("#by=account&past=1h"));
      grid.awaitStatus("names", "UP");
      assertThat(grid.row("names").locator(".donut-chart svg")).isVisible();
      assertThat(grid.row("names").locator(".areas-chart svg")).isVisible();

      String donut = text(save(grid, "qm-usage", "csv", "names-cores-by-account-now"));
      assertTrue(donut.startsWith("time,cluster,dimension,kind,key,name,value"), donut);
      assertTrue(donut.endsWith(",cores\r\n") && !donut.replace("\r\n", "").contains("\n"), donut);
      assertTrue(donut.contains(",names,account,key," + TAG + "," + TAG + ",3,,,cores\r\n"), donut);
      assertTrue(donut.contains(",key,'=1+1,'=1+1,2,"), donut);
      assertFalse(donut.contains(",=") || donut.contains("\u001b"), donut);
      // The first minute of a history may be drawn before it knows any account.
      Eventually.eventually(
          "the accounts are in the chart over time",
          () ->
              text(save(grid, "qm-history", "csv", "names-cores-by-account-1h"))
                  .contains(",names,account,key,'=1+1,'=1+1,2,"));
      String areas = text(save(grid, "qm-history", "csv", "names-cores-by-account-1h"));
      assertTrue(areas.contains(",names,account,key,'=1+1,'=1+1,2,"), areas);
      assertTrue(areas.contains(",names,account,total,,,8,"), areas);

      for (String panel : List.of("qm-usage", "qm-history")) {
        lookInto(grid, panel);
      }
      assertTrue(asked.stream().allMatch(url -> isOurs(url, server)), asked.toString());
      assertEquals(List.of(), grid.complaints());
    }
  }

  private void lookInto(GridPage grid, String panel) throws Exception {
    String name = "names-cores-by-account-" + (panel.equals("qm-usage") ? "now" : "1h");
    JsonNode json = new ObjectMapper().readTree(text(save(grid, panel, "json", name)));
    assertEquals("cores", json.path("unit").asText());
    assertTrue(json.toString().contains("\"key\":\"" + TAG + "\""), json.toString());
    assertTrue(json.toString().contains("\"key\":\"=1+1\""), json.toString());
    String svg = text(save(grid, panel, "svg", name));
    assertFalse(svg.contains("<img") || svg.contains("var(") || svg.contains("class="), svg);
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    List<String> texts = new ArrayList<>();
    NodeList nodes = picture.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    assertTrue(texts.contains(TAG) && texts.contains("=1+1"), texts.toString());
    var png = ImageIO.read(save(grid, panel, "png", name).toFile());
    int width = Integer.parseInt(picture.getDocumentElement().getAttribute("width"));
    assertEquals(2 * width, png.getWidth());
    assertEquals(0xffffffff, png.getRGB(0, 0), "light, whatever the page is");
    assertTrue(isColoured(png), "no shape has its colour");
  }

  private static boolean isColoured(BufferedImage png) {
    for (int x = 0; x < png.getWidth(); x++) {
      for (int y = 0; y < png.getHeight(); y++) {
        Color pixel = new Color(png.getRGB(x, y));
        int most = Math.max(pixel.getRed(), Math.max(pixel.getGreen(), pixel.getBlue()));
        int least = Math.min(pixel.getRed(), Math.min(pixel.getGreen(), pixel.getBlue()));
        if (most - least > VIVID) {
          return true;
        }
      }
    }
    return false;
  }

  /** By the keys alone: the button is reached, opened, and the form chosen by its arrows. */
  private Path save(GridPage grid, String panel, String form, String name) {
    Page page = grid.page();
    Locator button = grid.row("names").locator(panel + " > .export-button");
    button.focus();
    page.keyboard().press("Enter");
    Locator wanted = page.locator(".export-menu [data-form='" + form + "']");
    assertThat(page.locator(".export-menu [data-form='png']")).isFocused();
    for (int i = List.of("png", "svg", "csv", "json").indexOf(form); i > 0; i--) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(wanted).isFocused();
    Download download = page.waitForDownload(() -> page.keyboard().press("Enter"));
    assertThat(page.locator(".export-menu")).hasCount(0);
    assertThat(button).isFocused();
    String called = download.suggestedFilename();
    assertTrue(called.matches(name + MOMENT + form), called);
    Path file = directory.resolve(panel + "." + form);
    download.saveAs(file);
    return file;
  }

  @Test
  void theMenuGoesWithEscapeAndByAClickElsewhere(BrowserContext browser) throws Exception {
    Path script = PythonPeer.script(directory, "hostile_probe.py");
    try (PythonPeer names = PythonPeer.probe(script, "snapshot");
        MeshProcess mesh =
            MeshProcess.start(
                MeshConf.in(directory.resolve("conf"), 10).direct("names", names.endpoint()),
                directory.resolve("data"))) {
      GridPage grid = GridPage.open(browser, mesh.page());
      grid.awaitStatus("names", "UP");
      Locator button = grid.row("names").locator("qm-usage > .export-button");
      Locator menu = grid.page().locator(".export-menu");
      button.click();
      assertThat(menu).isVisible();
      grid.page().keyboard().press("Escape");
      assertThat(menu).hasCount(0);
      assertThat(button).isFocused();
      button.click();
      assertThat(menu).isVisible();
      grid.page().mouse().click(5, 5);
      assertThat(menu).hasCount(0);
      assertEquals(List.of(), grid.complaints());
    }
  }

  private static boolean isOurs(String url, URI server) {
    return url.startsWith(server.toString()) || url.startsWith("blob:") || url.startsWith("data:");
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
