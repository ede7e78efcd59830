package org.qstatmesh.mesh.figures;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.NodeFigures;

/** Makes rates of one reading after the other. Not for several threads. */
public final class MeshRates {
  /** A node that missed so many of its own periods is called silent. */
  private static final Duration SILENCE = FiguresVerticle.PERIOD.multipliedBy(5);

  /** Of each node the newest figures, and those before. */
  private record Pair(NodeFigures before, NodeFigures newest) {
    Pair next(NodeFigures figures) {
      // Who is read more often than it counts keeps its rate.
      return figures.atEpochMillis() == newest.atEpochMillis() ? this : new Pair(newest, figures);
    }
  }

  private Map<String, Pair> pairs = Map.of();

  /** What changed since the reading before. */
  public MeshChange next(FiguresAnswer answer) {
    Map<String, Pair> next = new HashMap<>();
    for (FiguresAnswer.Heard heard : answer.nodes()) {
      NodeFigures figures = heard.figures();
      Pair known = pairs.get(figures.node());
      next.put(figures.node(), known == null ? new Pair(null, figures) : known.next(figures));
    }
    pairs = next;
    return new MeshChange(
        answer.atEpochMillis(),
        answer.nodes().stream()
            .map(
                heard ->
                    change(
                        next.get(heard.figures().node()),
                        answer.atEpochMillis() - heard.heardEpochMillis()))
            .toList());
  }

  private static MeshChange.NodeChange change(Pair pair, long unheardMillis) {
    NodeFigures now = pair.newest();
    NodeFigures before = pair.before();
    Long silent = unheardMillis > SILENCE.toMillis() ? unheardMillis / 1_000 : null;
    double seconds = before == null ? 0 : (now.atEpochMillis() - before.atEpochMillis()) / 1_000.0;
    boolean comparable =
        seconds > 0 && silent == null && before.sinceEpochMillis() == now.sinceEpochMillis();
    NodeFigures old = comparable ? before : null;
    Map<String, NodeFigures.AddressFigures> addresses =
        old == null
            ? Map.of()
            : old.addresses().stream()
                .collect(
                    Collectors.toMap(
                        NodeFigures.AddressFigures::address, Function.identity(), (a, b) -> a));
    return new MeshChange.NodeChange(
        now.node(),
        now.release(),
        now.protocol(),
        silent,
        (now.atEpochMillis() - now.sinceEpochMillis()) / 1_000,
        now.stages(),
        now.memory(),
        now.addresses().stream()
            .map(one -> change(addresses.get(one.address()), one, seconds))
            .toList(),
        now.clusters(),
        change(old == null ? null : old.store(), now.store(), seconds),
        change(old == null ? null : old.browsers(), now.browsers(), seconds));
  }

  private static MeshChange.AddressChange change(
      NodeFigures.AddressFigures before, NodeFigures.AddressFigures now, double seconds) {
    return new MeshChange.AddressChange(
        now.address(),
        before == null ? null : rate(before.delivered(), now.delivered(), seconds),
        before == null
            ? null
            : rate(before.published() + before.sent(), now.published() + now.sent(), seconds),
        now.pending(),
        now.replyFailures(),
        now.discarded(),
        now.p50Millis(),
        now.p99Millis());
  }

  private static MeshChange.StoreChange change(
      NodeFigures.StoreFigures before, NodeFigures.StoreFigures now, double seconds) {
    return now == null
        ? null
        : new MeshChange.StoreChange(
            now.databaseBytes(),
            now.writing(),
            now.pending(),
            before == null ? null : rate(before.stored(), now.stored(), seconds),
            now.dropped());
  }

  private static MeshChange.BrowserChange change(
      NodeFigures.BrowserFigures before, NodeFigures.BrowserFigures now, double seconds) {
    return now == null
        ? null
        : new MeshChange.BrowserChange(
            now.browsers(),
            before == null ? null : rate(before.deliveries(), now.deliveries(), seconds),
            now.drops());
  }

  /** A counter that became smaller was started anew. */
  private static Double rate(long before, long now, double seconds) {
    return now < before ? null : Math.round((now - before) / seconds * 10) / 10.0;
  }
}
