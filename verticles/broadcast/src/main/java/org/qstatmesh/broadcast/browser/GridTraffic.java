package org.qstatmesh.broadcast.browser;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of this side; any thread. */
final class GridTraffic {

  /** Why a frame was not delivered, or a socket was closed. */
  enum Drop {
    /** A newer frame of the same address took its place while the browser did not read. */
    SUPERSEDED,
    /** The browser took nothing for too long. */
    STALLED,
    /** The browser sent no ping. */
    SILENT,
    /** The browser sends faster than allowed, or does not read what it asks for. */
    FLOOD,
    /** There are too many sockets. */
    FULL,
    /** Another origin or host. */
    FORBIDDEN,
    /** The connection failed while writing. */
    BROKEN
  }

  private static final String PREFIX = "qstatmesh.broadcast.";

  private final MeterRegistry meters;
  private final List<Meter> own = new ArrayList<>();
  private final ConcurrentHashMap<String, Meter> byTags = new ConcurrentHashMap<>();
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicInteger registrations = new AtomicInteger();
  private final Counter deliveries;
  private final Counter encodes;
  private final Counter bytes;
  private final Timer query;
  private final Timer program;

  GridTraffic(MeterRegistry meters) {
    this.meters = meters;
    deliveries = own(Counter.builder(PREFIX + "deliveries").register(meters));
    encodes = own(Counter.builder(PREFIX + "encodes").register(meters));
    bytes = own(Counter.builder(PREFIX + "sent").baseUnit("bytes").register(meters));
    query = own(Timer.builder(PREFIX + "query").publishPercentiles(0.5, 0.99).register(meters));
    program = own(Timer.builder(PREFIX + "request").publishPercentiles(0.5, 0.99).register(meters));
    own.add(Gauge.builder(PREFIX + "sockets", sockets, AtomicInteger::get).register(meters));
    own.add(
        Gauge.builder(PREFIX + "registrations", registrations, AtomicInteger::get)
            .register(meters));
    countDrops();
  }

  /**
   * Every reason is there from the start: a counter that appears with its first event has no rate.
   */
  private void countDrops() {
    for (Drop reason : Drop.values()) {
      drops(reason).increment(0);
    }
  }

  private <M extends Meter> M own(M meter) {
    own.add(meter);
    return meter;
  }

  void opened() {
    sockets.incrementAndGet();
  }

  void closed() {
    sockets.decrementAndGet();
  }

  int sockets() {
    return sockets.get();
  }

  void registered() {
    registrations.incrementAndGet();
  }

  void unregistered() {
    registrations.decrementAndGet();
  }

  void encoded() {
    encodes.increment();
  }

  void delivered() {
    deliveries.increment();
  }

  void sent(int count) {
    bytes.increment(count);
  }

  void dropped(Drop reason) {
    drops(reason).increment();
  }

  /** A question was answered: {@code result} is "ok" or the failure's code. */
  void answered(String address, String result, Duration took) {
    query.record(took);
    counter("queries", "address", address, "result", result).increment();
  }

  /** A program's request was answered: {@code route} is one of a fixed few. */
  void programAnswered(String route, int status, Duration took) {
    program.record(took);
    counter("requests", "route", route, "status", Integer.toString(status)).increment();
  }

  private Counter drops(Drop reason) {
    return counter("drops", "reason", reason.name());
  }

  private Counter counter(String name, String... tags) {
    return (Counter)
        byTags.computeIfAbsent(
            name + String.join("|", tags),
            key -> Counter.builder(PREFIX + name).tags(tags).register(meters));
  }

  /** Takes this side's meters out, so that the next start counts anew. */
  void forget() {
    own.forEach(meters::remove);
    byTags.values().forEach(meters::remove);
  }
}
