package org.qstatmesh.it.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.qstatmesh.it.bench.CommandTimes.Run;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridClient.Arrived;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/**
 * From a change in the scheduler's output to the changed row.
 *
 * <p>A poll is seen at the probe's door, by a relay between sshd and probe; the commands write down
 * when they run. Of the time between the change and the row, the mesh's own share is what is left
 * after taking away the time until the first request that reaches the door after the change, and
 * the time during which at least one command of that request's collection ran. So it has in it all
 * of the probe's, sshd's, the tunnel's, poller's and broadcast's work and the browser's, also
 * between the commands; only the request's own way to the door is not in it (half a round trip of
 * the benchmark "tunnel"). A change that falls into a collection is left out: whether that one saw
 * it cannot be told.
 */
final class EndToEnd implements Benchmark {
  private static final String CLUSTER = "torque";
  private static final int WARMING = 20;
  private static final int CHANGES = 140;

  /** Free cores of the recording, and with n008 offline. */
  private static final long FREE = 31;

  private static final long FREE_WITHOUT_N008 = 7;

  private final Random random = new Random(1);
  private final Samples total = new Samples();
  private final Samples commands = new Samples();
  private final Samples websocket = new Samples();
  private final Samples inDocument = new Samples();
  private final Samples inFrame = new Samples();

  @Override
  public String explanation() {
    return "change of pbsnodes' output -> changed row through probe, sshd and mesh polling every 1 s; own share = total"
        + " - wait for the next request at the probe's door - time in which a command of its collection ran; on a raw"
        + " websocket, in Chromium's document, and in the frame that shows it; at random moments";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    FakeScheduler scheduler = FakeScheduler.torque(directory.resolve("replay"));
    CommandTimes times = new CommandTimes(scheduler.directory(), directory.resolve("timed"));
    try (Sshd sshd = Sshd.start(directory.resolve("ssh"));
        RunningProcess probe = Installed.probe(times.directory(), "tcp://127.0.0.1:*", Map.of());
        RequestClock door = new RequestClock(Installed.port(probe))) {
      MeshConf conf =
          MeshConf.in(directory.resolve("conf"), 10)
              .throughSsh(CLUSTER, "tcp://127.0.0.1:" + door.port(), sshd);
      try (RunningProcess mesh = Installed.mesh(conf, directory.resolve("data"))) {
        URI page = Installed.page(mesh);
        try (GridClient client = GridClient.watching(page, CLUSTER);
            Chromium chromium = new Chromium()) {
          client.awaitHealthy(CLUSTER);
          chromium.watch(page, CLUSTER, "free");
          for (int i = 0; i < WARMING + CHANGES; i++) {
            Change change = change(scheduler, client, chromium);
            if (i >= WARMING) {
              judge(change, door.requests(), times.runs());
            }
          }
        }
      }
    }
    print(figures);
  }

  /** Moments of one change, in epoch milliseconds. */
  private record Change(double made, double arrived, Chromium.Seen seen) {}

  private Change change(FakeScheduler scheduler, GridClient client, Chromium chromium)
      throws Exception {
    LockSupport.parkNanos(Duration.ofMillis(500 + random.nextInt(1000)).toNanos());
    List<Arrived> rows = client.arrived(CLUSTER);
    int known = rows.size();
    boolean free = freeCores(rows.get(known - 1)) == FREE;
    long wanted = free ? FREE_WITHOUT_N008 : FREE;
    scheduler.edit("pbsnodes-x.out", free ? state("free", "offline") : state("offline", "free"));
    double made = EpochTime.nowMillis();
    Eventually.eventually(
        "the changed row",
        () -> rows.stream().skip(known).anyMatch(row -> freeCores(row) == wanted));
    Arrived changed =
        rows.stream().skip(known).filter(row -> freeCores(row) == wanted).findFirst().orElseThrow();
    return new Change(made, EpochTime.ofNanoTime(changed.nanos()), chromium.await(wanted));
  }

  private static long freeCores(Arrived arrived) {
    return arrived.row().path("slots").path("free").asLong();
  }

  private static UnaryOperator<String> state(String from, String to) {
    return nodes -> nodes.replaceFirst("(<name>n008</name><state>)" + from, "$1" + to);
  }

  private void judge(Change change, List<Double> requests, List<Run> runs) {
    double asked = firstAfter(change.made(), requests);
    double next = firstAfter(asked, requests);
    boolean amidst =
        runs.stream()
                .anyMatch(run -> run.beganMillis() < asked && run.endedMillis() > change.made())
            || change.arrived() < asked;
    List<Run> collection =
        runs.stream().filter(run -> run.beganMillis() > asked && run.beganMillis() < next).toList();
    if (amidst || collection.isEmpty()) {
      return;
    }
    double excused = asked + CommandTimes.unionMillis(collection);
    total.add(change.arrived() - change.made());
    commands.add(CommandTimes.unionMillis(collection));
    websocket.add(change.arrived() - excused);
    inDocument.add(change.seen().changedMillis() - excused);
    inFrame.add(change.seen().drawnMillis() - excused);
  }

  /** Beyond all time if there is none. */
  private static double firstAfter(double moment, List<Double> requests) {
    return requests.stream()
        .filter(request -> request > moment)
        .findFirst()
        .orElse(Double.MAX_VALUE);
  }

  private void print(Figures figures) {
    figures.print("changes", total.count(), "changes");
    figures.printSpread("total", total, "ms");
    figures.printSpread("commands", commands, "ms");
    figures.printSpread("own-share.websocket", websocket, "ms");
    figures.printSpread("own-share.document", inDocument, "ms");
    figures.printSpread("own-share.frame", inFrame, "ms");
  }
}
