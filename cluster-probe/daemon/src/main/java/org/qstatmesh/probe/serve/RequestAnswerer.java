package org.qstatmesh.probe.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.collect.Collected;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.policy.Redaction;
import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

/**
 * What is answered to a request, whichever way requests and replies travel. Never waits for a
 * command: who asks for a snapshot under way is remembered. All methods belong to the one thread of
 * the transport, which also runs what this hands to its executor.
 */
final class RequestAnswerer implements AutoCloseable {
  /** How long a request waits for the collection under way. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final int MAX_WAITING = 256;

  private final BackgroundCollector collector;
  private final JobQueries jobQueries;
  private final Redaction redaction;
  private final Executor transport;
  private final WaitingAskers waiting = new WaitingAskers(MAX_WAITING);
  private boolean collectionAwaited;

  /**
   * Answers nothing yet.
   *
   * @param redaction what a single job passes through before it leaves
   * @param transport runs what other threads have for the transport's thread, in its order
   */
  RequestAnswerer(
      CommandRunner runner,
      SnapshotTaker taker,
      BackgroundCollector collector,
      Redaction redaction,
      Executor transport) {
    this.collector = collector;
    this.jobQueries = new JobQueries(runner, taker);
    this.redaction = redaction;
    this.transport = transport;
  }

  /**
   * Gives one request exactly one reply, now or later, unless {@link #forgetWaiting()} comes first.
   */
  void answer(byte[] body, ReplyPath path) {
    ProbeRequest request;
    try {
      request = WireCodec.decodeRequest(body, WireLimits.REQUEST);
    } catch (WireException refused) {
      refuse(path, refused.getMessage());
      return;
    }
    Asker asker = new Asker(path, request.id());
    switch (request.op()) {
      case HELLO -> reply(asker, new ProbeReply.OfHello(asker.requestId(), collector.hello()));
      case JOB ->
          jobQueries.ask(
              asker.requestId(),
              request.jobId(),
              reply -> transport.execute(() -> reply(asker, redacted(reply))));
      case SNAPSHOT -> snapshotFor(asker, request);
      case BACKFILL ->
          reply(asker, new ProbeReply.OfBackfill(asker.requestId(), collector.backfill(request)));
    }
  }

  /** What the scheduler said of one job, as far as it may leave; a hidden job is an unknown one. */
  private ProbeReply redacted(ProbeReply reply) {
    if (!(reply instanceof ProbeReply.OfJob known)) {
      return reply;
    }
    Optional<JobDetail> left = redaction.ofDetail(known.detail());
    return left.isPresent()
        ? new ProbeReply.OfJob(known.id(), left.get())
        : JobQueries.unknown(known.id());
  }

  /** Answers what is no request. */
  void refuse(ReplyPath path, String message) {
    fail(new Asker(path, null), ProbeErrorCode.PROBE_PROTOCOL, message);
  }

  private void snapshotFor(Asker asker, ProbeRequest request) {
    CompletableFuture<Collected> asked = collector.ask();
    if (asked.isDone()) {
      answerWith(asked.join(), asker, request);
      return;
    }
    if (!collectionAwaited) {
      collectionAwaited = true;
      var unused = asked.thenAccept(result -> transport.execute(() -> answerAll(result)));
    }
    WaitingAskers.Waiting oldest =
        waiting.add(
            new WaitingAskers.Waiting(asker, request, System.nanoTime() + LONGEST_WAIT.toNanos()));
    if (oldest != null) {
      fail(
          oldest.asker(),
          ProbeErrorCode.RATE_LIMITED,
          "more than " + MAX_WAITING + " wait for a snapshot");
    }
  }

  /** Milliseconds until {@link #answerExpired} has something to do; -1 for nothing. */
  long millisUntilExpiry(long nowNanos) {
    return waiting.millisUntilExpiry(nowNanos);
  }

  /** Gives those who have waited long enough what there is. */
  void answerExpired(long nowNanos) {
    waiting.takeExpired(nowNanos).forEach(this::answerWithNewest);
  }

  /** Forgets who waits: their ways back are gone. */
  void forgetWaiting() {
    waiting.forget();
  }

  private void answerAll(Collected result) {
    collectionAwaited = false;
    waiting.takeAll().forEach(one -> answerWith(result, one.asker(), one.request()));
  }

  private void answerWithNewest(WaitingAskers.Waiting one) {
    Collected newest = collector.newest();
    if (newest == null) {
      fail(
          one.asker(),
          ProbeErrorCode.DRMS_TIMEOUT,
          "the scheduler's commands are still running and there is no earlier snapshot");
      return;
    }
    answerWith(newest, one.asker(), one.request());
  }

  private void answerWith(Collected result, Asker asker, ProbeRequest request) {
    String id = asker.requestId();
    if (result instanceof Collected.Picture picture) {
      EncodedSnapshot snapshot = picture.encoded();
      if (snapshot.snapshotId().equals(request.have()) || snapshot.etag().equals(request.etag())) {
        reply(
            asker,
            new ProbeReply.Unchanged(
                id, picture.ageMillis(), snapshot.snapshotId(), snapshot.takenAtEpochMillis()));
      } else {
        asker.path().send(WireCodec.reply(id, snapshot, picture.ageMillis(), request.omitAbsent()));
      }
    } else if (result instanceof Collected.Nothing nothing) {
      reply(asker, new ProbeReply.Failed(id, nothing.error()));
    }
  }

  private static void fail(Asker asker, ProbeErrorCode code, String message) {
    reply(asker, new ProbeReply.Failed(asker.requestId(), ProbeError.of(code, message)));
  }

  private static void reply(Asker asker, ProbeReply reply) {
    asker.path().send(WireCodec.reply(reply));
  }

  /** Begins no single-job query any more. Any thread. */
  @Override
  public void close() {
    jobQueries.close();
  }
}
