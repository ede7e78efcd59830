package org.qstatmesh.mesh.supervise;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.NodePresent;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.RollCall;
import org.qstatmesh.bus.StageRestart;
import org.qstatmesh.bus.StageRestarted;
import org.qstatmesh.bus.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of all nodes of the mesh: who has which, and restarts wherever they are. Nobody keeps
 * a list of the nodes: who answers a call is there. Every method may be called from any thread.
 */
public final class MeshStages {
  private static final Logger LOG = LoggerFactory.getLogger(MeshStages.class);

  /** Who is there answers within this. */
  private static final Duration CALL = Duration.ofMillis(1_500);

  private static final Duration LOOK = Duration.ofMillis(50);

  /** Stopping takes 6 s at most; who asked waits no longer than 30. */
  private static final Duration RESTART = Duration.ofSeconds(25);

  /** More nodes than a mesh ever has; a name that somebody makes up takes no room for good. */
  private static final int MOST_NODES = 1_000;

  private final Vertx vertx;
  private final String self;
  private final Supervisor supervisor;
  private final boolean several;
  private final ConcurrentMap<String, Heard> heard = new ConcurrentHashMap<>();

  private record Heard(NodePresent present, long nanos) {}

  /** Those of the mesh that {@code supervisor}'s node, called {@code self}, is one of. */
  public MeshStages(Vertx vertx, String self, Supervisor supervisor) {
    this(vertx, self, supervisor, vertx.isClustered());
  }

  /**
   * @param several whether others may answer, who are waited for
   */
  MeshStages(Vertx vertx, String self, Supervisor supervisor, boolean several) {
    this.vertx = vertx;
    this.several = several;
    this.self = self;
    this.supervisor = supervisor;
  }

  /** Answers calls and restarts from now on, for as long as Vert.x lives. */
  public Future<Void> serve() {
    List<Subscription> subscriptions =
        List.of(
            Addresses.ROLL_CALL.subscribe(
                vertx, call -> Addresses.NODE_PRESENT.publish(vertx, own())),
            Addresses.NODE_PRESENT.subscribe(vertx, this::heard),
            Addresses.restart(self).serve(vertx, this::restartHere));
    return Future.all(subscriptions.stream().map(Subscription::ready).toList()).mapEmpty();
  }

  private NodePresent own() {
    return new NodePresent(self, supervisor.stages().stream().map(Stage::label).toList());
  }

  private void heard(NodePresent present) {
    if (heard.size() >= MOST_NODES) {
      heard.clear();
    }
    heard.put(present.node(), new Heard(present, System.nanoTime()));
  }

  /** Every node that answers, by name. */
  public Future<List<NodePresent>> nodes() {
    long called = call();
    return until(() -> !several && answered(self, called)).map(done -> since(called));
  }

  private long call() {
    long now = System.nanoTime();
    Addresses.ROLL_CALL.publish(vertx, new RollCall());
    return now;
  }

  private List<NodePresent> since(long nanos) {
    return heard.values().stream()
        .filter(one -> one.nanos() - nanos >= 0)
        .map(Heard::present)
        .sorted(Comparator.comparing(NodePresent::node))
        .toList();
  }

  /** When {@code enough} holds, or after {@link #CALL}. */
  private Future<Void> until(BooleanSupplier enough) {
    Promise<Void> done = Promise.promise();
    lookAgain(enough, System.nanoTime() + CALL.toNanos(), done);
    return done.future();
  }

  private void lookAgain(BooleanSupplier enough, long endNanos, Promise<Void> done) {
    if (enough.getAsBoolean() || System.nanoTime() - endNanos >= 0) {
      done.complete();
    } else {
      vertx.setTimer(LOOK.toMillis(), timer -> lookAgain(enough, endNanos, done));
    }
  }

