package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.qstatmesh.store.word.RecentTexts;
import org.qstatmesh.store.word.WordKind;

/**
 * What numbers of words stand for, as questions need it. A word that was deleted has no text. Any
 * thread.
 */
final class WordCache {
  /** Some megabytes; a large site has a tenth of it. */
  private static final int CACHED_WORDS = 30_000;

  /**
   * Deleted by another process, or in a file that took the place of this, a word is gone by then.
   */
  private static final Duration LIFE = Duration.ofSeconds(60);

  /** Looked up one by one: in years the reasons to wait become more than two seconds can read. */
  private static final String WORDS =
      "WITH wanted (cluster_number, kind, number) AS (VALUES %s)"
          + " SELECT w.cluster_number, w.kind, w.number, w.word"
          + " FROM wanted CROSS JOIN word w WHERE w.cluster_number = wanted.cluster_number"
          + " AND w.kind = wanted.kind AND w.number = wanted.number";

  private static final int WORDS_A_STATEMENT = 500;

  private final RecentTexts<Word> cache = new RecentTexts<>(CACHED_WORDS);
  private long emptiedAtNanos = System.nanoTime();

  /** Which {@link #clear} the words of a lookup are older than. */
  private int cleared;

  /** A word as its row names it. */
  record Word(int clusterNumber, WordKind kind, int number) {}

  /** To be called when words were deleted: their numbers may be given to others. */
  synchronized void clear() {
    cache.clear();
    emptiedAtNanos = System.nanoTime();
    cleared++;
  }

  /** The texts of those that have one. */
  Future<Map<Word, String>> texts(Collection<Word> wanted, Reading reading) {
    Map<Word, String> texts = new HashMap<>();
    List<Word> missing = new ArrayList<>();
    int before = cached(wanted, texts, missing);
    return lookUp(missing, 0, texts, before, reading).map(texts);
  }

  private synchronized int cached(
      Collection<Word> wanted, Map<Word, String> texts, List<Word> missing) {
    if (System.nanoTime() - emptiedAtNanos > LIFE.toNanos()) {
      clear();
    }
    for (Word word : wanted) {
      String text = cache.get(word);
      if (text == null) {
        missing.add(word);
      } else {
        texts.put(word, text);
      }
    }
    return cleared;
  }

  /** What was found is remembered at once: a question that comes too late helps the next. */
  private Future<?> lookUp(
      List<Word> missing, int from, Map<Word, String> texts, int before, Reading reading) {
    if (from >= missing.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(missing.size(), from + WORDS_A_STATEMENT);
    String keys =
        missing.subList(from, to).stream()
            .map(w -> "(%d,%d,%d)".formatted(w.clusterNumber, w.kind.code(), w.number))
            .collect(Collectors.joining(","));
    Consumer<Row> add =
        row ->
            texts.put(
                new Word(row.getInteger(0), WordKind.ofCode(row.getInteger(1)), row.getInteger(2)),
                row.getString(3));
    return reading
        .fold(WORDS.formatted(keys), Tuple.tuple(), add)
        .compose(
            done -> {
              remember(missing.subList(from, to), texts, before);
              return lookUp(missing, to, texts, before, reading);
            });
  }

  private synchronized void remember(List<Word> found, Map<Word, String> texts, int before) {
    if (before != cleared) {
      return;
    }
    for (Word word : found) {
      String text = texts.get(word);
      if (text != null) {
        cache.put(word, text);
      }
    }
  }
}
