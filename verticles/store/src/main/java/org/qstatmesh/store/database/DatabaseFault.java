package org.qstatmesh.store.database;

import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why a batch is not on disk yet: a tag of the failure counter, and words for a person. */
public enum DatabaseFault {
  FULL("the disk is full"),
  BUSY("another process holds the database"),
  IO("the disk fails"),
  CORRUPT("the database file is damaged"),
  NOT_WRITABLE("the database file cannot be written"),
  GONE("the database server cannot be reached"),
  LOGIN("the database server refuses the login: look at store.user and store.passwordFile"),
  MISSING("the database or its schema is missing on the server"),
  OTHER("the database refuses");

  private final String meaning;

  DatabaseFault(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the values are what the database cannot take: no repetition will help. */
  public static boolean isOfTheValues(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      return switch (primaryCode(sqlite)) {
        case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> true;
        default -> false;
      };
    }
    // Appendix A of PostgreSQL's manual: data exception, constraint violation, too large a row.
    return switch (sqlStateClass(e)) {
      case "22", "23", "54" -> true;
      default -> false;
    };
  }

  public static DatabaseFault of(Throwable cause) {
    if (cause instanceof SQLiteException e) {
      return ofFile(primaryCode(e));
    }
    return cause instanceof SQLException e ? ofServer(e) : OTHER;
  }

  /** Whether a connection is of no more use because its server went away, or threw us out. */
  public static boolean isLostConnection(Throwable cause) {
    return cause instanceof SQLException e && !(e instanceof SQLiteException) && of(e) == GONE;
  }

  /** Whether a statement was ended by its deadline. */
  public static boolean isStatementTimeout(Throwable cause) {
    return cause instanceof SQLException e && "57014".equals(e.getSQLState());
  }

  private static SQLiteErrorCode primaryCode(SQLiteException e) {
    // An extended code carries its primary code in the low byte.
    return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xFF);
  }

  private static DatabaseFault ofFile(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_FULL -> FULL;
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> BUSY;
      case SQLITE_IOERR -> IO;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> CORRUPT;
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> NOT_WRITABLE;
      default -> OTHER;
    };
  }

  /** By SQLSTATE, appendix A of PostgreSQL's manual. */
  private static DatabaseFault ofServer(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      case "53100" -> FULL;
      case "55P03", "57014", "40001", "40P01" -> BUSY;
      case "57P01", "57P02", "57P03", "57P05", "53300" -> GONE;
      case "58030" -> IO;
      case "XX001", "XX002" -> CORRUPT;
      case "25006", "42501" -> NOT_WRITABLE;
      case "3D000", "3F000" -> MISSING;
      default ->
          switch (sqlStateClass(e)) {
            case "08" -> GONE;
            case "28" -> LOGIN;
            default -> OTHER;
          };
    };
  }

  private static String sqlStateClass(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }
}
