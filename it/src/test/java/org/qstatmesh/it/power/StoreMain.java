package org.qstatmesh.it.power;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreVerticle;
import org.qstatmesh.store.keep.Retention;

/**
 * The program that is killed: a store, and a poller that publishes {@link Script} from a minute on
 * as fast as it is acknowledged. Says {@code stored CLUSTER SNAPSHOT} of each sample that is on
 * disk, {@code in write} and {@code in keeping} when the writer's thread was found there, and how
 * the store stands.
 *
 * <p>Arguments: data directory, first minute.
 */
final class StoreMain extends VerticleBase {
  /** Fewer than the store queues, so that it never drops one. */
  private static final int MOST_UNDER_WAY = 1_000;

  private static final long LOOK_NANOS = 500_000;
  private static final int RAW_DAYS = 3_650;

  private final Set<String> underWay = new HashSet<>();
  private long minute;

  private StoreMain(long firstMinute) {
    minute = firstMinute;
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    StoreConfig config =
        new StoreConfig(
            "here",
            "jdbc:sqlite:history.db",
            Path.of(arguments[0]),
            new Retention(RAW_DAYS, Retention.USUAL.steps(), RAW_DAYS, Retention.USUAL.eventDays()),
            null);
    Vertx vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    vertx
        .deployVerticle(new StoreVerticle(config, new SimpleMeterRegistry()))
        .compose(done -> vertx.deployVerticle(new StoreMain(Long.parseLong(arguments[1]))))
        .onFailure(
            cause -> {
              cause.printStackTrace();
              Runtime.getRuntime().halt(1);
            });
    Thread watch = new Thread(StoreMain::watchWriter, "watch");
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public Future<?> start() {
    Subscription stored =
        Addresses.SNAPSHOT_STORED.subscribe(
            vertx,
            one -> {
              System.out.println("stored " + one.cluster() + " " + one.snapshotId());
              underWay.remove(one.cluster() + " " + one.snapshotId());
              publish();
            });
    Addresses.STORE_STATE.subscribe(
        vertx,
        state ->
            System.out.println(
                "state writing " + state.writing() + " " + state.reason() + " " + state.alarms()));
    return stored.ready().onSuccess(done -> publish());
  }

  private void publish() {
    while (underWay.size() < MOST_UNDER_WAY) {
      List<SnapshotTaken> published = Script.at(minute++);
      for (SnapshotTaken taken : published) {
        underWay.add(taken.summary().cluster() + " " + taken.summary().snapshotId());
        Addresses.SNAPSHOT_TAKEN.publish(vertx, taken);
      }
    }
  }

  /** Says where the writer's thread is, now and then. */
  private static void watchWriter() {
    String before = "";
    while (true) {
      String now = whereWriterIs();
      if (!now.equals(before) && !now.isEmpty()) {
        System.out.println("in " + now);
      }
      before = now;
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static String whereWriterIs() {
    Thread[] threads = new Thread[Thread.activeCount() + 8];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().startsWith("store-writer")) {
        return whereIs(threads[i].getStackTrace());
      }
    }
    return "";
  }

  private static String whereIs(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().endsWith(".Keeper") && frame.getMethodName().equals("work")) {
        return "keeping";
      }
      if (frame.getClassName().endsWith(".WriterConnection")
          && frame.getMethodName().equals("write")) {
        return "write";
      }
    }
    return "";
  }
}