  /**
   * Starts a stage of this node again. The value says in words what came of it, and who else has
   * the stage.
   *
   * @return fails with {@link QueryFailure}: 404 this node does not have it, and who does; 500 it
   *     did not start
   */
  public Future<String> restart(Stage stage) {
    if (!supervisor.stages().contains(stage)) {
      return nodes().compose(nodes -> Future.failedFuture(notHere(stage, nodes)));
    }
    Future<List<NodePresent>> nodes = nodes();
    return restartHere(new StageRestart(stage.label()))
        .compose(done -> nodes)
        .map(
            present -> {
              String others = others(stage, present);
              return others.isEmpty()
                  ? stage.label() + " is up again"
                  : "%s is up again on %s; it also runs on %s: --node NAME, or --node all"
                      .formatted(stage.label(), self, others);
            });
  }

  private QueryFailure notHere(Stage stage, List<NodePresent> nodes) {
    String others = others(stage, nodes);
    return new QueryFailure(
        QueryFailure.NOT_FOUND,
        others.isEmpty()
            ? stage.label() + " does not run here, nor on any node that answers"
            : "%s does not run here, on %s; it runs on %s: --node NAME, or --node all"
                .formatted(stage.label(), self, others));
  }

  private String others(Stage stage, List<NodePresent> nodes) {
    return nodes.stream()
        .filter(one -> !one.node().equals(self) && one.stages().contains(stage.label()))
        .map(one -> Printable.escape(one.node()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Starts a stage of a node again; words as the other.
   *
   * @return fails with {@link QueryFailure}: 404 no such node answers, and which do, or it does not
   *     have the stage; 500 it did not start; 504 it did not say so in time
   */
  public Future<String> restart(Stage stage, String node) {
    StageRestart wanted = new StageRestart(stage.label());
    if (node.equals(self)) {
      return restartHere(wanted).map(MeshStages::worded);
    }
    long called = call();
    return until(() -> answered(node, called))
        .compose(
            done ->
                answered(node, called)
                    ? restartThere(wanted, node)
                    : Future.failedFuture(notThere(node, since(called))))
        .map(MeshStages::worded);
  }

  private boolean answered(String node, long calledNanos) {
    Heard last = heard.get(node);
    return last != null && last.nanos() - calledNanos >= 0;
  }

  private Future<StageRestarted> restartThere(StageRestart wanted, String node) {
    return Addresses.restart(node)
        .ask(vertx, wanted, RESTART)
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof QueryFailure failure && failure.code() == QueryFailure.TIMEOUT
                        ? new QueryFailure(
                            QueryFailure.TIMEOUT,
                            "%s did not say within %d s that %s is up again"
                                .formatted(node, RESTART.toSeconds(), wanted.stage()))
                        : cause));
  }

  private static QueryFailure notThere(String node, List<NodePresent> nodes) {
    List<String> there = new ArrayList<>();
    for (NodePresent one : nodes) {
      there.add(Printable.escape(one.node() + " (" + String.join(", ", one.stages()) + ")"));
    }
    return new QueryFailure(
        QueryFailure.NOT_FOUND,
        "no node called %s answers; these do: %s"
            .formatted(Printable.escape(node), String.join("; ", there)));
  }

  private static String worded(StageRestarted done) {
    return Printable.escape(done.stage() + " is up again on " + done.node());
  }

  private Future<StageRestarted> restartHere(StageRestart wanted) {
    Stage stage = Stage.of(wanted.stage()).orElse(null);
    if (stage == null || !supervisor.stages().contains(stage)) {
      return Future.failedFuture(
          new QueryFailure(
              QueryFailure.NOT_FOUND,
              "%s does not run on %s, which has: %s"
                  .formatted(
                      Printable.escape(wanted.stage()), self, String.join(", ", own().stages()))));
    }
    LOG.info("restart of stage {} asked for", stage.label());
    return supervisor
        .restart(stage)
        .map(new StageRestarted(self, stage.label()))
        .recover(
            cause ->
                Future.failedFuture(
                    new QueryFailure(
                        QueryFailure.INTERNAL,
                        "%s does not start on %s, which goes on trying: %s"
                            .formatted(
                                stage.label(),
                                self,
                                Printable.escape(String.valueOf(cause.getMessage()))))));
  }
}
