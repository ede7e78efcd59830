package org.qstatmesh.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of the texts that repeat: clusters, words, what a cluster is. What is not known yet is
 * written, inside the transaction under way: a dictionary must not outlive one that was rolled
 * back. One thread.
 */
final class Dictionary implements AutoCloseable {
  /** Names of a large site many times over; beyond it the database is asked again. */
  private static final int CACHED_TEXTS = 65_536;

  private final Map<Record, Integer> cache = new Cache();
  private final Table clusters;
  private final Table abouts;
  private final Table words;

  /** {@code cluster} and {@code kind} are -1 where a table has no such column. */
  private record Text(int cluster, int kind, String text) {}

  /** Known by itself: to make its JSON of every summary takes as long as the rest of the row. */
  private record AboutOf(int cluster, About about) {}

  Dictionary(Connection connection) throws SQLException {
    clusters =
        new Table(
            connection,
            "SELECT cluster_number FROM cluster WHERE cluster = ?",
            "INSERT INTO cluster (cluster) VALUES (?) RETURNING cluster_number");
    abouts =
        new Table(
            connection,
            "SELECT about_number FROM about WHERE cluster_number = ? AND about = ?",
            "INSERT INTO about (cluster_number, about) VALUES (?, ?) RETURNING about_number");
    words =
        new Table(
            connection,
            "SELECT number FROM word WHERE cluster_number = ? AND kind = ? AND word = ?",
            "WITH new (cluster_number, kind, word) AS (VALUES (?, ?, ?))"
                + " INSERT INTO word (cluster_number, kind, word, number)"
                + " SELECT cluster_number, kind, word, (SELECT coalesce(max(number), 0) + 1"
                + " FROM word w WHERE w.cluster_number = new.cluster_number"
                + " AND w.kind = new.kind) FROM new RETURNING number");
  }

  int clusterNumber(String cluster) throws SQLException {
    Text text = new Text(-1, -1, cluster);
    Integer known = cache.get(text);
    return known != null ? known : remember(text, clusters.number(cluster));
  }

  int aboutNumber(int clusterNumber, About about) throws SQLException {
    AboutOf key = new AboutOf(clusterNumber, about);
    Integer known = cache.get(key);
    return known != null
        ? known
        : remember(key, abouts.number(clusterNumber, storable(about.toJson())));
  }

  /** From 1 in each cluster and kind; 0 stands for no text. */
  int wordNumber(int clusterNumber, WordKind kind, String word) throws SQLException {
    if (word == null) {
      return 0;
    }
    Text text = new Text(clusterNumber, kind.code(), word);
    Integer known = cache.get(text);
    return known != null
        ? known
        : remember(text, words.number(clusterNumber, kind.code(), storable(word)));
  }

  /** Some numbers were given back: what is known is asked again. */
  void forget() {
    cache.clear();
  }

  private int remember(Record key, int number) {
    cache.put(key, number);
    return number;
  }

  /**
   * What the database makes of a text. A lone surrogate becomes a question mark on its way, and a
   * text that is looked up as one thing and stored as another would violate its uniqueness. A NUL
   * becomes its picture: PostgreSQL takes none, and a history may move there.
   */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\u0000', '\u2400');
  }

  @Override
  public void close() throws SQLException {
    clusters.close();
    abouts.close();
    words.close();
  }

  private static final class Cache extends LinkedHashMap<Record, Integer> {
    Cache() {
      super(1_024, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Record, Integer> eldest) {
      return size() > CACHED_TEXTS;
    }
  }

  /** A table whose rows are found by their text, or made. */
  private static final class Table implements AutoCloseable {
    private final PreparedStatement select;
    private final PreparedStatement insert;

    Table(Connection connection, String select, String insert) throws SQLException {
      this.select = connection.prepareStatement(select);
      this.insert = connection.prepareStatement(insert);
    }

    int number(Object... key) throws SQLException {
      Integer known = first(select, key);
      return known != null ? known : first(insert, key);
    }

    private static Integer first(PreparedStatement statement, Object... key) throws SQLException {
      for (int i = 0; i < key.length; i++) {
        statement.setObject(i + 1, key[i]);
      }
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() ? (Integer) answer.getInt(1) : null;
      }
    }

    @Override
    public void close() throws SQLException {
      select.close();
      insert.close();
    }
  }
}
