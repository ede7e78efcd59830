package org.qstatmesh.broadcast.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The files of the page by their exact request path. What is not in the map does not exist: no path
 * is ever resolved, so none can lead out.
 */
final class PageFiles {
  private static final String INDEX = "index.html";

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

  private final Map<String, PageFile> files = new HashMap<>();

  private PageFiles() {}

  /**
   * Reads every file; blocks.
   *
   * @param root folder of the class path that holds index.html
   */
  static PageFiles load(ClassLoader loader, String root) throws IOException {
    PageFiles page = new PageFiles();
    page.loadFolder(loader, root);
    page.loadHighcharts(loader);
    return page;
  }

  /** The file of a request path, or null. */
  PageFile at(String path) {
    return files.get(path);
  }

  int count() {
    return files.size();
  }

  private void loadFolder(ClassLoader loader, String root) throws IOException {
    URL index = loader.getResource(root + "/" + INDEX);
    if (index == null) {
      throw new IOException("no " + root + "/" + INDEX + " on the class path");
    }
    if (index.openConnection() instanceof JarURLConnection jar) {
      // A cache of the connection would keep the jar open, or close it under another user.
      jar.setUseCaches(false);
      try (JarFile file = jar.getJarFile()) {
        loadJar(file, root + "/");
      }
    } else {
      loadDirectory(index);
    }
    files.put("/", files.get("/" + INDEX));
  }

  private void loadJar(JarFile jar, String prefix) throws IOException {
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
        try (InputStream in = jar.getInputStream(entry)) {
          add(entry.getName().substring(prefix.length()), in.readAllBytes());
        }
      }
    }
  }

  private void loadDirectory(URL index) throws IOException {
    Path folder;
    try {
      folder = Path.of(index.toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IOException("cannot read " + index, e);
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
        add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
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
      try (InputStream in = loader.getResourceAsStream(folder + name)) {
        if (in == null) {
          throw new IOException("no " + folder + name + " on the class path");
        }
        add("lib/highcharts/" + name, in.readAllBytes());
      }
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
