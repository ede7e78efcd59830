package org.qstatmesh.store.keep;

import java.time.Instant;
import java.time.LocalDate;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/** What cannot be read is left out and told; the rest of the history goes on. Any thread. */
public final class Damage {
  private final Alarms alarms;

  /** Tells {@code alarms}. */
  public Damage(Alarms alarms) {
    this.alarms = alarms;
  }

  /** A part of a cluster is damaged at a time; step 0 is a sample or an hour of them. */
  public void found(int cluster, Part part, int stepSeconds, long epochMillis, Exception cause) {
    raise(
        "%s, step %d s, at %s".formatted(part, stepSeconds, Instant.ofEpochMilli(epochMillis)),
        cluster,
        cause);
  }

  /** What changed on a cluster on a day, UTC, is damaged. */
  public void foundEvents(int cluster, long epochDay, Exception cause) {
    raise("events of " + LocalDate.ofEpochDay(epochDay), cluster, cause);
  }

  private void raise(String what, int cluster, Exception cause) {
    alarms.raise(
        Alarms.Kind.DAMAGED,
        "A part of the history is damaged and was left out (cluster number "
            + cluster
            + ", "
            + what
            + ": "
            + cause.getMessage()
            + "). Look for disk errors, and restore a backup if more is missing.");
  }

  /** Opens a body; null when there is none, or when it is damaged. */
  ChunkReader open(byte[] body, int cluster, Part part, int stepSeconds, long startMillis) {
    try {
      return body == null ? null : ChunkReader.of(body);
    } catch (IllegalArgumentException e) {
      found(cluster, part, stepSeconds, startMillis, e);
      return null;
    }
  }
}
