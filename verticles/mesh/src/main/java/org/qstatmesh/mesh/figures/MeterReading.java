package org.qstatmesh.mesh.figures;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.NodeFigures;

/**
 * One walk through a registry, and what it found by name and tag. Meters that are not there count
 * as 0 or null: a stage that does not run has none.
 */
final class MeterReading {
  private static final String BUS = "vertx.eventbus.";
  private static final String POLLER = "qstatmesh.poller.";
  private static final String STORE = "qstatmesh.store.";
  private static final String BROADCAST = "qstatmesh.broadcast.";
  private static final String CLUSTER = "cluster";

  private final Map<String, List<Meter>> byName = new HashMap<>();

  private MeterReading() {}

  /** Walks through all meters, tens of thousands where many clusters are polled. */
  static MeterReading of(MeterRegistry registry) {
    MeterReading reading = new MeterReading();
    registry.forEachMeter(
        meter ->
            reading
                .byName
                .computeIfAbsent(meter.getId().getName(), name -> new ArrayList<>())
                .add(meter));
    return reading;
  }

  List<NodeFigures.AddressFigures> addresses() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (String what :
        List.of(
            "published",
            "sent",
            "received",
            "delivered",
            "discarded",
            "reply.failures",
            "pending")) {
      sums(BUS + what, "address")
          .forEach(
              (address, count) ->
                  counts.computeIfAbsent(address, any -> new HashMap<>()).put(what, count));
    }
    Map<String, Timer> latencies = timers(BusLatency.METER, BusLatency.ADDRESS);
    latencies.keySet().forEach(address -> counts.putIfAbsent(address, Map.of()));
    return counts.entrySet().stream()
        .limit(NodeFigures.MOST_ADDRESSES)
        .map(entry -> address(entry.getKey(), entry.getValue(), latencies.get(entry.getKey())))
        .toList();
  }

  private static NodeFigures.AddressFigures address(
      String address, Map<String, Long> counts, Timer latency) {
    return new NodeFigures.AddressFigures(
        address,
        counts.getOrDefault("published", 0L),
        counts.getOrDefault("sent", 0L),
        counts.getOrDefault("received", 0L),
        counts.getOrDefault("delivered", 0L),
        counts.getOrDefault("discarded", 0L),
        counts.getOrDefault("reply.failures", 0L),
        counts.getOrDefault("pending", 0L),
        percentileMillis(latency, 0.5),
        percentileMillis(latency, 0.99));
  }

  List<NodeFigures.ClusterFigures> clusters() {
    Map<String, Map<String, Long>> polls = new TreeMap<>();
    for (Meter meter : named(POLLER + "failing")) {
      polls.put(tag(meter, CLUSTER), new TreeMap<>());
    }
    for (Meter meter : named(POLLER + "polls")) {
      polls
          .computeIfAbsent(tag(meter, CLUSTER), any -> new TreeMap<>())
          .put(tag(meter, "result"), count(meter));
    }
    Map<String, Timer> latencies = timers(POLLER + "latency", CLUSTER);
    Map<String, DistributionSummary> replies = replySizes();
    Map<String, Long> problems = sums(POLLER + "parse.problems", CLUSTER);
    Map<String, Long> failing = sums(POLLER + "failing", CLUSTER);
    Map<String, Long> lastGood = lastGood();
    return polls.entrySet().stream()
        .limit(NodeFigures.MOST_CLUSTERS)
        .map(
            entry -> {
              String cluster = entry.getKey();
              DistributionSummary sizes = replies.get(cluster);
              return new NodeFigures.ClusterFigures(
                  cluster,
                  entry.getValue(),
                  sizes == null ? 0 : sizes.count(),
                  sizes == null ? 0 : Math.round(sizes.totalAmount()),
                  problems.getOrDefault(cluster, 0L),
                  percentileMillis(latencies.get(cluster), 0.5),
                  percentileMillis(latencies.get(cluster), 0.99),
                  failing.getOrDefault(cluster, 0L) > 0,
                  lastGood.get(cluster));
            })
        .toList();
  }

  private Map<String, DistributionSummary> replySizes() {
    Map<String, DistributionSummary> sizes = new HashMap<>();
    for (Meter meter : named(POLLER + "reply.size")) {
      if (meter instanceof DistributionSummary summary) {
        sizes.put(tag(meter, CLUSTER), summary);
      }
    }
    return sizes;
  }

  private Map<String, Long> lastGood() {
    Map<String, Long> lastGood = new HashMap<>();
    for (Meter meter : named(POLLER + "last.good")) {
      double seconds = meter instanceof Gauge gauge ? gauge.value() : Double.NaN;
      if (seconds > 0) {
        lastGood.put(tag(meter, CLUSTER), Math.round(seconds * 1_000));
      }
    }
    return lastGood;
  }

  /** Null when no store runs here. */
  NodeFigures.StoreFigures store() {
    if (named(STORE + "pending").isEmpty()) {
      return null;
    }
    long bytes = sum(STORE + "database.bytes");
    return new NodeFigures.StoreFigures(
        bytes > 0 ? bytes : null,
        sum(STORE + "writing") > 0,
        sum(STORE + "pending"),
        sum(STORE + "stored"),
        sum(STORE + "dropped"));
  }

  /** Null when no page is served here. */
  NodeFigures.BrowserFigures browsers() {
    if (named(BROADCAST + "sockets").isEmpty()) {
      return null;
    }
    Map<String, Long> drops = sums(BROADCAST + "drops", "reason");
    drops.values().removeIf(count -> count == 0);
    return new NodeFigures.BrowserFigures(
        sum(BROADCAST + "sockets"), sum(BROADCAST + "deliveries"), drops);
  }

  private List<Meter> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  private long sum(String name) {
    return named(name).stream().mapToLong(MeterReading::count).sum();
  }

  /** The values of a meter, added up by one of its tags. */
  private Map<String, Long> sums(String name, String tag) {
    Map<String, Long> sums = new TreeMap<>();
    named(name).forEach(meter -> sums.merge(tag(meter, tag), count(meter), Long::sum));
    return sums;
  }

  private Map<String, Timer> timers(String name, String tag) {
    Map<String, Timer> timers = new HashMap<>();
    for (Meter meter : named(name)) {
      if (meter instanceof Timer timer) {
        timers.put(tag(meter, tag), timer);
      }
    }
    return timers;
  }

  private static String tag(Meter meter, String name) {
    String value = meter.getId().getTag(name);
    return value == null ? "" : value;
  }

  private static long count(Meter meter) {
    if (meter instanceof Counter counter) {
      return Math.round(counter.count());
    }
    return meter instanceof Gauge gauge && Double.isFinite(gauge.value())
        ? Math.round(gauge.value())
        : 0;
  }

  /** Null when nothing was measured lately; to a microsecond. */
  private static Double percentileMillis(Timer timer, double percentile) {
    if (timer == null) {
      return null;
    }
    for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
      if (value.percentile() == percentile) {
        double millis = value.value(TimeUnit.MILLISECONDS);
        return millis > 0 ? Math.round(millis * 1_000) / 1_000.0 : null;
      }
    }
    return null;
  }
}
