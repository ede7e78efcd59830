package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PageFilesTest {

  private static void put(JarOutputStream out, String name, String content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  @Test
  void theRealPageIsComplete() throws Exception {
    PageFiles page = PageFiles.load(PageFilesTest.class.getClassLoader(), "webroot");
    assertNotNull(page.at("/"));
    assertNotNull(page.at("/js/main.js"));
    assertNull(page.at("/test/"));
    for (String name :
        List.of(
            "highcharts.js",
            "modules/accessibility.js",
            "modules/pattern-fill.js",
            "modules/exporting.js",
            "modules/offline-exporting.js",
            "modules/export-data.js")) {
      PageFile file = page.at("/lib/highcharts/" + name);
      assertNotNull(file, name);
      assertTrue(file.plain().length() > 1_000);
    }
    String index = page.at("/").plain().toString();
    var links = Pattern.compile("(?:src|href)=\"([^\"#:]+)\"").matcher(index);
    while (links.find()) {
      assertNotNull(page.at("/" + links.group(1)), links.group(1));
    }
  }

  @Test
  void isSentAsItIsUntilTheSmallerFormsAreMade() throws Exception {
    PageFiles page = PageFiles.load(PageFilesTest.class.getClassLoader(), "webroot");
    PageFile before = page.at("/js/main.js");
    assertNull(before.zipped());
    page.compress();
    PageFile after = page.at("/js/main.js");
    assertTrue(after.zipped().length() < before.plain().length() / 2);
    assertEquals(before.plain(), after.plain());
    assertEquals(before.tag(), after.tag());
    assertNotEquals(after.tag(), after.zippedTag());
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(after.zipped().getBytes()))) {
      assertArrayEquals(after.plain().getBytes(), zip.readAllBytes());
    }
  }

  @Test
  void servesFromAJarAsWell(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("page with space.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("jarred/index.html", "jarred/js/a.js", "other/b.js")) {
        put(out, name, name);
      }
      put(out, "jarred/.files", "index.html\njs/a.js\n");
    }
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      PageFiles page = PageFiles.load(loader, "jarred");
      assertEquals("jarred/index.html", page.at("/").plain().toString());
      assertEquals("jarred/js/a.js", page.at("/js/a.js").plain().toString());
      assertNull(page.at("/b.js"));
      assertNull(page.at("/other/b.js"));
    }
  }
}
