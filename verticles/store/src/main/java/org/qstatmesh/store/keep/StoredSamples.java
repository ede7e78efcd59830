package org.qstatmesh.store.keep;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;

/**
 * Knows which samples are in chunks. Of hours that were asked for lately it holds a hash of each
 * snapshot's id, so that a thousand samples that are filled in do not open the heads of a day each.
 * One thread.
 */
final class StoredSamples {
  private static final long HOUR_MILLIS = ChunkSpan.millis(0);

  /** Beyond a day the same id is another collection: probes may count anew when they start. */
  private static final long SAME_ID_MILLIS = Duration.ofDays(1).toMillis();

  /** When a snapshot was taken is known but for this, however it came. */
  private static final long TOLERANCE_MILLIS = Duration.ofMinutes(10).toMillis();

  /** 4 MB: of a poll a minute, two days of 90 clusters. */
  private static final int CACHED_HASHES = 262_144;

  private static final int CACHED_HOURS = 8_192;

  private final ChunkTable chunks;
  private final Compacted compacted;
  private final Damage damage;
  private final LinkedHashMap<Hour, long[]> cache = new LinkedHashMap<>(256, 0.75f, true);
  private int cachedHashes;

  private record Hour(int cluster, long startMillis) {}

  /**
   * Where a sample is.
   *
   * @param hourMillis start of the hour whose chunks hold it
   * @param backfilled whether it was filled in
   */
  record Place(long hourMillis, boolean backfilled) {}

  StoredSamples(ChunkTable chunks, Compacted compacted, Damage damage) {
    this.chunks = chunks;
    this.compacted = compacted;
    this.damage = damage;
  }

  /** Finds a snapshot; null when no chunk holds it. */
  Place find(int cluster, String snapshotId, long observedMillis) throws SQLException {
    long until = compacted.untilMillis(cluster);
    if (observedMillis >= until + TOLERANCE_MILLIS || until == Long.MIN_VALUE) {
      return null;
    }
    boolean late = observedMillis < until;
    long around = late ? SAME_ID_MILLIS : TOLERANCE_MILLIS;
    long hash = hash(snapshotId);
    long last = Math.min(until - 1, observedMillis + around);
    for (long hour = ChunkSpan.startMillis(0, observedMillis - around);
        hour <= last;
        hour += HOUR_MILLIS) {
      if (Arrays.binarySearch(hashes(cluster, hour), hash) >= 0) {
        Place place = place(cluster, hour, snapshotId, observedMillis);
        if (place != null) {
          return place;
        }
      }
    }
    return null;
  }

  private Place place(int cluster, long hourMillis, String snapshotId, long observedMillis)
      throws SQLException {
    ChunkReader chunk = open(cluster, hourMillis);
    if (chunk == null) {
      return null;
    }
    List<Head> heads = Heads.of(chunk);
    for (int i = 0; i < heads.size(); i++) {
      long apart = Math.abs(hourMillis + chunk.offsetMillis(i) - observedMillis);
      if (apart < SAME_ID_MILLIS && heads.get(i).snapshotId().equals(snapshotId)) {
        return new Place(hourMillis, heads.get(i).backfilled());
      }
    }
    return null;
  }

  private ChunkReader open(int cluster, long hourMillis) throws SQLException {
    return damage.open(
        chunks.find(cluster, Part.HEAD, 0, hourMillis), cluster, Part.HEAD, 0, hourMillis);
  }

  private long[] hashes(int cluster, long hourMillis) throws SQLException {
    Hour hour = new Hour(cluster, hourMillis);
    long[] known = cache.get(hour);
    if (known != null) {
      return known;
    }
    ChunkReader chunk = open(cluster, hourMillis);
    long[] hashes =
        chunk == null
            ? new long[0]
            : Heads.of(chunk).stream().mapToLong(head -> hash(head.snapshotId())).toArray();
    Arrays.sort(hashes);
    cache.put(hour, hashes);
    cachedHashes += hashes.length;
    dropEldest();
    return hashes;
  }

  private void dropEldest() {
    while (cachedHashes > CACHED_HASHES || cache.size() > CACHED_HOURS) {
      Map.Entry<Hour, long[]> eldest = cache.entrySet().iterator().next();
      forget(eldest.getKey().cluster(), eldest.getKey().startMillis());
    }
  }

  /** The hour was put together. */
  void forget(int cluster, long hourMillis) {
    long[] dropped = cache.remove(new Hour(cluster, hourMillis));
    cachedHashes -= Objects.requireNonNullElse(dropped, new long[0]).length;
  }

  /** FNV-1a. Who collides is told apart by its heads. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
