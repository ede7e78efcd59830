package org.qstatmesh.poller;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.StageDied;

/** Hears all that a poller publishes, and lets a test wait for some of it. */
final class BusEars {
  final List<ClusterSummary> taken = new CopyOnWriteArrayList<>();
  final List<PollFailed> failed = new CopyOnWriteArrayList<>();
  final List<PollerAlive> alive = new CopyOnWriteArrayList<>();
  final List<StageDied> died = new CopyOnWriteArrayList<>();
  private final Object news = new Object();

  BusEars(Vertx vertx) {
    Addresses.SNAPSHOT_TAKEN.subscribe(vertx, message -> hear(taken, message.summary()));
    Addresses.POLL_FAILED.subscribe(vertx, message -> hear(failed, message));
    Addresses.POLLER_ALIVE.subscribe(vertx, message -> hear(alive, message));
    Addresses.STAGE_DIED.subscribe(vertx, message -> hear(died, message));
  }

  ClusterSummary taken(String cluster, Predicate<ClusterSummary> wanted) {
    return first(taken, row -> row.cluster().equals(cluster) && wanted.test(row));
  }

  ClusterSummary taken(String cluster) {
    return taken(cluster, any -> true);
  }

  PollFailed failed(String cluster, FailureCode code) {
    return first(failed, poll -> poll.cluster().equals(cluster) && poll.failure().code() == code);
  }

  long takenSoFar(String cluster) {
    return taken.stream().filter(row -> row.cluster().equals(cluster)).count();
  }

  <T> T first(List<T> heard, Predicate<T> wanted) {
    until(() -> heard.stream().anyMatch(wanted));
    return heard.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until news of the bus has made it true. */
  void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    synchronized (news) {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new AssertionError(
              "not heard in time; taken " + taken.size() + ", failed " + failed);
        }
        try {
          // With a limit, for conditions that change without a message.
          news.wait(50);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private <T> void hear(List<T> list, T message) {
    synchronized (news) {
      list.add(message);
      news.notifyAll();
    }
  }
}
