package org.qstatmesh.store.database;

import java.io.Serial;
import java.sql.SQLException;

/** Another store writes to this database, and there is one writer at a time. */
public final class AnotherWriterException extends SQLException {
  @Serial private static final long serialVersionUID = 1L;

  AnotherWriterException(String holder, SQLException cause) {
    super("another store writes to this database: " + holder, WriterLock.LOCK_NOT_AVAILABLE, cause);
  }
}
