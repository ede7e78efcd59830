package org.qstatmesh.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.MeshMessage;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.store.database.AnotherWriterException;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.read.Answers;
import org.qstatmesh.store.write.KeepLoop;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.store.write.WriteLoop;
import org.qstatmesh.store.write.WriteMeters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage that keeps the history; package documentation says what it hears and answers.
 *
 * <p>Its deployment fails with {@link IllegalArgumentException} when no repetition would help: the
 * database was written by a newer release. Any other failure may pass: a full disk, a locked file.
 * Where another store writes to the same server, this one is up and stands by.
 */
public final class StoreVerticle extends VerticleBase {
  private static final String STAGE = "store";
  private static final Duration READERS_DEADLINE = Duration.ofSeconds(1);
  private static final Duration STOP_DEADLINE = Duration.ofMillis(4_500);
  private static final Logger LOG = LoggerFactory.getLogger(StoreVerticle.class);

  private final StoreConfig config;
  private final Database database;
  private final MeterRegistry registry;
  private final WriteMeters meters;
  private final Clock clock;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private WorkerExecutor thread;
  private WorkerExecutor checker;
  private final Alarms alarms = new Alarms();
  private SampleWriter writer;
  private WriterTurn turn;
  private WriteLoop writing;
  private KeepLoop keeping;
  private StateTeller state;
  private Answers answers;
  private boolean unreadable;
  private boolean dead;
  private boolean stopping;

  /** A store that counts in {@code meters}. */
  public StoreVerticle(StoreConfig config, MeterRegistry meters) {
    this(config, config.database(), meters, Clock.systemUTC());
  }

  StoreVerticle(StoreConfig config, Database database, MeterRegistry meters, Clock clock) {
    this.config = config;
    this.database = database;
    registry = meters;
    this.meters = new WriteMeters(meters);
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    writer = new SampleWriter(database, config.retention(), clock, alarms);
    thread = vertx.createSharedWorkerExecutor("store-writer-" + deploymentID(), 1);
    turn = new WriterTurn(vertx, thread, writer);
    return turn.take()
        .<Void>compose(
            other -> {
              if (other.isEmpty()) {
                return keep().mapEmpty();
              }
              turn.standBy(other.get(), this::keep).onFailure(this::die);
              return Future.succeededFuture();
            })
        .recover(cause -> closeWriter().transform(done -> Future.failedFuture(cause)));
  }

  /** Keeps and answers; the writer is open. */
  private Future<?> keep() {
    return thread
        .executeBlocking(database::forReading)
        .compose(
            source -> {
              if (stopping) {
                return Future.failedFuture("stopped meanwhile");
              }
              answers = new Answers(vertx, source, database, config.retention(), clock, alarms);
              Happenings happenings = new Happenings();
              writing = new WriteLoop(vertx, thread, writer, meters, happenings);
              keeping = new KeepLoop(vertx, thread, writer, meters, happenings);
              state =
                  new StateTeller(vertx, config.node(), database, writer, writing, alarms, clock);
              return serve();
            })
        .onSuccess(
            done -> {
              if (stopping) {
                return;
              }
              state.start();
              keeping.start();
              answers.warmUp();
              checkWhileInUse();
            })
        .onSuccess(done -> LOG.info("history of {} is kept in {}", config.node(), database));
  }

  private void die(Throwable cause) {
    if (!dead && !stopping) {
      dead = true;
      Addresses.STAGE_DIED.publish(
          vertx, new StageDied(STAGE, Printable.escape(String.valueOf(cause.getMessage()))));
    }
  }

  /** On a thread of its own: a large file takes minutes. */
  private void checkWhileInUse() {
    checker = vertx.createSharedWorkerExecutor("store-check-" + deploymentID(), 1);
    checker
        .<Void>executeBlocking(
            () -> {
              database.checkWhileInUse();
              return null;
            })
        .onFailure(
            cause -> {
              if (DatabaseFault.of(cause) == DatabaseFault.CORRUPT) {
                state.tell();
                new Happenings().damaged(cause);
              } else {
                LOG.warn("{} could not be looked at for damage", database, cause);
              }
            });
  }

  private Future<Void> closeWriter() {
    meters.removeGauges();
    return thread
        .<Void>executeBlocking(
            () -> {
              writer.close();
              return null;
            })
        .eventually(thread::close);
  }

