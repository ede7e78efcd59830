package org.qstatmesh.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL of our own, on a free port of this host, in a directory under /tmp. It ends with
 * this JVM, however that ends: its keeper reads from us until there is nothing more.
 */
public final class PostgresServer {
  /** Debian's. */
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private static final String KEEPER =
      """
      set -e
      bin=$1 dir=$2 port=$3
      if [ "$(id -u)" -eq 0 ]; then
        chown nobody "$dir"
        as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
      fi
      cd "$dir"
      $as "$bin/initdb" -D data -U tester -A trust -E UTF8 --locale=C.UTF-8 --no-sync >log 2>&1
      echo 'host secretive all 127.0.0.1/32 scram-sha-256' | cat - data/pg_hba.conf >hba
      cat hba >data/pg_hba.conf
      $as "$bin/postgres" -D data -p "$port" -h 127.0.0.1 -k "$dir" >>log 2>&1 <&- &
      server=$!
      read -r _ || true
      kill -INT $server
      wait $server || true
      cd /
      rm -rf "$dir"
      """;

  private final Path directory;
  private final int port;
  private final Process keeper;

  private PostgresServer(Path directory, int port, Process keeper) {
    this.directory = directory;
    this.port = port;
    this.keeper = keeper;
  }

  /** Where its programs are; none when it is not installed. */
  public static Optional<Path> programs() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(INSTALLED)) {
      for (Path version : versions) {
        if (Files.isExecutable(version.resolve("bin/initdb"))) {
          found.add(version.resolve("bin"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().reduce((older, newer) -> newer);
  }

  public static PostgresServer start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("/tmp"), "pg-");
      int port = freePort();
      String programs = programs().orElseThrow().toString();
      Process keeper =
          new ProcessBuilder(
                  "sh", "-c", KEEPER, "keeper", programs, directory.toString(), "" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      PostgresServer server = new PostgresServer(directory, port, keeper);
      Eventually.eventually("PostgreSQL answers", server::answers);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    if (!keeper.isAlive()) {
      throw new AssertionError("PostgreSQL did not start, see " + directory.resolve("log"));
    }
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** As the superuser, to the database that is always there. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url("postgres"), "tester", null);
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
