package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.qstatmesh.store.events.EventBody;

/**
 * The events of one cluster that are kept one by one, from the oldest to the newest.
 *
 * @param clusterNumber of the cluster
 * @param cluster its id
 * @param fromMillis when the oldest was observed
 * @param toMillis just after the newest was; not after {@code fromMillis} when there is none
 */
record EventSpan(int clusterNumber, String cluster, long fromMillis, long toMillis) {
  static final long DAY_MILLIS = 86_400_000;

  private static final String SPANS =
      "SELECT c.cluster_number, c.cluster,"
          + " (SELECT min(observed_at_epoch_millis) FROM event e"
          + " WHERE e.cluster_number = c.cluster_number),"
          + " (SELECT max(observed_at_epoch_millis) FROM event e"
          + " WHERE e.cluster_number = c.cluster_number)"
          + " FROM cluster c";

  private static final String BODIES =
      "SELECT %s FROM event WHERE cluster_number = %d AND observed_at_epoch_millis >= %d"
          + " AND observed_at_epoch_millis < %d";

  /** Of one cluster, or of all by id; null for all. */
  static Future<List<EventSpan>> read(String cluster, Reading reading) {
    List<EventSpan> spans = new ArrayList<>();
    Consumer<Row> add = row -> spans.add(of(row));
    return cluster == null
        ? reading.fold(SPANS + " ORDER BY c.cluster", Tuple.tuple(), add).map(spans)
        : reading.fold(SPANS + " WHERE c.cluster = ?", Tuple.of(cluster), add).map(spans);
  }

  private static EventSpan of(Row row) {
    Long oldest = row.getLong(2);
    Long newest = row.getLong(3);
    return new EventSpan(
        row.getInteger(0),
        row.getString(1),
        oldest == null ? 0 : oldest,
        newest == null ? 0 : newest + 1);
  }

  /** The part of it that is in a window. */
  EventSpan within(long windowFromMillis, long windowToMillis) {
    return new EventSpan(
        clusterNumber,
        cluster,
        Math.max(fromMillis, windowFromMillis),
        Math.min(toMillis, windowToMillis));
  }

  boolean isEmpty() {
    return fromMillis >= toMillis;
  }

  /** Start of the day that the newest was observed on, or of the span. */
  long lastDayMillis() {
    return Math.max(fromMillis, Math.floorDiv(toMillis - 1, DAY_MILLIS) * DAY_MILLIS);
  }

  /**
   * Feeds one day of it to a visitor, on a worker thread. The database puts the rows together,
   * because a row costs vertx-jdbc-client 15 to 25 µs.
   *
   * @param dayFromMillis and what follows are of one day, UTC
   */
  Future<?> readDay(
      long dayFromMillis,
      long dayToMillis,
      Reading reading,
      EventBody.Visitor visitor,
      Damages damages) {
    long epochDay = Math.floorDiv(dayFromMillis, DAY_MILLIS);
    Consumer<Row> visit =
        row -> {
          Buffer bodies = row.getBuffer(0);
          try {
            if (bodies != null) {
              EventBody.read(bodies.getBytes(), epochDay, visitor);
            }
          } catch (IllegalArgumentException damaged) {
            damages.found(clusterNumber, epochDay, damaged);
          }
        };
    return reading.fold(
        BODIES.formatted(
            reading.dialect().concatenation("body"), clusterNumber, dayFromMillis, dayToMillis),
        Tuple.tuple(),
        visit);
  }
}
