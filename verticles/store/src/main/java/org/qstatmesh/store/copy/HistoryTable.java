package org.qstatmesh.store.copy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.qstatmesh.store.word.StorableText;

/**
 * A table of the history: its name and columns, which both databases have from the same scripts.
 */
record HistoryTable(String name, List<Column> columns) {
  /** What others refer to goes first. */
  private static final List<String> FIRST = List.of("cluster", "about");

  private static final String VERSIONS = "schema_version";

  /** Three kinds of values are all that the history has. */
  enum Kind {
    NUMBER(Types.BIGINT),
    TEXT(Types.VARCHAR),
    BYTES(Types.BINARY);

    private final int sqlType;

    Kind(int sqlType) {
      this.sqlType = sqlType;
    }

    static Kind of(String typeName) {
      return switch (typeName.toLowerCase(Locale.ROOT)) {
        case "integer", "int8", "bigint", "bigserial" -> NUMBER;
        case "text" -> TEXT;
        case "blob", "bytea" -> BYTES;
        default -> throw new IllegalStateException("a column of type " + typeName);
      };
    }
  }

  record Column(String name, Kind kind) {}

  /** All tables that keep something, in an order in which they can be filled. */
  static List<HistoryTable> of(Connection connection) throws SQLException {
    DatabaseMetaData schema = connection.getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        schema.getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (!name.startsWith("sqlite_") && !name.equals(VERSIONS)) {
          names.add(name);
        }
      }
    }
    names.sort(
        Comparator.comparing((String name) -> !FIRST.contains(name))
            .thenComparing(FIRST::indexOf)
            .thenComparing(Comparator.naturalOrder()));
    List<HistoryTable> all = new ArrayList<>();
    for (String name : names) {
      all.add(new HistoryTable(name, columns(name, connection)));
    }
    return all;
  }

  private static List<Column> columns(String table, Connection connection) throws SQLException {
    List<Column> columns = new ArrayList<>();
    // An underscore in a pattern stands for any character.
    String pattern = table.replace("_", "\\_");
    try (ResultSet found =
        connection.getMetaData().getColumns(null, connection.getSchema(), pattern, "%")) {
      while (found.next()) {
        if (found.getString("TABLE_NAME").equals(table)) {
          columns.add(
              new Column(found.getString("COLUMN_NAME"), Kind.of(found.getString("TYPE_NAME"))));
        }
      }
    }
    columns.sort(Comparator.comparing(Column::name));
    return List.copyOf(columns);
  }

  String select() {
    return "SELECT " + names() + " FROM " + name;
  }

  String insert() {
    return "INSERT INTO "
        + name
        + " ("
        + names()
        + ") VALUES ("
        + columns.stream().map(column -> "?").collect(Collectors.joining(", "))
        + ")";
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The row under the cursor: Long, String, byte[] or null. */
  Object[] row(ResultSet rows) throws SQLException {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] =
          switch (columns.get(i).kind()) {
            case NUMBER -> rows.getLong(i + 1);
            case TEXT -> StorableText.withoutNul(rows.getString(i + 1));
            case BYTES -> rows.getBytes(i + 1);
          };
      if (rows.wasNull()) {
        row[i] = null;
      }
    }
    return row;
  }

  void bind(PreparedStatement insert, Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      if (row[i] == null) {
        insert.setNull(i + 1, columns.get(i).kind().sqlType);
      } else {
        insert.setObject(i + 1, row[i]);
      }
    }
  }
}