  private Future<?> serve() {
    subscriptions.add(
        Addresses.HISTORY.serve(vertx, query -> asked("history", () -> answers.history(query))));
    subscriptions.add(Addresses.LATEST.serve(vertx, query -> asked("latest", answers::latest)));
    subscriptions.add(Addresses.AT.serve(vertx, query -> asked("at", () -> answers.at(query))));
    subscriptions.add(
        Addresses.FORGET.serve(vertx, query -> asked("forget", () -> forget(query.login()))));
    subscriptions.add(
        Addresses.WAITS.serve(vertx, query -> asked("waits", () -> answers.waits(query))));
    subscriptions.add(
        Addresses.EVENTS.serve(vertx, query -> asked("events", () -> answers.events(query))));
    subscriptions.add(Addresses.POLL_FAILED.subscribe(vertx, failed -> writing.offer(failed)));
    subscriptions.add(Addresses.SNAPSHOT_TAKEN.subscribe(vertx, taken -> writing.offer(taken)));
    if (config.databaseFile() != null) {
      OtherStores others = new OtherStores(config.node(), alarms, System::nanoTime);
      subscriptions.add(Addresses.STORE_STATE.subscribe(vertx, others::heard));
    }
    return Future.all(subscriptions.stream().map(Subscription::ready).toList());
  }

  /** A name that is known to those who read is not asked for again: it may be another's soon. */
  private Future<ForgetAnswer> forget(String login) {
    return keeping.forget(login).onComplete(done -> answers.forgetNames());
  }

  /** What the writer's loops say. */
  private final class Happenings implements WriteLoop.Events {
    @Override
    public void onDisk(ClusterSummary summary) {
      Addresses.SNAPSHOT_STORED.publish(
          vertx, new SnapshotStored(summary.cluster(), summary.snapshotId()));
    }

    @Override
    public void changed() {
      state.tell();
    }

    @Override
    public void namesDeleted() {
      answers.forgetNames();
    }

    /** What checks the file at start moves a damaged one aside. */
    @Override
    public void damaged(Throwable cause) {
      die(cause);
    }

    /** Started anew, it stands by. */
    @Override
    public void relieved(AnotherWriterException cause) {
      die(cause);
    }
  }

  /** Counts a question and words its failure for the asker. */
  private <A extends MeshMessage> Future<A> asked(String query, Supplier<Future<A>> answer) {
    long startedNanos = System.nanoTime();
    Future<A> answered;
    try {
      answered = answer.get();
    } catch (QueryFailure refused) {
      answered = Future.failedFuture(refused);
    }
    return answered
        .onSuccess(done -> unreadable = false)
        .recover(cause -> Future.failedFuture(understood(cause)))
        .onComplete(
            done -> {
              String outcome =
                  done.cause() instanceof QueryFailure e ? Integer.toString(e.code()) : "ok";
              registry
                  .timer("qstatmesh.store.queries", "query", query, "outcome", outcome)
                  .record(Duration.ofNanos(System.nanoTime() - startedNanos));
            });
  }

  private QueryFailure understood(Throwable cause) {
    if (cause instanceof QueryFailure failure) {
      return failure;
    }
    if (!unreadable) {
      LOG.error("history cannot be read", cause);
    }
    unreadable = true;
    return new QueryFailure(
        QueryFailure.UNAVAILABLE,
        "the history cannot be read now: " + Printable.escape(cause.getMessage()));
  }

  /** Before the writer: the last to close empties the log, and only the writer can. */
  private Future<Void> closeReading() {
    return answers
        .close()
        .timeout(READERS_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    if (state == null) {
      return turn.stop()
          .timeout(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
          .transform(done -> closeWriter());
    }
    answers.endWarmUp();
    state.stop();
    // Interrupts it.
    Future<Void> unchecked = checker == null ? Future.succeededFuture() : checker.close();
    return Future.join(subscriptions.stream().map(Subscription::cancel).toList())
        .otherwiseEmpty()
        .compose(done -> closeReading())
        .compose(done -> keeping.stop())
        .compose(done -> writing.stop())
        .timeout(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(cause -> LOG.warn("the history was not closed in order", cause))
        .otherwiseEmpty()
        .eventually(() -> unchecked)
        .onComplete(done -> thread.close());
  }
}
