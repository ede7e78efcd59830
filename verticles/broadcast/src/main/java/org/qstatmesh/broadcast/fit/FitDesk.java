package org.qstatmesh.broadcast.fit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.qstatmesh.broadcast.fit.FitStandings.Standing;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.bus.WaitsQuery;

/**
 * Asks every cluster's poller and the store at the same time; who has not answered by the deadline
 * is shown so. Event loop only.
 */
public final class FitDesk {
  /** Of the pollers and the store; a picture is in their memory, waits are on disk. */
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final Duration WAITS_WINDOW = Duration.ofDays(30);

  private final Vertx vertx;
  private final Supplier<FitStandings> standings;

  /**
   * @param standings how the clusters stand now
   */
  public FitDesk(Vertx vertx, Supplier<FitStandings> standings) {
    this.vertx = vertx;
    this.standings = standings;
  }

  /**
   * The queues of these clusters in order; never fails for a poller or a store that is not there.
   *
   * @param clusters ids; one that is no longer configured is left out
   */
  public Future<FitChoices> choices(FitQuery query, Set<String> clusters) {
    FitStandings now = standings.get();
    List<Standing> asked =
        now.clusters().stream().filter(each -> clusters.contains(each.cluster())).toList();
    List<Future<FitAnswer>> answers = new ArrayList<>();
    for (Standing each : asked) {
      answers.add(
          Addresses.fit(each.cluster()).ask(vertx, query, DEADLINE).otherwise((FitAnswer) null));
    }
    long from = Math.max(0, now.atEpochMillis() - WAITS_WINDOW.toMillis());
    String one = clusters.size() == 1 ? clusters.iterator().next() : null;
    Future<WaitsAnswer> waits =
        Addresses.WAITS
            .ask(vertx, new WaitsQuery(one, from, now.atEpochMillis()), DEADLINE)
            .otherwise((WaitsAnswer) null);
    return Future.join(answers)
        .compose(done -> waits)
        .map(
            waited -> {
              FitRanking ranking = new FitRanking(now, query.slotsInAll(), waited);
              for (int i = 0; i < asked.size(); i++) {
                ranking.add(asked.get(i), answers.get(i).result());
              }
              return ranking.choices(from);
            });
  }
}
