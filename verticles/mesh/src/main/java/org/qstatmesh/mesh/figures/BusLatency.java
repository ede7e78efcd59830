package org.qstatmesh.mesh.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.NodeFigures;

/**
 * Measures how long messages of this node wait for their handler, by {@linkplain Addresses#family
 * address}, as timers {@code qstatmesh.bus.latency}; any thread.
 */
public final class BusLatency implements ObjLongConsumer<String> {
  static final String METER = "qstatmesh.bus.latency";
  static final String ADDRESS = "address";

  /** Addresses beyond the bound share one timer. */
  static final String OTHERS = "others";

  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  /** Timers of {@code meters}. */
  public BusLatency(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void accept(String address, long nanos) {
    String family = Addresses.family(address);
    Timer timer = timers.get(family);
    if (timer == null) {
      boolean full = timers.size() >= NodeFigures.MOST_ADDRESSES;
      timer = timers.computeIfAbsent(full ? OTHERS : family, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String family) {
    return Timer.builder(METER)
        .description("from sending to the start of the handler, both on this node")
        .tag(ADDRESS, family)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
