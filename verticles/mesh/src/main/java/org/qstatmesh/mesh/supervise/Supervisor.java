package org.qstatmesh.mesh.supervise;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.StageNote;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.mesh.config.MeshConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stages of this node alive under the configuration in force. Every method may be called
 * from any thread; the work is done on one event loop.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final Vertx vertx;
  private final Context context;
  private final Map<Stage, SupervisedStage> stages = new EnumMap<>(Stage.class);
  private final Subscription deaths;
  private final Subscription notes;
  private volatile MeshConfig config;

  /** Supervises {@code roles}; nothing is started yet. */
  public Supervisor(
      Vertx vertx, MeshConfig config, Set<Stage> roles, StageFactory factory, Backoff backoff) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.config = config;
    for (Stage stage : EnumSet.copyOf(roles)) {
      stages.put(
          stage,
          new SupervisedStage(
              vertx,
              stage,
              () -> factory.create(stage, this.config),
              backoff,
              up -> publishConfiguration()));
    }
    this.deaths =
        Addresses.STAGE_DIED.subscribe(vertx, died -> context.runOnContext(run -> died(died)));
    this.notes =
        Addresses.STAGE_NOTE.subscribe(vertx, note -> context.runOnContext(run -> noted(note)));
  }

  /**
   * Starts the stages one after the other. Succeeds when each was tried once: the value is what
   * went wrong, empty when all serve. A stage that failed is tried again by itself.
   */
  public Future<List<Throwable>> start() {
    return onContext(
        () -> {
          List<Throwable> failed = new ArrayList<>();
          Future<Void> chain = Future.succeededFuture();
          for (SupervisedStage stage : stages.values()) {
            chain = chain.compose(done -> stage.start().onFailure(failed::add).otherwiseEmpty());
          }
          return chain.map(done -> failed);
        });
  }

  /** The stages of this node, in starting order. */
  public Set<Stage> stages() {
    return Collections.unmodifiableSet(stages.keySet());
  }

  /**
   * Stops and starts one stage; fails with {@link QueryFailure} 404 when this node does not run it.
   */
  public Future<Void> restart(Stage stage) {
    return onContext(
        () -> {
          SupervisedStage supervised = stages.get(stage);
          return supervised == null
              ? Future.failedFuture(
                  new QueryFailure(QueryFailure.NOT_FOUND, stage.label() + " does not run here"))
              : supervised.restart();
        });
  }

  /**
   * Puts another valid configuration in force: stages are told, and started anew where they must
   * be.
   */
  public Future<Void> apply(MeshConfig next) {
    return onContext(
        () -> {
          MeshConfig before = config;
          config = next;
          publishConfiguration();
          if (!next.ops().equals(before.ops())) {
            LOG.warn("the operators' port is taken up at the next start of this node");
          }
          List<Future<Void>> restarts = new ArrayList<>();
          if (!next.web().equals(before.web()) && stages.containsKey(Stage.BROADCAST)) {
            restarts.add(stages.get(Stage.BROADCAST).restart());
          }
          if (!next.store().equals(before.store()) && stages.containsKey(Stage.STORE)) {
            restarts.add(stages.get(Stage.STORE).restart());
          }
          if (!next.hooks().equals(before.hooks()) && stages.containsKey(Stage.NOTIFY)) {
            restarts.add(stages.get(Stage.NOTIFY).restart());
          }
          return Future.join(restarts).mapEmpty();
        });
  }

  /** The configuration in force. */
  public MeshConfig config() {
    return config;
  }

  /** How every stage of this node does, in starting order. */
  public Future<List<StageReport>> reports() {
    return onContext(
        () ->
            Future.succeededFuture(stages.values().stream().map(SupervisedStage::report).toList()));
  }

  /** Stops the stages in reverse order; succeeds whatever happens, each stage within 6 s. */
  public Future<Void> stop() {
    return onContext(
        () -> {
          List<SupervisedStage> reverse = new ArrayList<>(stages.values());
          Collections.reverse(reverse);
          Future<Void> chain = Future.succeededFuture();
          for (SupervisedStage stage : reverse) {
            chain = chain.compose(done -> stage.stop().otherwiseEmpty());
          }
          return chain.eventually(deaths::cancel).eventually(notes::cancel);
        });
  }

  private void died(StageDied died) {
    Stage.of(died.stage())
        .map(stages::get)
        .ifPresentOrElse(
            stage -> stage.died(died.detail()),
            () -> LOG.warn("a stage that does not run here died: {}", died.stage()));
  }

  private void noted(StageNote note) {
    Stage.of(note.stage()).map(stages::get).ifPresent(stage -> stage.noted(note.note()));
  }

  private void publishConfiguration() {
    Addresses.PEOPLE_CONFIGURED.publish(vertx, new PeopleConfigured(config.people()));
    Addresses.CLUSTERS_CONFIGURED.publish(vertx, new ClustersConfigured(config.clusters()));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(run -> work.get().onComplete(promise));
    return promise.future();
  }
}
