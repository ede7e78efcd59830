package org.qstatmesh.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.qstatmesh.store.StoreConfig.Login;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Retention;

/**
 * The database that the tests of this run speak to. Every test runs twice, see the module's pom: on
 * a file, and on a server of PostgreSQL, where a data directory has a schema of its own. What is
 * about one of them alone bears the tag {@link #FILE_ONLY} or {@link #SERVER_ONLY}.
 */
public final class TestDatabase {
  /** Tag of what only a file can do: be damaged, moved, copied, locked by anybody. */
  public static final String FILE_ONLY = "file-only";

  /** Tag of what only a server can do: throw us out, refuse a login, end a statement. */
  public static final String SERVER_ONLY = "server-only";

  private TestDatabase() {}

  /** One a JVM; started when the first test asks. */
  private static final class Shared {
    static final PostgresServer SERVER = PostgresServer.start();
  }

  public static boolean isServer() {
    return "postgresql".equals(System.getProperty("store.test.database"));
  }

  /** Where a store of that data directory keeps its history. */
  public static StoreConfig config(Path dataDirectory) {
    if (!isServer()) {
      return new StoreConfig("here", "jdbc:sqlite:history.db", dataDirectory);
    }
    String schema = schema(dataDirectory);
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return new StoreConfig(
        "here",
        server().url("postgres") + "?currentSchema=" + schema,
        dataDirectory,
        Retention.USUAL,
        new Login("tester", null));
  }

  /** The same, as the stage opens it. */
  public static Database database(Path dataDirectory) {
    return config(dataDirectory).database();
  }

  /** Another connection to the same, beside the store's. */
  public static Connection connect(Path dataDirectory) throws SQLException {
    StoreConfig config = config(dataDirectory);
    return isServer()
        ? DriverManager.getConnection(config.url(), "tester", null)
        : DriverManager.getConnection("jdbc:sqlite:" + config.databaseFile());
  }

  public static PostgresServer server() {
    if (PostgresServer.programs().isEmpty()) {
      // it/check installs it and must not pass without.
      Assumptions.assumeTrue(
          Boolean.getBoolean("postgresql.required"), "PostgreSQL is not installed");
      throw new AssertionError("PostgreSQL is not installed");
    }
    return Shared.SERVER;
  }

  private static String schema(Path dataDirectory) {
    return "t" + Integer.toUnsignedString(Objects.hash(dataDirectory.toAbsolutePath().normalize()));
  }
}
