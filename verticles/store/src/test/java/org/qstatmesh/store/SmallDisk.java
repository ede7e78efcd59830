package org.qstatmesh.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.store.database.SqliteDatabase;

/** SQLite answers SQLITE_FULL beyond that many pages, as it does when the disk has no more. */
public final class SmallDisk extends SqliteDatabase {
  /** How many pages the file may have at the next opening. */
  public final AtomicInteger pages = new AtomicInteger(40);

  public SmallDisk(StoreConfig config) {
    super(config.dataDirectory(), config.databaseFile());
  }

  @Override
  public Connection openForWriting() throws SQLException {
    Connection connection = super.openForWriting();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = " + pages.get());
    }
    return connection;
  }
}
