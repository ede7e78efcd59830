package org.qstatmesh.mesh.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.NodeFigures;
import org.qstatmesh.mesh.supervise.StageReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes this node's figures and keeps the newest of every node; one per node. */
public final class FiguresVerticle extends VerticleBase {
  /** How often a node tells. */
  public static final Duration PERIOD = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(FiguresVerticle.class);

  /** Who fell silent is told of for so long. */
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int MOST_NODES = 200;

  private final String node;
  private final String release;
  private final MeterRegistry meters;
  private final Supplier<Future<List<StageReport>>> stages;
  private final Clock clock;
  private final long sinceEpochMillis;
  private final Map<String, FiguresAnswer.Heard> heard = new TreeMap<>();
  private final Map<String, AtomicInteger> stagesUp = new HashMap<>();
  private boolean counting;

  /**
   * @param node this node's name
   * @param release of the program; null when it has none
   * @param meters what is read
   * @param stages how the stages do
   */
  public FiguresVerticle(
      String node,
      String release,
      MeterRegistry meters,
      Supplier<Future<List<StageReport>>> stages) {
    this(node, release, meters, stages, Clock.systemUTC());
  }

  FiguresVerticle(
      String node,
      String release,
      MeterRegistry meters,
      Supplier<Future<List<StageReport>>> stages,
      Clock clock) {
    this.node = node;
    this.release = release;
    this.meters = meters;
    this.stages = stages;
    this.clock = clock;
    this.sinceEpochMillis = clock.millis();
  }

  @Override
  public Future<?> start() {
    return Future.all(
            Addresses.NODE_FIGURES.subscribe(vertx, this::heard).ready(),
            Addresses.FIGURES.serve(vertx, question -> Future.succeededFuture(answer())).ready())
        .onSuccess(
            ready -> {
              vertx.setPeriodic(PERIOD.toMillis(), tick -> tell());
              tell();
            });
  }

  private void tell() {
    // A machine that is too slow to count in time shall not count twice at once.
    if (counting) {
      return;
    }
    counting = true;
    stages
        .get()
        .onSuccess(reports -> reports.forEach(this::show))
        .compose(reports -> vertx.executeBlocking(() -> count(reports), false))
        .onSuccess(figures -> Addresses.NODE_FIGURES.publish(vertx, figures))
        .onFailure(cause -> LOG.warn("this node's figures cannot be told: {}", cause.toString()))
        .onComplete(done -> counting = false);
  }

  /** As {@code qstatmesh.stage.up}: 1 while it serves. */
  private void show(StageReport report) {
    stagesUp
        .computeIfAbsent(
            report.stage(),
            stage ->
                meters.gauge("qstatmesh.stage.up", Tags.of("stage", stage), new AtomicInteger()))
        .set(report.status() == StageReport.Status.UP ? 1 : 0);
  }

  private NodeFigures count(List<StageReport> reports) {
    MeterReading reading = MeterReading.of(meters);
    return new NodeFigures(
        node,
        release,
        MeshCodec.PROTOCOL,
        clock.millis(),
        sinceEpochMillis,
        reports.stream()
            .map(
                report ->
                    new NodeFigures.StageFigures(
                        report.stage(),
                        report.status().name(),
                        report.sinceEpochMillis(),
                        report.restarts()))
            .toList(),
        ProcessMemory.now(),
        reading.addresses(),
        reading.clusters(),
        reading.store(),
        reading.browsers());
  }

  private void heard(NodeFigures figures) {
    if (heard.size() < MOST_NODES || heard.containsKey(figures.node())) {
      heard.put(figures.node(), new FiguresAnswer.Heard(clock.millis(), figures));
    }
  }

  private FiguresAnswer answer() {
    long now = clock.millis();
    heard.values().removeIf(one -> now - one.heardEpochMillis() > KEPT.toMillis());
    return new FiguresAnswer(node, now, List.copyOf(heard.values()));
  }
}
