package org.qstatmesh.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.StageNote;
import org.qstatmesh.store.database.AnotherWriterException;
import org.qstatmesh.store.write.SampleWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the writer, at once or when the store that writes now has gone: of several with one
 * database server the others stand by, and say so to their node. A look waits a moment for the
 * other's lock, so the next of them begins within {@link #PAUSE} and the lock's time-out of its
 * end. Verticle's context.
 */
final class WriterTurn {
  private static final Logger LOG = LoggerFactory.getLogger(WriterTurn.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final SampleWriter writer;
  private Future<Optional<String>> looking = Future.succeededFuture();
  private Long timer;
  private String told;
  private boolean stopped;

  WriterTurn(Vertx vertx, WorkerExecutor thread, SampleWriter writer) {
    this.vertx = vertx;
    this.thread = thread;
    this.writer = writer;
  }

  /** Tries once; the value says who writes, empty when it is us. Fails as the writer's opening. */
  Future<Optional<String>> take() {
    looking =
        thread.executeBlocking(
            () -> {
              try {
                writer.open();
                return Optional.<String>empty();
              } catch (AnotherWriterException e) {
                return Optional.of(e.getMessage());
              }
            });
    return looking;
  }

  /**
   * Stands by and looks again and again.
   *
   * @param other who writes, in words
   * @param ours what to do when the writer is open
   * @return never completes while another writes; fails as the writer's opening and as {@code ours}
   */
  Future<Void> standBy(String other, Supplier<Future<?>> ours) {
    Promise<Void> serving = Promise.promise();
    lookLater(other, ours, serving);
    return serving.future();
  }

  private void lookLater(String other, Supplier<Future<?>> ours, Promise<Void> serving) {
    note("stands by: " + Printable.escape(other));
    timer =
        vertx.setTimer(
            PAUSE.toMillis(),
            id ->
                take()
                    .onComplete(
                        writes -> looked(writes, ours, serving),
                        cause -> {
                          if (!stopped) {
                            serving.fail(cause);
                          }
                        }));
  }

  private void looked(Optional<String> other, Supplier<Future<?>> ours, Promise<Void> serving) {
    if (stopped) {
      return;
    }
    if (other.isPresent()) {
      lookLater(other.get(), ours, serving);
      return;
    }
    LOG.info("the store that wrote has gone: this one takes over");
    ours.get().<Void>mapEmpty().onSuccess(done -> note(null)).onComplete(serving);
  }

  private void note(String note) {
    if (Objects.equals(note, told)) {
      return;
    }
    told = note;
    if (note != null) {
      LOG.info("this store {}", note);
    }
    Addresses.STAGE_NOTE.publish(vertx, new StageNote("store", note));
  }

  /** Looks no more; completes when no look is under way. */
  Future<Void> stop() {
    stopped = true;
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    return looking.<Void>mapEmpty().otherwiseEmpty();
  }
}
