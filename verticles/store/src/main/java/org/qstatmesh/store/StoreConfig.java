package org.qstatmesh.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.qstatmesh.bus.Printable;

/**
 * Where the history is kept. The constructor throws {@link IllegalArgumentException}, worded for
 * the person who wrote the configuration, for a URL that this release does not serve.
 *
 * @param node name of this mesh node, for logs
 * @param url {@code jdbc:sqlite:NAME}; NAME is a file in the data directory, or an absolute path;
 *     no parameters, nothing in memory, no resource
 * @param dataDirectory made with mode 0700 when it does not exist
 */
public record StoreConfig(String node, String url, Path dataDirectory) {
  private static final String PREFIX = "jdbc:sqlite:";

  /** Makes the data directory absolute and checks the URL. */
  public StoreConfig {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    checkUrl(url, dataDirectory);
  }

  /** The database's file, absolute. */
  Path databaseFile() {
    return databaseFile(url, dataDirectory);
  }

  /**
   * sqlite-jdbc fetches {@code :resource:http://…} from the network and takes any pragma as a
   * parameter: only the name of a file is let through.
   */
  private static void checkUrl(String url, Path dataDirectory) {
    if (url == null || !url.startsWith(PREFIX)) {
      throw refused(url, "only jdbc:sqlite: is supported");
    }
    String name = url.substring(PREFIX.length());
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
      throw refused(url, "must name a file");
    }
    if (name.indexOf('?') >= 0) {
      throw refused(url, "parameters are not allowed");
    }
    Path file;
    try {
      file = databaseFile(url, dataDirectory);
    } catch (InvalidPathException e) {
      throw refused(url, "is no path");
    }
    if (file.equals(dataDirectory) || file.getParent() == null) {
      throw refused(url, "must name a file");
    }
    if (!Path.of(name).isAbsolute() && !file.startsWith(dataDirectory)) {
      throw refused(url, "leaves the data directory; an absolute path may");
    }
  }

  private static Path databaseFile(String url, Path dataDirectory) {
    return dataDirectory.resolve(url.substring(PREFIX.length())).normalize();
  }

  private static IllegalArgumentException refused(String url, String why) {
    return new IllegalArgumentException("store.url " + Printable.escape(url) + ": " + why);
  }
}
