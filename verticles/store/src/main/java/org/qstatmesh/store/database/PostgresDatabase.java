package org.qstatmesh.store.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database, or a schema of one, on a server of PostgreSQL. Who writes holds a lock of the server
 * for as long as the connection lives; a second writer is refused with its name.
 */
public final class PostgresDatabase implements Database {
  private static final int OLDEST_SERVER = 13;

  /**
   * Session variables of every connection. The server finds out within a minute that we are gone.
   * Our statements look rows up by their keys in the order written, as SQLite does: without
   * statistics, which tables that are filled and emptied by the hour seldom have, the planner reads
   * all rows instead.
   */
  private static final String OF_ALL =
      "SET client_min_messages = warning; SET tcp_keepalives_idle = 20;"
          + " SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;"
          + " SET join_collapse_limit = 1; SET enable_seqscan = off; SET enable_hashjoin = off;"
          + " SET enable_mergejoin = off";

  /**
   * Acknowledged means synced, whatever is usual on that server; locks are waited for briefly. A
   * writer whose machine is gone without a word has lost its lock after a quarter of a minute, also
   * when it went before it took an answer: of those TCP would wait a quarter of an hour.
   */
  private static final String OF_THE_WRITER =
      "; SET synchronous_commit = on; SET lock_timeout = '1500ms'; SET tcp_keepalives_idle = 6;"
          + " SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3;"
          + " SET tcp_user_timeout = '15s'";

  /**
   * A little more than a question may take. Compiling a statement takes longer than most of ours.
   */
  private static final String OF_READERS =
      "; SET default_transaction_read_only = on; SET statement_timeout = '2500ms'; SET jit = off";

  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);

  /** Silence of a server after which it counts as gone, so that the page can say so. */
  private static final Duration WRITER_SILENCE = Duration.ofSeconds(12);

  private static final Duration READER_SILENCE = Duration.ofSeconds(5);

  /** The driver collects a whole answer before it hands out a row. */
  private static final String LARGEST_ANSWER = "64M";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  private final String url;
  private final String user;
  private final Path passwordFile;
  private final String node;

  /**
   * A database that must exist.
   *
   * @param url {@code jdbc:postgresql://…} without secrets
   * @param user its role; null for the name of the operating system's user
   * @param passwordFile its first line is the password, read anew for every connection; null for
   *     none
   * @param node name of this mesh node, shown in the server's list of connections
   */
  public PostgresDatabase(String url, String user, Path passwordFile, String node) {
    this.url = url;
    this.user = user == null ? System.getProperty("user.name") : user;
    this.passwordFile = passwordFile;
    this.node = node;
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  /** Nothing: the administrator of the server has made the database. */
  @Override
  public void prepare() {}

  /**
   * Refuses what no repetition will help.
   *
   * @throws IllegalArgumentException the server is too old, or the database in another encoding
   */
  @Override
  public Connection openForWriting() throws SQLException {
    Connection connection = new Source("writer", WRITER_SILENCE, OF_THE_WRITER).getConnection();
    try {
      checkServer(connection);
      WriterLock.take(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void checkServer(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_SERVER) {
      throw new IllegalArgumentException(
          "store.url "
              + url
              + ": the server is PostgreSQL "
              + version
              + ", the history needs "
              + OLDEST_SERVER
              + " or newer");
    }
    try (Statement statement = connection.createStatement()) {
      String encoding = text(statement, "SHOW server_encoding");
      if (!"UTF8".equals(encoding)) {
        throw new IllegalArgumentException(
            "store.url "
                + url
                + ": the database is in "
                + encoding
                + "; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
      }
      if ("off".equals(text(statement, "SHOW fsync"))) {
        LOG.warn("{} runs with fsync=off: a power cut may destroy the history", url);
      }
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet answer = statement.executeQuery(sql)) {
      return answer.next() ? answer.getString(1) : null;
    }
  }

  @Override
  public DataSource forReading() {
    Source source = new Source("reader", READER_SILENCE, OF_READERS);
    source.setMaxResultBuffer(LARGEST_ANSWER);
    return source;
  }

  /** The lock sees to it that the connection and the database belong together. */
  @Override
  public Object identity() {
    return url;
  }

  /** The server looks after its log. */
  @Override
  public void checkpoint(Connection writer) {}

  @Override
  public void checkWhileInUse() {}

  @Override
  public void suspectDamage() {}

  @Override
  public long walBytes() {
    return 0;
  }

  @Override
  public long bytes(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      size.next();
      return size.getLong(1);
    }
  }

  @Override
  public List<String> alarms() {
    return List.of();
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }

  private String password() throws SQLException {
    if (passwordFile == null) {
      return null;
    }
    try (BufferedReader lines = Files.newBufferedReader(passwordFile, StandardCharsets.UTF_8)) {
      return lines.readLine();
    } catch (IOException e) {
      throw new SQLException("the password's file cannot be read: " + e, "28000", e);
    }
  }

  /** Connections of one purpose. */
  private final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final String settings;

    Source(String purpose, Duration silence, String settings) {
      this.settings = OF_ALL + settings;
      setConnectTimeout((int) CONNECT_DEADLINE.toSeconds());
      setLoginTimeout((int) CONNECT_DEADLINE.toSeconds() * 2);
      setSocketTimeout((int) silence.toSeconds());
      setTcpKeepAlive(true);
      setApplicationName("qstat-mesh " + purpose + " of " + node);
      // Last: what the person wrote goes before.
      setURL(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = getConnection(PostgresDatabase.this.user, password());
      try (Statement statement = connection.createStatement()) {
        statement.execute(settings);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
  }
}
