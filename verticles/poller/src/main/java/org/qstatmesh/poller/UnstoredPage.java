package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * Summaries of the past that were published and that no store has named yet; published again until
 * it does, or until patience ends. Event loop only.
 */
final class UnstoredPage {
  private final Vertx vertx;
  private final Map<String, ClusterSummary> missing = new LinkedHashMap<>();
  private final Promise<Void> stored = Promise.promise();
  private final long again;
  private final long patience;

  UnstoredPage(Vertx vertx, List<ClusterSummary> page, Duration resend, Duration patience) {
    this.vertx = vertx;
    page.forEach(summary -> missing.put(summary.snapshotId(), summary));
    this.again = vertx.setPeriodic(resend.toMillis(), id -> publish());
    this.patience =
        vertx.setTimer(patience.toMillis(), id -> end("the store does not name what it was sent"));
    publish();
    endIfStored();
  }

  private void publish() {
    missing
        .values()
        .forEach(
            summary -> Addresses.SNAPSHOT_TAKEN.publish(vertx, new SnapshotTaken(summary, true)));
  }

  void stored(String snapshotId) {
    if (missing.remove(snapshotId) != null) {
      endIfStored();
    }
  }

  private void endIfStored() {
    if (missing.isEmpty()) {
      end(null);
    }
  }

  /** Nobody waits for it any more. */
  void abandon() {
    end("this cluster is not polled here any more");
  }

  private void end(String why) {
    vertx.cancelTimer(again);
    vertx.cancelTimer(patience);
    if (why == null) {
      stored.tryComplete();
    } else {
      stored.tryFail(why);
    }
  }

  /** Completes when all are on disk; fails when that is not to be waited for. */
  Future<Void> allStored() {
    return stored.future();
  }
}
