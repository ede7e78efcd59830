package org.qstatmesh.mesh.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.qstatmesh.bus.NodeFigures;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.mesh.figures.MeshChange;

/** The figures of the mesh as lines for people; "-" is what is not known. */
final class MetricsTable {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String ROW = "  %-34s %9s %9s %8s %8s %8s %9s %9s";
  private static final String UNKNOWN = "-";
  private static final int KILO = 1_000;
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  private final ZoneId zone;

  MetricsTable(ZoneId zone) {
    this.zone = zone;
  }

  List<String> lines(MeshChange change) {
    List<String> lines = new ArrayList<>();
    long silent = change.nodes().stream().filter(node -> node.silentSeconds() != null).count();
    lines.add(
        "%s  %s%s"
            .formatted(
                CLOCK.format(Instant.ofEpochMilli(change.atEpochMillis()).atZone(zone)),
                counted(change.nodes().size(), "node"),
                silent == 0 ? "" : ", " + silent + " silent"));
    for (MeshChange.NodeChange node : change.nodes()) {
      if (node.silentSeconds() != null) {
        lines.add("");
        lines.add(
            "node %s is SILENT for %s"
                .formatted(Printable.escape(node.node()), age(node.silentSeconds())));
      }
    }
    failing(change, lines);
    for (MeshChange.NodeChange node : change.nodes()) {
      if (node.silentSeconds() == null) {
        lines.add("");
        node(node, lines);
      }
    }
    return lines;
  }

  private static void failing(MeshChange change, List<String> lines) {
    List<String> failing = new ArrayList<>();
    for (MeshChange.NodeChange node : change.nodes()) {
      if (node.silentSeconds() == null) {
        node.clusters().stream()
            .filter(NodeFigures.ClusterFigures::failing)
            .map(cluster -> failing(node, cluster, change.atEpochMillis()))
            .forEach(failing::add);
      }
    }
    if (!failing.isEmpty()) {
      lines.add("");
      lines.add(counted(failing.size(), "cluster") + (failing.size() == 1 ? " fails" : " fail"));
      lines.addAll(failing);
    }
  }

  private static String failing(
      MeshChange.NodeChange node, NodeFigures.ClusterFigures cluster, long nowEpochMillis) {
    Long good = cluster.lastGoodEpochMillis();
    return "  %s, polled by %s: %s; last good poll %s"
        .formatted(
            Printable.escape(cluster.cluster()),
            Printable.escape(node.node()),
            counts(cluster.polls()),
            good == null ? "never" : age(Math.max(0, nowEpochMillis - good) / KILO) + " ago");
  }

  private static void node(MeshChange.NodeChange node, List<String> lines) {
    lines.add(
        "node %s  %s, protocol %d, up %s, heap %s of %s, process %s"
            .formatted(
                Printable.escape(node.node()),
                node.release() == null ? "built by hand" : Printable.escape(node.release()),
                node.protocol(),
                age(node.upSeconds()),
                bytes(node.memory().heapUsedBytes()),
                bytes(node.memory().heapMaxBytes()),
                bytes(node.memory().residentBytes())));
    lines.add(
        "  "
            + node.stages().stream()
                .map(
                    stage ->
                        stage.stage()
                            + " "
                            + stage.status()
                            + (stage.restarts() == 0
                                ? ""
                                : " (" + counted(stage.restarts(), "restart") + ")"))
                .map(Printable::escape)
                .collect(Collectors.joining(", ")));
    if (!node.clusters().isEmpty()) {
      lines.add("  polls " + counted(node.clusters().size(), "cluster"));
    }
    store(node.store(), lines);
    browsers(node.browsers(), lines);
    addresses(node.addresses(), lines);
  }

  /** What has a handler but no messages would push the others off the screen. */
  private static void addresses(List<MeshChange.AddressChange> all, List<String> lines) {
    List<MeshChange.AddressChange> busy = all.stream().filter(one -> !isQuiet(one)).toList();
    if (!busy.isEmpty()) {
      lines.add(
          ROW.formatted("address", "in/s", "out/s", "pending", "failures", "drops", "p50", "p99"));
    }
    busy.forEach(address -> lines.add(address(address)));
    if (busy.size() < all.size()) {
      lines.add(
          busy.isEmpty()
              ? "  no message of late"
              : "  %s more without a message of late".formatted(all.size() - busy.size()));
    }
  }

  private static boolean isQuiet(MeshChange.AddressChange address) {
    return (address.inPerSecond() == null || address.inPerSecond() == 0)
        && (address.outPerSecond() == null || address.outPerSecond() == 0)
        && address.pending() + address.failures() + address.drops() == 0
        && address.p99Millis() == null;
  }

  private static void store(MeshChange.StoreChange store, List<String> lines) {
    if (store != null) {
      lines.add(
          "  history %s, %s written/s, %d pending, %d dropped%s"
              .formatted(
                  bytes(store.databaseBytes()),
                  rate(store.storedPerSecond()),
                  store.pending(),
                  store.drops(),
                  store.writing() ? "" : "; THE DISK REFUSES"));
    }
  }

  private static void browsers(MeshChange.BrowserChange browsers, List<String> lines) {
    if (browsers != null) {
      lines.add(
          "  %s, %s deliveries/s%s"
              .formatted(
                  counted(browsers.browsers(), "browser"),
                  rate(browsers.deliveriesPerSecond()),
                  browsers.drops().isEmpty() ? "" : ", dropped: " + counts(browsers.drops())));
    }
  }

  private static String address(MeshChange.AddressChange address) {
    return ROW.formatted(
        Printable.escape(address.address()),
        rate(address.inPerSecond()),
        rate(address.outPerSecond()),
        address.pending(),
        address.failures(),
        address.drops(),
        millis(address.p50Millis()),
        millis(address.p99Millis()));
  }

  private static String counts(Map<String, Long> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> Printable.escape(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String rate(Double perSecond) {
    return perSecond == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f", perSecond);
  }

  private static String millis(Double millis) {
    return millis == null ? UNKNOWN : String.format(Locale.ROOT, "%.2f ms", millis);
  }

  private static String bytes(Long bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    double value = bytes;
    String unit = "B";
    for (String next : List.of("kB", "MB", "GB", "TB")) {
      if (value < KILO) {
        break;
      }
      value /= KILO;
      unit = next;
    }
    return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", value, unit);
  }

  private static String age(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
  }
}
