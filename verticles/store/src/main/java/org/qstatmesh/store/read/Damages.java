package org.qstatmesh.store.read;

import java.util.HashSet;
import java.util.Set;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Damage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chunks and events that cannot be read. They are gaps in an answer, because the rest of it is
 * good; each is logged once, and the first is an alarm. Any thread.
 */
final class Damages {
  private static final int MOST_TOLD = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Damages.class);

  private final String database;
  private final Damage damage;
  private final Set<Record> told = new HashSet<>();

  private record Place(int clusterNumber, Part part, int stepSeconds, long startSeconds) {}

  private record Day(int clusterNumber, long epochDay) {}

  /**
   * None yet.
   *
   * @param database its name, for the log
   * @param alarms hears that there is damage
   */
  Damages(String database, Alarms alarms) {
    this.database = database;
    damage = new Damage(alarms);
  }

  synchronized void found(
      int clusterNumber, Part part, int stepSeconds, long startSeconds, Exception cause) {
    tell(new Place(clusterNumber, part, stepSeconds, startSeconds), cause);
    damage.found(clusterNumber, part, stepSeconds, startSeconds * 1_000, cause);
  }

  /** What changed on a day cannot be read. */
  synchronized void found(int clusterNumber, long epochDay, Exception cause) {
    tell(new Day(clusterNumber, epochDay), cause);
    damage.foundEvents(clusterNumber, epochDay, cause);
  }

  private void tell(Record place, Exception cause) {
    if (told.size() < MOST_TOLD && told.add(place)) {
      LOG.error(
          "{} is damaged: {} cannot be read and is shown as a gap. Check the disk, and fetch the"
              + " database back from a backup if there is more of this",
          database,
          place,
          cause);
    }
  }
}
