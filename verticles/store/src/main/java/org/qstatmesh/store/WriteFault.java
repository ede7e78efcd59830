package org.qstatmesh.store;

import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why a batch is not on disk yet: a tag of the failure counter, and a word for the log. */
enum WriteFault {
  FULL("the disk is full"),
  BUSY("another process holds the database"),
  IO("the disk fails"),
  CORRUPT("the database file is damaged"),
  NOT_WRITABLE("the database file cannot be written"),
  OTHER("the database refuses");

  private final String meaning;

  WriteFault(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the values are what the database cannot take: no repetition will help. */
  static boolean isOfTheValues(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return false;
    }
    return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)) {
      case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> true;
      default -> false;
    };
  }

  static WriteFault of(Throwable cause) {
    if (!(cause instanceof SQLiteException e)) {
      return OTHER;
    }
    // An extended code carries its primary code in the low byte.
    return switch (SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xFF)) {
      case SQLITE_FULL -> FULL;
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> BUSY;
      case SQLITE_IOERR -> IO;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> CORRUPT;
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> NOT_WRITABLE;
      default -> OTHER;
    };
  }
}
