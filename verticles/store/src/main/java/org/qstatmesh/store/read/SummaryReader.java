package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.read.WordCache.Word;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.word.About;

/** Reads summaries of all clusters back, from rows, samples in chunks, or steps. */
final class SummaryReader {
  private static final String CLUSTERS = "SELECT cluster_number, cluster FROM cluster";

  /** Those that are wanted, and of each cluster the last that was seen for the first time. */
  private static final String ABOUTS =
      "SELECT about_number, cluster_number, about FROM about a WHERE about_number = (SELECT"
          + " max(about_number) FROM about WHERE cluster_number = a.cluster_number)%s";

  private final Vertx vertx;
  private final WordCache words;
  private final Damages damages;
  private final List<StoredStep> stored;

  SummaryReader(Vertx vertx, WordCache words, Damages damages, Retention retention) {
    this.vertx = vertx;
    this.words = words;
    this.damages = damages;
    this.stored = StoredStep.of(retention);
  }

  /** What is made a summary once its words are known. */
  private interface Unnamed {
    ClusterSummary named(Function<Word, String> words);
  }

  /**
   * Of each cluster the one that is nearest to a moment, by cluster id. A cluster of which nothing
   * is stored is missing.
   *
   * @param untilMillis none is newer
   */
  Future<List<ClusterSummary>> nearest(long momentMillis, long untilMillis, Reading reading) {
    Map<Integer, String> clusters = new TreeMap<>();
    Consumer<Row> add = row -> clusters.put(row.getInteger(0), row.getString(1));
    NearestSamples nearest = new NearestSamples(momentMillis, untilMillis, damages);
    return reading
        .fold(CLUSTERS, Tuple.tuple(), add)
        .compose(done -> nearest.find(clusters.keySet(), stored, reading))
        .compose(found -> unnamed(found, nearest, clusters, momentMillis, untilMillis, reading))
        .compose(unnamed -> named(unnamed, reading));
  }

  private Future<List<Unnamed>> unnamed(
      List<Candidate> found,
      NearestSamples nearest,
      Map<Integer, String> clusters,
      long momentMillis,
      long untilMillis,
      Reading reading) {
    List<Candidate> inChunks = found.stream().filter(one -> one.row() == null).toList();
    ChunkPictures of = new ChunkPictures(vertx, momentMillis, untilMillis, damages, reading);
    return of.take(inChunks)
        .compose(
            pictures -> {
              for (Candidate one : found) {
                if (one.row() != null) {
                  pictures.put(one.clusterNumber(), Picture.ofRow(one.row()));
                }
              }
              return abouts(pictures, nearest, reading)
                  .map(abouts -> unnamed(pictures, nearest, clusters, abouts));
            });
  }

  private static List<Unnamed> unnamed(
      Map<Integer, Picture> pictures,
      NearestSamples nearest,
      Map<Integer, String> clusters,
      Abouts abouts) {
    List<Unnamed> unnamed = new ArrayList<>();
    pictures.forEach(
        (number, picture) -> {
          About about = abouts.of(number, picture, nearest.nearestRow(number));
          // Of a cluster that is new since the clusters were read there may be a sample already.
          if (about != null && clusters.containsKey(number)) {
            unnamed.add(of(number, clusters.get(number), picture, about));
          }
        });
    return unnamed;
  }

  private static Unnamed of(int number, String cluster, Picture picture, About about) {
    return texts ->
        picture.summary(cluster, about, (kind, word) -> texts.apply(new Word(number, kind, word)));
  }

  /** What clusters are, by number, and the newest number of each cluster. */
  private record Abouts(Map<Integer, About> byNumber, Map<Integer, Integer> newest) {
    void add(int number, int clusterNumber, About about) {
      byNumber.put(number, about);
      newest.merge(clusterNumber, number, Math::max);
    }

    /** A step does not say what the cluster was called: it is what the nearest row says. */
    About of(int clusterNumber, Picture picture, RowSample nearestRow) {
      return byNumber.get(numberOf(picture, nearestRow, newest.get(clusterNumber)));
    }

    static Integer numberOf(Picture picture, RowSample nearestRow, Integer newest) {
      if (picture.head() != null) {
        return picture.head().aboutNumber();
      }
      return nearestRow != null ? (Integer) nearestRow.head().aboutNumber() : newest;
    }
  }

  private static Future<Abouts> abouts(
      Map<Integer, Picture> pictures, NearestSamples nearest, Reading reading) {
    Abouts abouts = new Abouts(new HashMap<>(), new HashMap<>());
    if (pictures.isEmpty()) {
      return Future.succeededFuture(abouts);
    }
    Set<Integer> numbers =
        pictures.entrySet().stream()
            .map(one -> Abouts.numberOf(one.getValue(), nearest.nearestRow(one.getKey()), null))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    String these =
        numbers.isEmpty()
            ? ""
            : numbers.stream()
                .map(number -> Integer.toString(number))
                .collect(Collectors.joining(", ", " OR about_number IN (", ")"));
    Consumer<Row> add =
        row -> abouts.add(row.getInteger(0), row.getInteger(1), About.ofJson(row.getString(2)));
    return reading.fold(ABOUTS.formatted(these), Tuple.tuple(), add).map(abouts);
  }

  private Future<List<ClusterSummary>> named(List<Unnamed> unnamed, Reading reading) {
    return vertx
        .executeBlocking(() -> wordsOf(unnamed), false)
        .compose(wanted -> words.texts(wanted, reading))
        .compose(
            texts ->
                vertx.executeBlocking(
                    () ->
                        unnamed.stream()
                            .map(one -> one.named(texts::get))
                            .sorted(Comparator.comparing(ClusterSummary::cluster))
                            .toList(),
                    false));
  }

  /** They are made summaries once only to hear that. */
  private static Set<Word> wordsOf(List<Unnamed> unnamed) {
    Set<Word> wanted = new HashSet<>();
    Function<Word, String> note =
        word -> {
          if (word.number() != 0) {
            wanted.add(word);
          }
          return "";
        };
    for (Unnamed one : unnamed) {
      ClusterSummary unused = one.named(note);
    }
    return wanted;
  }
}
