package org.qstatmesh.store.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.qstatmesh.store.database.Dialect;

/** A copy of the whole history as it is at one moment, also while it is written. Blocks. */
public final class Backup {
  private static final Pattern SERVER_URL =
      Pattern.compile("jdbc:(?<place>postgresql:[^?]*)(?:\\?(?<parameters>.*))?");

  /** What means the same to the JDBC driver and to libpq. */
  private static final Set<String> OF_BOTH = Set.of("sslmode", "sslcert", "sslkey", "sslrootcert");

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
    List<String> parameters =
        server.group("parameters") == null
            ? List.of()
            : List.of(server.group("parameters").split("&", -1));
    StringBuilder command = new StringBuilder("pg_dump --format=custom");
    append(command, "--file", file.toString());
    parameters.stream()
        .filter(parameter -> parameter.startsWith("currentSchema="))
        .forEach(schema -> append(command, "--schema", schema.substring(schema.indexOf('=') + 1)));
    if (user != null) {
      append(command, "--username", user);
    }
    String common =
        parameters.stream()
            .filter(parameter -> OF_BOTH.contains(parameter.split("=", 2)[0]))
            .collect(Collectors.joining("&"));
    append(command, "--dbname", server.group("place") + (common.isEmpty() ? "" : "?" + common));
    return Optional.of(command.toString());
  }

  private static void append(StringBuilder command, String option, String value) {
    command.append(' ').append(option).append('=').append(quoted(value));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
