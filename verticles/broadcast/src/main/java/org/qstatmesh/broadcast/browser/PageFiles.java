package org.qstatmesh.broadcast.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The files of the page by their exact request path. What is not in the map does not exist: no path
 * is ever resolved, so none can lead out.
 */
final class PageFiles {
  private static final String INDEX = "index.html";

  /** Written by the packer: to look through the jar's thirty thousand names takes too long. */
  private static final String LIST = ".files";

  /** By ending; a file with another ending is not part of the page. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json");

  /** What the page may load of the WebJar, under {@code /lib/highcharts/}. */
  private static final List<String> HIGHCHARTS =
      List.of(
          "highcharts.js",
          "modules/accessibility.js",
          "modules/pattern-fill.js",
          "modules/exporting.js",
          "modules/offline-exporting.js",
          "modules/export-data.js",
          "css/highcharts.css");

  private final ConcurrentMap<String, PageFile> files = new ConcurrentHashMap<>();

  private PageFiles() {}

  /**
   * Reads every file, to be sent as it is; blocks.
   *
   * @param root folder of the class path that holds index.html and the packer's list
   */
  static PageFiles load(ClassLoader loader, String root) throws IOException {
    PageFiles page = new PageFiles();
    page.loadFolder(loader, root);
    page.loadHighcharts(loader);
    return page;
  }

  /**
   * Makes the smaller forms, from now on sent to who takes them; any thread, blocks for as long as
   * the rest of a start takes.
   */
  void compress() {
    files.replaceAll((path, file) -> file.compressed());
  }

  /** The file of a request path, or null. */
  PageFile at(String path) {
    return files.get(path);
  }

  int count() {
    return files.size();
  }

  private void loadFolder(ClassLoader loader, String root) throws IOException {
    String list = new String(read(loader, root + "/" + LIST), StandardCharsets.UTF_8);
    for (String name : list.lines().toList()) {
      add(name, read(loader, root + "/" + name));
    }
    PageFile index = files.get("/" + INDEX);
    if (index == null) {
      throw new IOException(root + "/" + LIST + " does not name " + INDEX);
    }
    files.put("/", index);
  }

  private static byte[] read(ClassLoader loader, String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " on the class path");
      }
      return in.readAllBytes();
    }
  }

  private void loadHighcharts(ClassLoader loader) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = PageFiles.class.getResourceAsStream("highcharts.properties")) {
      properties.load(in);
    }
    String version = properties.getProperty("version");
    String folder = "META-INF/resources/webjars/highcharts/" + version + "/code/";
    for (String name : HIGHCHARTS) {
      add("lib/highcharts/" + name, read(loader, folder + name));
    }
  }

  private void add(String name, byte[] content) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    boolean hidden = name.startsWith(".") || name.contains("/.");
    if (type != null && !hidden) {
      files.put("/" + name, PageFile.of(type, content));
    }
  }
}
