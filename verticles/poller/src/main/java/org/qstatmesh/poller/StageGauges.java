package org.qstatmesh.poller;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of one run of this stage. A registry keeps the first object it was shown under a name,
 * so they must go when the stage stops, or the next run's would show the old one's queues.
 */
final class StageGauges {
  private final MeterRegistry registry;
  private final List<Gauge> gauges = new ArrayList<>();

  StageGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  <T> void show(String name, String description, T watched, ToDoubleFunction<T> value) {
    gauges.add(
        Gauge.builder(name, watched, value)
            .description(description)
            .strongReference(true)
            .register(registry));
  }

  void close() {
    gauges.forEach(registry::remove);
  }
}
