package org.qstatmesh.store;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.store.write.WriteLoop;

/** Says how the store stands, at every change and every five seconds. Verticle's context. */
final class StateTeller {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long LONG_LOG_BYTES = 256L * 1024 * 1024;

  private final Vertx vertx;
  private final String node;
  private final Database database;
  private final SampleWriter writer;
  private final WriteLoop writing;
  private final Alarms alarms;
  private final Clock clock;
  private DatabaseFault fault;
  private long sinceEpochMillis;
  private Long timer;

  StateTeller(
      Vertx vertx,
      String node,
      Database database,
      SampleWriter writer,
      WriteLoop writing,
      Alarms alarms,
      Clock clock) {
    this.vertx = vertx;
    this.node = node;
    this.database = database;
    this.writer = writer;
    this.writing = writing;
    this.alarms = alarms;
    this.clock = clock;
    sinceEpochMillis = clock.millis();
  }

  void start() {
    timer = vertx.setPeriodic(INTERVAL.toMillis(), id -> tell());
    tell();
  }

  /** Publishes the state as it is now. */
  void tell() {
    if (writing.fault() != fault) {
      fault = writing.fault();
      sinceEpochMillis = clock.millis();
    }
    watchLog();
    List<String> sentences = new ArrayList<>(database.alarms());
    sentences.addAll(alarms.sentences());
    Addresses.STORE_STATE.publish(
        vertx,
        new StoreState(
            node,
            fault == null,
            fault == null ? null : fault.meaning(),
            sinceEpochMillis,
            writing.waiting(),
            sentences));
  }

  private void watchLog() {
    if (writer.walBytes() > LONG_LOG_BYTES) {
      alarms.raise(
          Alarms.Kind.LONG_LOG,
          "The log beside "
              + database
              + " is larger than 256 MB and grows: a reader holds an old state of the history. Look"
              + " for a process that has the file open (fuser, lsof), a backup or a shell, and end"
              + " it.");
    } else if (writer.walBytes() < LONG_LOG_BYTES / 2) {
      alarms.clear(Alarms.Kind.LONG_LOG);
    }
  }

  void stop() {
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
