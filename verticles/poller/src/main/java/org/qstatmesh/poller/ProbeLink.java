package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to one probe: one request at a time, each with an id, each with a deadline. After a
 * time-out the socket is thrown away (JeroMQ's may never speak again), so a late reply is never
 * taken for a new one. Event loop only; replies are parsed on a worker.
 */
final class ProbeLink implements Links.User {
  /** Most questions about single jobs that wait while the probe is busy. */
  static final int MAX_WAITING = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ProbeLink.class);

  private final Vertx vertx;
  private final Clock clock;
  private final Links links;
  private final WorkerExecutor parsers;
  private final ProbeRoute route;
  private final ClusterMeters meters;
  private final LinkMaker maker;
  private final Duration deadline;
  private final WireLimits limits;
  private final Deque<Exchange> waiting = new ArrayDeque<>();

  private Exchange current;
  private Long link;
  private String endpoint;
  private long requests;
  private boolean closed;

  /** What every link of a poller needs. */
  record Shared(Vertx vertx, Clock clock, Links links, WorkerExecutor parsers) {}

  ProbeLink(Shared shared, ClusterConfig cluster, ProbeRoute route, ClusterMeters meters) {
    this.vertx = shared.vertx();
    this.clock = shared.clock();
    this.links = shared.links();
    this.parsers = shared.parsers();
    this.route = route;
    this.meters = meters;
    this.maker = LinkMaker.of(cluster, shared.links(), shared.parsers());
    this.deadline = cluster.pollDeadline();
    this.limits = WireLimits.REPLY.withMaxBytes(cluster.maxReplyBytes());
    meters.watchWaiting(waiting);
  }

  /** Asks as soon as the request under way has ended; the deadline runs from then. */
  Future<Answer> askNext(Function<String, ProbeRequest> question) {
    Exchange exchange = new Exchange(question);
    waiting.addFirst(exchange);
    beginNext();
    return exchange.answer.future();
  }

  /**
   * Asks after all others; the deadline runs from now.
   *
   * @return fails with {@link QueryFailure} 503 when {@link #MAX_WAITING} wait already, else with
   *     {@link ExchangeFailure}
   */
  Future<Answer> askLast(Function<String, ProbeRequest> question) {
    if (closed || waiting.size() >= MAX_WAITING) {
      meters.jobQuestionRefused();
      return Future.failedFuture(
          new QueryFailure(QueryFailure.UNAVAILABLE, "too many questions wait for this probe"));
    }
    Exchange exchange = new Exchange(question);
    startDeadline(exchange, deadline);
    waiting.addLast(exchange);
    beginNext();
    return exchange.answer.future();
  }

  /** Ends what is under way or waits with 503. */
  void close() {
    closed = true;
    dropLink();
    List<Exchange> unanswered = new ArrayList<>(waiting);
    waiting.clear();
    if (current != null) {
      unanswered.add(current);
      current = null;
    }
    for (Exchange exchange : unanswered) {
      vertx.cancelTimer(exchange.timer);
      exchange.answer.tryFail(
          new QueryFailure(QueryFailure.UNAVAILABLE, "this cluster is not polled here any more"));
    }
  }

  /** The reply to what is under way cannot come any more: does not wait for the deadline. */
  void wayBroke(ExchangeFailure why) {
    if (current != null && !current.silent && !current.replied) {
      fail(current, why);
    }
  }

  private void beginNext() {
    if (current != null || waiting.isEmpty() || closed) {
      return;
    }
    Exchange exchange = waiting.pollFirst();
    current = exchange;
    exchange.startedNanos = System.nanoTime();
    exchange.id = Long.toString(++requests);
    if (exchange.timer < 0) {
      startDeadline(exchange, deadline);
    }
    send(exchange);
  }

  private void send(Exchange exchange) {
    route
        .endpoint(link == null ? null : endpoint)
        .compose(this::connect)
        .onComplete(
            connection -> {
              if (current == exchange && !exchange.silent) {
                connection.run();
                links.send(link, WireCodec.encodeRequest(exchange.question.apply(exchange.id)));
              }
            },
            cause -> {
              if (current == exchange && !exchange.silent) {
                fail(exchange, cause);
              }
            });
  }

  /** Gets ready what makes a link to {@code where}, or what leaves the one that is there. */
  private Future<Runnable> connect(String where) {
    if (link != null && where.equals(endpoint)) {
      return Future.succeededFuture(() -> {});
    }
    return maker
        .prepare()
        .map(
            opening ->
                () -> {
                  dropLink();
                  endpoint = where;
                  link = opening.open(where, this);
                });
  }

  @Override
  public void replied(byte[] json) {
    Exchange exchange = current;
    if (exchange == null || exchange.silent) {
      meters.dropped(ClusterMeters.Drop.STRAY, 1);
      return;
    }
    // It came in time; how long we take to read it is not the probe's doing.
    vertx.cancelTimer(exchange.timer);
    exchange.replied = true;
    long arrivedAtEpochMillis = clock.millis();
    parsers
        .executeBlocking(() -> WireCodec.decodeReply(json, limits), false)
        .onComplete(
            reply -> {
              if (current == exchange) {
                parsed(exchange, reply, json.length, arrivedAtEpochMillis);
              }
            },
            cause -> {
              if (current == exchange) {
                fail(exchange, unreadable(cause));
              }
            });
  }

  private void parsed(Exchange exchange, ProbeReply reply, int bytes, long arrivedAtEpochMillis) {
    // A probe that could not read the request cannot repeat its id.
    boolean ours =
        exchange.id.equals(reply.id())
            || (reply.id() == null && reply instanceof ProbeReply.Failed);
    long spentNanos = System.nanoTime() - exchange.deadlineStartedNanos;
    if (ours) {
      Duration took = Duration.ofNanos(System.nanoTime() - exchange.startedNanos);
      meters.replied(bytes, took);
      end(exchange);
      exchange.answer.tryComplete(new Answer(reply, arrivedAtEpochMillis));
      beginNext();
    } else {
      meters.dropped(ClusterMeters.Drop.UNKNOWN_ID, 1);
      exchange.replied = false;
      links.listenAgain(link);
      startTimer(exchange, deadline.minusNanos(spentNanos));
    }
  }

  @Override
  public void refused(String why) {
    link = null;
    if (current != null && !current.silent) {
      fail(current, new ExchangeFailure(FailureCode.PROBE_PROTOCOL, why));
    }
  }

  @Override
  public void lost(String why) {
    link = null;
    Exchange exchange = current;
    if (exchange == null || exchange.silent) {
      return;
    }
    if (exchange.sentAgain) {
      fail(exchange, new ExchangeFailure(FailureCode.PROBE_TIMEOUT, why));
    } else {
      exchange.sentAgain = true;
      send(exchange);
    }
  }

  @Override
  public void stray(int messages) {
    meters.dropped(ClusterMeters.Drop.STRAY, messages);
  }

  private void startDeadline(Exchange exchange, Duration after) {
    exchange.deadlineStartedNanos = System.nanoTime();
    startTimer(exchange, after);
  }

  private void startTimer(Exchange exchange, Duration after) {
    exchange.timer = vertx.setTimer(Math.max(1, after.toMillis()), id -> deadlinePassed(exchange));
  }

  private void deadlinePassed(Exchange exchange) {
    if (exchange != current) {
      waiting.remove(exchange);
      exchange.answer.tryFail(
          new ExchangeFailure(
              FailureCode.PROBE_TIMEOUT, "the probe was busy with other questions"));
      return;
    }
    exchange.silent = true;
    dropLink();
    route
        .explainSilence(endpoint)
        .onComplete(
            why -> {
              if (current == exchange) {
                fail(exchange, why);
              }
            },
            cause -> {
              if (current == exchange) {
                fail(exchange, cause);
              }
            });
  }

  private void fail(Exchange exchange, Throwable why) {
    end(exchange);
    dropLink();
    exchange.answer.tryFail(why);
    beginNext();
  }

  private void end(Exchange exchange) {
    vertx.cancelTimer(exchange.timer);
    current = null;
  }

  private void dropLink() {
    if (link != null) {
      links.close(link);
      link = null;
    }
  }

  private ExchangeFailure unreadable(Throwable cause) {
    if (!(cause instanceof WireException)) {
      LOG.error("reading a reply failed", cause);
    }
    return new ExchangeFailure(FailureCode.PROBE_PROTOCOL, cause.getMessage());
  }
}
