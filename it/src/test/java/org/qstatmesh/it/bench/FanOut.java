package org.qstatmesh.it.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;

/** What one row to one browser costs the server. */
final class FanOut implements Benchmark {
  private static final int CLUSTERS = 10;
  private static final int JOBS = 400;
  private static final List<Integer> BROWSERS = List.of(100, 1_000);
  private static final Duration WARMING = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(30);

  /** Users that make a row about 3 kB and about 20 kB long. */
  private static final Map<String, Integer> USERS = Map.of("3kB", 1, "20kB", 108);

  @Override
  public String explanation() {
    return CLUSTERS
        + " rows changing every 1 s to raw websockets of another process: CPU of the whole mesh above that without"
        + " browsers, per row delivered, over "
        + MEASURED.toSeconds()
        + " s after "
        + WARMING.toSeconds()
        + " s of warming";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    for (String size : List.of("3kB", "20kB")) {
      Path own = directory.resolve(size);
      FakeScheduler scheduler = GrownListing.torque(own.resolve("torque"), JOBS, USERS.get(size));
      try (RunningProcess probe =
          Installed.probe(scheduler.directory(), "tcp://127.0.0.1:*", Map.of())) {
        MeshConf conf = MeshConf.in(own.resolve("conf"), 10);
        List<String> clusters = new ArrayList<>();
        for (int i = 0; i < CLUSTERS; i++) {
          clusters.add("hpc" + i);
          conf.direct("hpc" + i, "tcp://127.0.0.1:" + Installed.port(probe));
        }
        try (RunningProcess mesh = Installed.mesh(conf, own.resolve("data"))) {
          measure(size, mesh, clusters, figures);
        }
      }
    }
  }

  private static void measure(
      String size, RunningProcess mesh, List<String> clusters, Figures figures) throws Exception {
    URI page = Installed.page(mesh);
    try (GridClient client = GridClient.watching(page, clusters.toArray(String[]::new))) {
      for (String cluster : clusters) {
        client.awaitHealthy(cluster);
      }
    }
    ProcessCost cost = new ProcessCost(mesh.pid());
    // A server that still compiles its way of sending would make the idle one look dear.
    try (Subscribers crowd = new Subscribers(page, BROWSERS.get(BROWSERS.size() - 1), clusters)) {
      LockSupport.parkNanos(WARMING.toNanos());
      figures.print(size + ".warming", crowd.rows(), "rows");
    }
    LockSupport.parkNanos(WARMING.toNanos());
    long idle = cpuMillis(cost);
    figures.print(size + ".x0.cpu", 1e2 * idle / MEASURED.toMillis(), "%");
    for (int browsers : BROWSERS) {
      try (Subscribers subscribers = new Subscribers(page, browsers, clusters)) {
        LockSupport.parkNanos(WARMING.toNanos());
        long rows = subscribers.rows();
        long bytes = subscribers.rowBytes();
        long cpu = cpuMillis(cost);
        double delivered = subscribers.rows() - rows;
        String name = size + ".x" + browsers;
        figures.print(name + ".row", (subscribers.rowBytes() - bytes) / delivered, "bytes");
        figures.print(name + ".deliveries", delivered / MEASURED.toSeconds(), "rows/s");
        figures.print(name + ".cpu", 1e3 * (cpu - idle) / delivered, "us/row");
        figures.print(name + ".rss", cost.rssMegabytes(), "MB");
      }
    }
  }

  private static long cpuMillis(ProcessCost cost) throws Exception {
    long before = cost.cpuMillis();
    LockSupport.parkNanos(MEASURED.toNanos());
    return cost.cpuMillis() - before;
  }
}
