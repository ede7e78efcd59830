package org.qstatmesh.store.word;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the texts that repeat: clusters, words, what a cluster is. What is not known yet is
 * written, inside the transaction under way: a dictionary must not outlive one that was rolled
 * back. One thread.
 */
public final class Dictionary implements AutoCloseable {
  /** Names of a large site many times over; beyond it the database is asked again. */
  private static final int CACHED_TEXTS = 65_536;

  private final Map<String, Integer> clusterCache = new HashMap<>();
  private final Map<Integer, Cluster> cache = new HashMap<>();
  private int cached;
  private final Table clusters;
  private final Table abouts;
  private final Table words;

  /**
   * What is known of a cluster.
   *
   * @param words by kind: a key made of both for each of some thousand words a second costs more
   *     than the rest of a row
   * @param abouts known by themselves: to make their JSON takes as long as the rest of the row
   */
  private record Cluster(Map<WordKind, Map<String, Integer>> words, Map<About, Integer> abouts) {
    static Cluster unknown() {
      Map<WordKind, Map<String, Integer>> words = new EnumMap<>(WordKind.class);
      for (WordKind kind : WordKind.values()) {
        words.put(kind, new HashMap<>());
      }
      return new Cluster(words, new HashMap<>());
    }
  }

  public Dictionary(Connection connection) throws SQLException {
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

  public int clusterNumber(String cluster) throws SQLException {
    Integer known = clusterCache.get(cluster);
    return known != null ? known : remember(clusterCache, cluster, clusters.number(cluster));
  }

  public int aboutNumber(int clusterNumber, About about) throws SQLException {
    Map<About, Integer> abouts = cached(clusterNumber).abouts();
    Integer known = abouts.get(about);
    return known != null
        ? known
        : remember(
            abouts, about, this.abouts.number(clusterNumber, StorableText.of(about.toJson())));
  }

  /** From 1 in each cluster and kind; 0 stands for no text. */
  public int wordNumber(int clusterNumber, WordKind kind, String word) throws SQLException {
    if (word == null) {
      return 0;
    }
    Map<String, Integer> words = cached(clusterNumber).words().get(kind);
    Integer known = words.get(word);
    return known != null
        ? known
        : remember(
            words, word, this.words.number(clusterNumber, kind.code(), StorableText.of(word)));
  }

  private Cluster cached(int clusterNumber) {
    return cache.computeIfAbsent(clusterNumber, number -> Cluster.unknown());
  }

  /** Some numbers were given back: what is known is asked again. */
  public void forget() {
    clusterCache.clear();
    cache.clear();
    cached = 0;
  }

  /** When it is full all of it is asked again: who is there fills it with who is still there. */
  private <K> int remember(Map<K, Integer> into, K key, int number) {
    if (cached >= CACHED_TEXTS) {
      forget();
      return number;
    }
    into.put(key, number);
    cached++;
    return number;
  }

  @Override
  public void close() throws SQLException {
    clusters.close();
    abouts.close();
    words.close();
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
