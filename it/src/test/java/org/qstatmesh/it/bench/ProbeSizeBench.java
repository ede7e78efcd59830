package org.qstatmesh.it.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.bench.listings.ListingGenerator;
import org.qstatmesh.it.kit.RunningProcess;

/** How large the probe grows with the queue. */
final class ProbeSizeBench implements Benchmark {
  private static final long SEED = 1;
  private static final List<Integer> JOBS = List.of(1_000, 100_000, 500_000);

  /** The second picture is made while the first is still there; the third finds what they left. */
  private static final int POLLS = 3;

  @Override
  public String explanation() {
    return "most resident memory of the probe under its launcher after "
        + POLLS
        + " polls by pyzmq, absent fields left out, of generated queues; a queue that takes it longer than two seconds is"
        + " polled at the interval that the probe then keeps";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    for (GeneratedScheduler scheduler : GeneratedScheduler.values()) {
      for (int jobs : JOBS) {
        Path commands = directory.resolve(scheduler + "-" + jobs);
        scheduler.install(commands, new ListingGenerator(SEED, jobs));
        measure(scheduler + "." + jobs, commands, directory, figures);
        scheduler.removeListing(commands);
      }
    }
  }

  private static void measure(String name, Path commands, Path directory, Figures figures)
      throws Exception {
    try (RunningProcess probe = Installed.probe(commands, "tcp://127.0.0.1:*", Map.of());
        ProbeClient client =
            ProbeClient.asking(directory, Installed.port(probe), "snapshot", POLLS)) {
      ProcessCost cost = new ProcessCost(probe.pid());
      ProbeClient.Reply reply = client.next();
      for (int i = 1; i < POLLS; i++) {
        reply = client.next();
      }
      figures.print(name + ".reply", reply.bytes() / 1e6, "MB");
      figures.print(name + ".peak-rss", cost.peakRssMegabytes(), "MB");
    }
  }
}
