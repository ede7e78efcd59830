package org.qstatmesh.broadcast.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** The figures of one hook; there are as many hooks as conf/ names. */
final class HookMeters {
  private static final String PREFIX = "qstatmesh.notify.";

  private final MeterRegistry registry;
  private final List<Meter> own = new ArrayList<>();
  private final Counter sent;
  private final Counter failed;
  private final Counter dropped;
  private final Counter retries;

  HookMeters(MeterRegistry registry, String hook, IntSupplier waiting) {
    this.registry = registry;
    sent = counter("sent", "messages that the receiver took", hook);
    failed = counter("failed", "messages given up after the last try", hook);
    dropped = counter("dropped", "messages given up because too many waited", hook);
    retries = counter("retries", "tries after the first", hook);
    own.add(
        Gauge.builder(PREFIX + "waiting", waiting, IntSupplier::getAsInt)
            .strongReference(true)
            .description("messages that wait for the receiver")
            .tag("hook", hook)
            .register(registry));
  }

  private Counter counter(String name, String description, String hook) {
    Counter counter =
        Counter.builder(PREFIX + name)
            .description(description)
            .tag("hook", hook)
            .register(registry);
    own.add(counter);
    return counter;
  }

  void sent() {
    sent.increment();
  }

  void failed() {
    failed.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void retried() {
    retries.increment();
  }

  /** Takes this hook's meters out, so that the next start counts anew. */
  void forget() {
    own.forEach(registry::remove);
  }
}
