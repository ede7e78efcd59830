package org.qstatmesh.store;

import java.nio.file.Path;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.PostgresDatabase;
import org.qstatmesh.store.database.SqliteDatabase;
import org.qstatmesh.store.keep.Retention;

/**
 * Where the history is kept. The constructor throws {@link IllegalArgumentException}, worded for
 * the person who wrote the configuration, for a URL that this release does not serve.
 *
 * @param node name of this mesh node, for logs
 * @param url {@code jdbc:sqlite:NAME}; NAME is a file in the data directory, or an absolute path;
 *     no parameters, nothing in memory, no resource. Or {@code
 *     jdbc:postgresql://HOST:PORT/DATABASE} with parameters that are harmless: {@code ssl…}, {@code
 *     currentSchema} and the like
 * @param dataDirectory made with mode 0700 when it does not exist
 * @param retention how long what is kept
 * @param login who logs in at a database server; null with a file
 */
public record StoreConfig(
    String node, String url, Path dataDirectory, Retention retention, Login login) {
  /** Makes the data directory absolute and checks the URL. */
  public StoreConfig {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    StoreUrl.check(url, dataDirectory);
  }

  /** A file, kept as long as is usual. */
  public StoreConfig(String node, String url, Path dataDirectory) {
    this(node, url, dataDirectory, Retention.USUAL, null);
  }

  /**
   * Who logs in at a database server.
   *
   * @param user its role there; null for the name of the operating system's user
   * @param passwordFile its first line is the password; null for none
   */
  public record Login(String user, Path passwordFile) {}

  /** The database that the URL names; opens nothing. */
  Database database() {
    if (!StoreUrl.isServer(url)) {
      return new SqliteDatabase(dataDirectory, databaseFile());
    }
    return new PostgresDatabase(
        url,
        login == null ? null : login.user(),
        login == null ? null : login.passwordFile(),
        node);
  }

  /** The database's file, absolute; null when a server keeps it. */
  Path databaseFile() {
    return StoreUrl.isServer(url) ? null : StoreUrl.file(url, dataDirectory);
  }
}
