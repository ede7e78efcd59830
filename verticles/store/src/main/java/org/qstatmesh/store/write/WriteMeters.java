package org.qstatmesh.store.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.qstatmesh.store.database.DatabaseFault;

/** What the writer counts; names in the documentation of the store. Any thread. */
public final class WriteMeters {
  private final MeterRegistry registry;
  private final List<Gauge> gauges = new ArrayList<>();
  private final Counter stored;
  private final Counter duplicates;
  private final Counter dropped;
  private final Counter refused;
  private final Counter late;
  private final Timer commit;
  private final Timer keep;

  /** Meters that belong to one deployment of the store. */
  public WriteMeters(MeterRegistry registry) {
    this.registry = registry;
    stored = counter("stored", "summaries written");
    duplicates = counter("duplicates", "summaries published again that were on disk already");
    dropped = counter("dropped", "summaries dropped because too many wait for the disk");
    refused = counter("refused", "summaries that cannot be stored");
    late = counter("late", "summaries refused because their time is not kept any more");
    keep =
        Timer.builder("qstatmesh.store.keep")
            .description("time in which hours were put together and what is old was deleted")
            .register(registry);
    commit =
        Timer.builder("qstatmesh.store.commit")
            .description("time of a batch, to the disk and back")
            .register(registry);
  }

  private Counter counter(String what, String description) {
    return Counter.builder("qstatmesh.store." + what).description(description).register(registry);
  }

  void written(Written written, Duration took) {
    stored.increment(written.stored());
    duplicates.increment(written.duplicates());
    late.increment(written.refused().size());
    commit.record(took);
  }

  void dropped(int summaries) {
    dropped.increment(summaries);
  }

  void kept(Duration took) {
    keep.record(took);
  }

  void refused() {
    refused.increment();
  }

  void failed(DatabaseFault fault) {
    registry.counter("qstatmesh.store.failures", "reason", fault.tag()).increment();
  }

  void gauge(String what, String description, Supplier<Number> value) {
    gauges.add(
        Gauge.builder("qstatmesh.store." + what, value)
            .description(description)
            .register(registry));
  }

  /** A gauge of a stage that is started again would go on showing the old one's value. */
  public void removeGauges() {
    gauges.forEach(registry::remove);
    gauges.clear();
  }
}
