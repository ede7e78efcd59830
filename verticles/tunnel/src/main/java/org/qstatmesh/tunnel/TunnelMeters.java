package org.qstatmesh.tunnel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.TunnelState.Status;

/**
 * What the tunnel stage counts. Any thread. Gauges are taken out of the registry at the end: it
 * would go on asking the old ones after a restart of the stage.
 */
final class TunnelMeters {
  private final MeterRegistry registry;
  private final Map<Status, AtomicInteger> tunnels = new EnumMap<>(Status.class);
  private final AtomicInteger channels = new AtomicInteger();
  private final List<Meter> gauges = new ArrayList<>();

  TunnelMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Status status : Status.values()) {
      AtomicInteger value = new AtomicInteger();
      tunnels.put(status, value);
      gauges.add(
          Gauge.builder("qstatmesh.tunnel.tunnels", value, AtomicInteger::get)
              .description("Clusters by the state of the way to them")
              .tag("status", status.name())
              .register(registry));
    }
    gauges.add(
        Gauge.builder("qstatmesh.tunnel.channels", channels, AtomicInteger::get)
            .description("Open channels to probes")
            .register(registry));
  }

  void entered(Status status) {
    tunnels.get(status).incrementAndGet();
  }

  void left(Status status) {
    tunnels.get(status).decrementAndGet();
  }

  void connected() {
    connects("OK").increment();
  }

  void connectFailed(FailureCode code) {
    connects(code.name()).increment();
  }

  private Counter connects(String result) {
    return Counter.builder("qstatmesh.tunnel.connects")
        .description("Attempts to log into a login node")
        .tag("result", result)
        .register(registry);
  }

  void channelOpened() {
    channels.incrementAndGet();
  }

  void channelClosed() {
    channels.decrementAndGet();
  }

  void channelRefused(String reason) {
    Counter.builder("qstatmesh.tunnel.channel.refusals")
        .description("Connections to a tunnel's port that got no channel")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  void closeLate() {
    Counter.builder("qstatmesh.tunnel.late.closes")
        .description("Closings that took longer than their deadline")
        .register(registry)
        .increment();
  }

  /** Counter of bytes of one cluster; {@code direction} is in (from the probe) or out. */
  Counter bytes(String cluster, String direction) {
    return Counter.builder("qstatmesh.tunnel.transferred")
        .description("Bytes carried through the tunnel")
        .baseUnit("bytes")
        .tag("cluster", cluster)
        .tag("direction", direction)
        .register(registry);
  }

  void forget(Meter meter) {
    registry.remove(meter);
  }

  void close() {
    gauges.forEach(registry::remove);
  }
}
