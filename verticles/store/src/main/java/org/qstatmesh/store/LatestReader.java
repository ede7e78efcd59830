package org.qstatmesh.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.LatestAnswer;

/** Answers what was seen last of every cluster. */
final class LatestReader {
  /** What a clock that was set wrong for a while left in the future is not the newest. */
  private static final Duration FUTURE_ALLOWED = Duration.ofMinutes(1);

  /** CROSS JOIN, or SQLite looks through every sample for the few: it keeps the order written. */
  static final String NEWEST =
      "SELECT c.cluster, a.about, "
          + SampleRow.COLUMNS.stream()
              .map(column -> "s." + column)
              .collect(Collectors.joining(", "))
          + " FROM cluster c CROSS JOIN sample s CROSS JOIN about a"
          + " WHERE s.cluster_number = c.cluster_number AND a.about_number = s.about_number"
          + " AND (s.observed_at_epoch_millis, s.snapshot_id) ="
          + " (SELECT observed_at_epoch_millis, snapshot_id FROM sample"
          + " WHERE cluster_number = c.cluster_number AND observed_at_epoch_millis <= ?"
          + " ORDER BY observed_at_epoch_millis DESC, snapshot_id DESC LIMIT 1)";

  /** Looked up one by one: in years the reasons to wait become more than two seconds can read. */
  private static final String WORDS =
      "WITH wanted (cluster_number, kind, number) AS (VALUES %s)"
          + " SELECT w.cluster_number, w.kind, w.number, w.word"
          + " FROM wanted CROSS JOIN word w WHERE w.cluster_number = wanted.cluster_number"
          + " AND w.kind = wanted.kind AND w.number = wanted.number";

  private final ReadPool pool;
  private final Clock clock;

  LatestReader(ReadPool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** A word as its row names it. */
  private record Word(int cluster, int kind, int number) {}

  /** Fails with {@link org.qstatmesh.bus.QueryFailure} 504. */
  Future<LatestAnswer> answer() {
    long until = clock.millis() + FUTURE_ALLOWED.toMillis();
    List<Row> rows = new ArrayList<>();
    Consumer<Row> add = rows::add;
    return pool.ask(
            reading ->
                reading
                    .fold(NEWEST, Tuple.of(until), add)
                    .compose(done -> words(wordsOf(rows), reading)))
        .map(
            words -> new LatestAnswer(rows.stream().map(row -> summary(row, words::get)).toList()));
  }

  /** The words that the rows name: they are read once only to hear that. */
  private static Set<Word> wordsOf(List<Row> rows) {
    Set<Word> wanted = new HashSet<>();
    Function<Word, String> note =
        word -> {
          wanted.add(word);
          return "";
        };
    for (Row row : rows) {
      ClusterSummary unused = summary(row, note);
    }
    return wanted;
  }

  private static Future<Map<Word, String>> words(Set<Word> wanted, Reading reading) {
    Map<Word, String> words = new HashMap<>();
    if (wanted.isEmpty()) {
      return Future.succeededFuture(words);
    }
    Consumer<Row> add =
        row ->
            words.put(
                new Word(row.getInteger(0), row.getInteger(1), row.getInteger(2)),
                row.getString(3));
    String keys =
        wanted.stream()
            .map(word -> "(%d,%d,%d)".formatted(word.cluster, word.kind, word.number))
            .collect(Collectors.joining(","));
    return reading.fold(WORDS.formatted(keys), Tuple.tuple(), add).map(words);
  }

  private static ClusterSummary summary(Row row, Function<Word, String> words) {
    int cluster = row.getInteger("cluster_number");
    return SampleRow.summary(
        row,
        row.getString("cluster"),
        About.ofJson(row.getString("about")),
        (kind, number) -> words.apply(new Word(cluster, kind.code(), number)));
  }
}
