package org.qstatmesh.broadcast.fit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.broadcast.fit.FitChoices.Choice;
import org.qstatmesh.broadcast.fit.FitChoices.Waited;
import org.qstatmesh.broadcast.fit.FitStandings.Standing;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.Fits;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.summary.Keys;

/**
 * Puts the queues of all clusters into one order. Pure; not thread-safe.
 *
 * <p>Clusters with fresh news come first. Of these, where it fits now, by fewest tasks that wait
 * there and then by most nodes free for it; where it fits later, by how long half of such jobs
 * waited before; what cannot be told; where it never fits. What is equal stays in the page's order.
 */
final class FitRanking {
  /** Most queues of one answer. */
  static final int MOST_CHOICES = 200;

  /** Jobs of which a median or a decile says something. */
  static final int FEWEST_JOBS = 10;

  private static final Comparator<Ranked> ORDER =
      comparing(Ranked::freshness)
          .thenComparing(Ranked::fits)
          .thenComparingLong(Ranked::halfWaitedSeconds)
          .thenComparingLong(Ranked::queuedJobs)
          .thenComparing(comparingLong(Ranked::nodesFree).reversed())
          .thenComparing(comparingLong(Ranked::slotsFree).reversed());

  private final FitStandings standings;
  private final long slotsWanted;
  private final Map<String, Map<String, Waited>> waits;
  private final Map<String, Long> keptFrom = new HashMap<>();
  private final List<Ranked> answered = new ArrayList<>();
  private final List<Choice> unanswered = new ArrayList<>();
  private int omitted;

  /**
   * @param slotsWanted cores of the whole job
   * @param waits how long jobs waited; null when the history did not answer
   */
  FitRanking(FitStandings standings, long slotsWanted, WaitsAnswer waits) {
    this.standings = standings;
    this.slotsWanted = slotsWanted;
    this.waits = waits == null ? null : ofThisSize(waits);
    if (waits != null) {
      waits.kept().forEach(kept -> keptFrom.put(kept.cluster(), kept.fromEpochMillis()));
    }
  }

  /** Takes one cluster; null is a cluster that did not answer. */
  void add(Standing cluster, FitAnswer answer) {
    if (answer == null) {
      QueueFit none = unanswered();
      unanswered.add(
          new Choice(
              cluster.cluster(),
              cluster.status(),
              null,
              null,
              none,
              waited(cluster, none),
              keptFrom.get(cluster.cluster())));
      return;
    }
    omitted += answer.omitted();
    boolean old =
        standings.atEpochMillis() - answer.takenAtEpochMillis() > cluster.staleAfterMillis();
    Freshness freshness = Freshness.of(cluster.status(), old);
    for (QueueFit queue : answer.queues()) {
      QueueFit shown = freshness == Freshness.FRESH ? queue : aged(queue);
      Choice choice =
          new Choice(
              cluster.cluster(),
              cluster.status(),
              answer.takenAtEpochMillis(),
              answer.visibility(),
              shown,
              waited(cluster, shown),
              keptFrom.get(cluster.cluster()));
      answered.add(new Ranked(freshness, choice));
    }
  }

  /** The answer; clusters that did not answer stand last and are kept when there are too many. */
  FitChoices choices(long waitsFromEpochMillis) {
    answered.sort(ORDER);
    int room = MOST_CHOICES - Math.min(unanswered.size(), MOST_CHOICES / 2);
    List<Choice> choices =
        new ArrayList<>(answered.stream().limit(room).map(Ranked::choice).toList());
    choices.addAll(
        unanswered.subList(0, Math.min(unanswered.size(), MOST_CHOICES - choices.size())));
    int left = answered.size() + unanswered.size() - choices.size();
    return new FitChoices(
        standings.atEpochMillis(), waitsFromEpochMillis, waits != null, choices, omitted + left);
  }

  /** What was free then says nothing of now; what is never taken does not depend on it. */
  private static QueueFit aged(QueueFit queue) {
    List<Reason> reasons = new ArrayList<>(queue.reasons());
    reasons.add(Reason.STALE);
    return queue.as(queue.fits() == Fits.NEVER ? Fits.NEVER : Fits.UNKNOWN, reasons);
  }

  private static QueueFit unanswered() {
    return new QueueFit(
        null,
        null,
        null,
        null,
        null,
        Fits.UNKNOWN,
        List.of(Reason.NO_ANSWER),
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Waited waited(Standing cluster, QueueFit queue) {
    if (waits == null) {
      return null;
    }
    String key = queue.queueName() == null ? null : Keys.of(queue.queueName());
    return waits
        .getOrDefault(cluster.cluster(), Collections.emptyMap())
        .getOrDefault(key, Waited.NONE);
  }

  /** By cluster, then queue; the key of all queues together is null. */
  private Map<String, Map<String, Waited>> ofThisSize(WaitsAnswer answer) {
    Map<String, Map<String, Waited>> byCluster = new HashMap<>();
    for (WaitsAnswer.Wait wait : answer.waits()) {
      boolean anySize = wait.minSlots() == 0;
      boolean upTo = wait.maxSlots() == null || slotsWanted <= wait.maxSlots();
      if (!anySize && slotsWanted >= wait.minSlots() && upTo) {
        boolean enough = wait.count() >= FEWEST_JOBS;
        byCluster
            .computeIfAbsent(wait.cluster(), any -> new HashMap<>())
            .put(
                wait.queueName(),
                new Waited(
                    wait.minSlots(),
                    wait.maxSlots(),
                    wait.count(),
                    enough ? wait.p50Seconds() : null,
                    enough ? wait.p90Seconds() : null));
      }
    }
    return byCluster;
  }

  /** How far the news of a cluster can be believed. */
  private enum Freshness {
    FRESH,
    STALE,
    DOWN,
    UNKNOWN;

    /** A row may be fresh while its nodes are not: their collector failed. */
    static Freshness of(ClusterStatus status, boolean old) {
      return switch (status) {
        case UP -> old ? STALE : FRESH;
        case STALE -> STALE;
        case DOWN -> DOWN;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  /** What the order goes by. */
  private record Ranked(Freshness freshness, Choice choice) {
    Fits fits() {
      return choice.queue().fits();
    }

    long halfWaitedSeconds() {
      Waited waited = choice.waited();
      boolean unknown = waited == null || waited.p50Seconds() == null;
      return fits() == Fits.NOW ? 0 : unknown ? Long.MAX_VALUE : waited.p50Seconds();
    }

    long queuedJobs() {
      Integer queued = choice.queue().queuedJobs();
      return queued == null ? Long.MAX_VALUE : queued;
    }

    long nodesFree() {
      Integer free = choice.queue().matchingNodesFree();
      return free == null ? -1 : free;
    }

    long slotsFree() {
      Long free = choice.queue().freeSlots();
      return free == null ? -1 : free;
    }
  }
}
