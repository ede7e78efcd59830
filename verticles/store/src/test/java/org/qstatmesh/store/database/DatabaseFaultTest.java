package org.qstatmesh.store.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DatabaseFaultTest {
  /** Codes of PostgreSQL's manual, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "53100, FULL, false",
    "53300, GONE, false",
    "55P03, BUSY, false",
    "57014, BUSY, false",
    "40P01, BUSY, false",
    "57P01, GONE, false",
    "57P03, GONE, false",
    "08006, GONE, false",
    "58030, IO, false",
    "XX001, CORRUPT, false",
    "25006, NOT_WRITABLE, false",
    "42501, NOT_WRITABLE, false",
    "28P01, LOGIN, false",
    "3D000, MISSING, false",
    "22021, OTHER, true",
    "23505, OTHER, true",
    "54000, OTHER, true",
    "42601, OTHER, false",
    ", OTHER, false",
  })
  void aServerSaysBySqlState(String state, DatabaseFault fault, boolean ofTheValues) {
    SQLException e = new SQLException("said", state);

    assertEquals(fault, DatabaseFault.of(e));
    assertEquals(ofTheValues, DatabaseFault.isOfTheValues(e));
    assertEquals(fault == DatabaseFault.GONE, DatabaseFault.isLostConnection(e));
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, FULL, false",
    "SQLITE_BUSY_SNAPSHOT, BUSY, false",
    "SQLITE_IOERR_FSYNC, IO, false",
    "SQLITE_CORRUPT_INDEX, CORRUPT, false",
    "SQLITE_NOTADB, CORRUPT, false",
    "SQLITE_READONLY_DBMOVED, NOT_WRITABLE, false",
    "SQLITE_CONSTRAINT_NOTNULL, OTHER, true",
    "SQLITE_TOOBIG, OTHER, true",
  })
  void aFileSaysByResultCode(SQLiteErrorCode code, DatabaseFault fault, boolean ofTheValues) {
    SQLException e = new SQLiteException("said", code);

    assertEquals(fault, DatabaseFault.of(e));
    assertEquals(ofTheValues, DatabaseFault.isOfTheValues(e));
    assertEquals(false, DatabaseFault.isLostConnection(e));
  }

  @Test
  void whatIsNoFaultOfADatabaseIsAnother() {
    assertEquals(DatabaseFault.OTHER, DatabaseFault.of(new IllegalStateException("said")));
  }
}
