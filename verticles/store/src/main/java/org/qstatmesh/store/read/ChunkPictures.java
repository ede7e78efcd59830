package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;

/** Takes the points that are nearest to a moment out of chunks, of one question. */
final class ChunkPictures {
  /** Some megabytes of large sites. */
  private static final int CLUSTERS_A_STATEMENT = 20;

  private static final String CHUNKS =
      "WITH wanted (cluster_number, step_seconds, start_epoch_seconds) AS (VALUES %s)"
          + " SELECT k.cluster_number, k.part, k.body FROM wanted CROSS JOIN chunk k"
          + " WHERE k.cluster_number = wanted.cluster_number AND k.part IN ("
          + Stream.of(Part.values())
              .map(part -> Integer.toString(part.code()))
              .collect(Collectors.joining(", "))
          + ") AND k.step_seconds = wanted.step_seconds"
          + " AND k.start_epoch_seconds = wanted.start_epoch_seconds";

  private final Vertx vertx;
  private final long momentMillis;
  private final long untilMillis;
  private final Damages damages;
  private final Reading reading;
  private final Map<Integer, Picture> pictures = new TreeMap<>();

  ChunkPictures(
      Vertx vertx, long momentMillis, long untilMillis, Damages damages, Reading reading) {
    this.vertx = vertx;
    this.momentMillis = momentMillis;
    this.untilMillis = untilMillis;
    this.damages = damages;
    this.reading = reading;
  }

  /** By number of the cluster; each of them is wanted once at most, and is in a chunk. */
  Future<Map<Integer, Picture>> take(List<Candidate> wanted) {
    if (wanted.isEmpty()) {
      return Future.succeededFuture(pictures);
    }
    int some = Math.min(wanted.size(), CLUSTERS_A_STATEMENT);
    return takeSome(wanted.subList(0, some))
        .compose(done -> take(wanted.subList(some, wanted.size())));
  }

  private Future<?> takeSome(List<Candidate> wanted) {
    String keys =
        wanted.stream()
            .map(
                one ->
                    "(%d,%d,%d)"
                        .formatted(one.clusterNumber(), one.step().seconds(), one.startSeconds()))
            .collect(Collectors.joining(","));
    Map<Integer, Candidate> byNumber =
        wanted.stream().collect(Collectors.toMap(Candidate::clusterNumber, one -> one));
    Map<Integer, Map<Part, ChunkReader>> chunks = new HashMap<>();
    Consumer<Row> open = row -> open(row, byNumber, chunks);
    return reading
        .fold(CHUNKS.formatted(keys), Tuple.tuple(), open)
        .compose(done -> vertx.executeBlocking(() -> takeOutOf(chunks, byNumber), false));
  }

  private void open(
      Row row, Map<Integer, Candidate> wanted, Map<Integer, Map<Part, ChunkReader>> chunks) {
    int cluster = row.getInteger(0);
    Part part = Part.ofCode(row.getInteger(1));
    try {
      chunks
          .computeIfAbsent(cluster, number -> new EnumMap<>(Part.class))
          .put(part, ChunkReader.of(row.getBuffer(2).getBytes()));
    } catch (IllegalArgumentException e) {
      Candidate one = wanted.get(cluster);
      damages.found(cluster, part, one.step().seconds(), one.startSeconds(), e);
    }
  }

  private Void takeOutOf(
      Map<Integer, Map<Part, ChunkReader>> chunks, Map<Integer, Candidate> wanted) {
    chunks.forEach(
        (cluster, parts) -> {
          Picture picture = picture(wanted.get(cluster), parts);
          if (picture != null) {
            pictures.put(cluster, picture);
          }
        });
    return null;
  }

  /**
   * Looks for the sample once more: the chunks may have been made anew since. Null when they hold
   * nothing of use any more.
   */
  private Picture picture(Candidate wanted, Map<Part, ChunkReader> chunks) {
    long start = wanted.startSeconds() * 1_000;
    if (wanted.step().seconds() > 0) {
      long offset = wanted.atMillis() - wanted.step().millis() - start;
      return Picture.ofStep(wanted.atMillis(), offset, chunks);
    }
    ChunkReader heads = chunks.get(Part.HEAD);
    int index =
        heads == null ? -1 : NearestSamples.nearest(heads, start, momentMillis, untilMillis);
    if (index < 0) {
      return null;
    }
    List<Head> all = Heads.of(heads);
    return Picture.ofSample(start + heads.offsetMillis(index), all, index, chunks);
  }
}
