package org.qstatmesh.store.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.qstatmesh.store.database.Dialect;

/** A copy of the whole history as it is at one moment, also while it is written. Blocks. */
public final class Backup {
  private static final Pattern SERVER_URL =
      Pattern.compile(
          "jdbc:postgresql:(?://(?<host>\\[[^\\]]*]|[^/:?]*)(?::(?<port>[0-9]+))?/)?(?<database>[^?]*).*");

  private Backup() {}

  /**
   * Writes a copy, which is a database like the first, without what that has left free.
   *
   * @param source of a database of {@link Dialect#SQLITE}
   * @param file must not exist yet
   * @return its size in bytes
   */
  public static long write(DataSource source, Path file) throws IOException, SQLException {
    try (NewFile copy = NewFile.of(file)) {
      try (Connection connection = source.getConnection();
          PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, copy.draft().toString());
        vacuum.execute();
      }
      // SQLite does not sync what it vacuums into: https://sqlite.org/lang_vacuum.html
      copy.publish();
      return Files.size(file);
    }
  }

  /**
   * The command that backs up a server's database, for a shell; empty for a file.
   *
   * @param url as in the configuration
   * @param user who logs in; null for the operating system's user
   */
  public static Optional<String> serversCommand(String url, String user, Path file) {
    Matcher server = SERVER_URL.matcher(url);
    if (!server.matches()) {
      return Optional.empty();
    }
    StringBuilder command = new StringBuilder("pg_dump --format=custom");
    append(command, "--file", file.toString());
    append(command, "--host", bare(server.group("host")));
    append(command, "--port", server.group("port"));
    append(command, "--username", user);
    append(command, "--dbname", server.group("database"));
    return Optional.of(command.toString());
  }

  private static void append(StringBuilder command, String option, String value) {
    if (value != null && !value.isEmpty()) {
      command.append(' ').append(option).append('=').append(quoted(value));
    }
  }

  /** IPv6 addresses stand in brackets in a URL only. */
  private static String bare(String host) {
    return host == null || !host.startsWith("[") ? host : host.substring(1, host.length() - 1);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
