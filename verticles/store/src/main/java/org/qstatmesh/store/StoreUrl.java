package org.qstatmesh.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.bus.Printable;

/** Which JDBC URLs are served. A driver does much more than is wanted for whom it finds in one. */
final class StoreUrl {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";

  /** Hosts with ports, a database, parameters. */
  private static final Pattern SERVER =
      Pattern.compile(
          "jdbc:postgresql://%1$s(?:,%1$s)*/[A-Za-z0-9._%%$-]+(?:\\?(.*))?".formatted(HOST));

  /**
   * What only says how the connection is secured and named. socketFactory, sslfactory and their
   * like load classes, loggerFile writes files, options sets what acknowledged means.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "ApplicationName",
          "channelBinding",
          "currentSchema",
          "gssEncMode",
          "hostRecheckSeconds",
          "ssl",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslNegotiation",
          "sslrootcert",
          "targetServerType");

  private StoreUrl() {}

  /**
   * Refuses what is not served.
   *
   * @throws IllegalArgumentException worded for the person who wrote it
   */
  static void check(String url, Path dataDirectory) {
    if (url != null && url.startsWith(SQLITE)) {
      checkFile(url, dataDirectory);
    } else if (isServer(url)) {
      checkServer(url);
    } else {
      throw refused(url, "only jdbc:sqlite: and jdbc:postgresql: are supported");
    }
  }

  static boolean isServer(String url) {
    return url != null && url.startsWith(POSTGRESQL);
  }

  /**
   * sqlite-jdbc fetches {@code :resource:http://…} from the network and takes any pragma as a
   * parameter: only the name of a file is let through.
   */
  private static void checkFile(String url, Path dataDirectory) {
    String name = url.substring(SQLITE.length());
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
      throw refused(url, "must name a file");
    }
    if (name.indexOf('?') >= 0) {
      throw refused(url, "parameters are not allowed");
    }
    Path file;
    try {
      file = file(url, dataDirectory);
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

  private static void checkServer(String url) {
    Matcher parts = SERVER.matcher(url);
    if (!parts.matches()) {
      throw refused(url, "must be jdbc:postgresql://HOST:PORT/DATABASE");
    }
    if (parts.group(1) == null) {
      return;
    }
    for (String parameter : parts.group(1).split("&", -1)) {
      String name = parameter.split("=", 2)[0];
      if (name.equals("user") || name.equals("password")) {
        throw refused(
            url.substring(0, url.indexOf('?')), "say " + name + " in store.user or passwordFile");
      }
      if (!HARMLESS.contains(name)) {
        throw refused(
            url,
            "parameter "
                + Printable.escape(name)
                + " is none of "
                + HARMLESS.stream().sorted().toList());
      }
    }
  }

  /** The file that a URL of SQLite names, absolute. */
  static Path file(String url, Path dataDirectory) {
    return dataDirectory.resolve(url.substring(SQLITE.length())).normalize();
  }

  private static IllegalArgumentException refused(String url, String why) {
    return new IllegalArgumentException("store.url " + Printable.escape(url) + ": " + why);
  }
}
