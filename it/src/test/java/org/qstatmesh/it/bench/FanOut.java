package org.qstatmesh.it.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.PythonPeer;
import org.qstatmesh.it.kit.RunningProcess;

/** What one row to one browser costs the server, beside Tornado and ws that send the same. */
final class FanOut implements Benchmark {
  private static final int CLUSTERS = 10;
  private static final Duration WARMING = Duration.ofSeconds(12);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final int MANY = 5_000;
  private static final int SOME = 1_000;
  private static final int SILENT = 500;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(60);

  /** One load: {@code clusters} rows an interval, of so many bytes, to so many. */
  private record Load(String name, int bytes, int clusters, int intervalSeconds, int browsers) {}

  private static final List<Load> LOADS =
      List.of(
          new Load("2kB.x1000", 2_000, CLUSTERS, 1, SOME),
          new Load("2kB.x5000", 2_000, CLUSTERS, 1, MANY),
          new Load("20kB.x1000", 20_000, CLUSTERS, 4, SOME),
          new Load("20kB.x5000", 20_000, CLUSTERS, 20, MANY),
          new Load("200kB.x1000", 200_000, CLUSTERS, 20, SOME),
          new Load("2kB.x1000.full", 2_000, 10 * CLUSTERS, 1, SOME));

  private Path directory;
  private Figures figures;

  @Override
  public String explanation() {
    return "rows to raw websockets of another process, evenly over the interval: CPU of the whole server above that"
        + " without browsers, per row delivered, over "
        + MEASURED.toSeconds()
        + " s after "
        + WARMING.toSeconds()
        + " s of warming; the mesh polls probes for its rows, tornado and ws make theirs up";
  }

  @Override
  public void run(Path temporary, Figures printed) throws Exception {
    directory = temporary;
    figures = printed;
    for (Load load : LOADS) {
      int bytes = mesh(load);
      for (String peer : List.of("tornado", "ws")) {
        peer(peer, load, bytes);
      }
    }
    silent();
  }

  /** The bytes of its rows. */
  private int mesh(Load load) throws Exception {
    Path own = Files.createDirectories(directory.resolve(load.name()));
    Path snapshot = SizedSnapshot.ofRow(own.resolve("snapshot.json"), load.bytes());
    try (ManyProbes probes = ManyProbes.of(own, snapshot, load.clusters());
        RunningProcess mesh = Installed.mesh(conf(own, probes, load), own.resolve("data"))) {
      URI page = Installed.page(mesh);
      List<String> clusters = clusters(load);
      try (GridClient client = GridClient.watching(page, clusters.toArray(String[]::new))) {
        for (String cluster : clusters) {
          client.awaitHealthy(cluster);
        }
      }
      return measure("mesh", load, mesh, page);
    }
  }

  private static MeshConf conf(Path own, ManyProbes probes, Load load) throws Exception {
    MeshConf conf = MeshConf.in(own.resolve("conf"), 10).every(load.intervalSeconds());
    List<String> clusters = clusters(load);
    for (int i = 0; i < clusters.size(); i++) {
      conf.direct(clusters.get(i), probes.endpoints().get(i));
    }
    return conf;
  }

  private static List<String> clusters(Load load) {
    return IntStream.range(0, load.clusters()).mapToObj(i -> "hpc" + i).toList();
  }

  private void peer(String name, Load load, int bytes) throws Exception {
    String file = name.equals("ws") ? "fan_ws.js" : "fan_tornado.py";
    List<String> command = new ArrayList<>();
    command.add(name.equals("ws") ? "/usr/bin/node" : "/usr/bin/python3");
    command.add(PythonPeer.script(directory, file).toString());
    command.add(Integer.toString(load.clusters()));
    command.add(Integer.toString(bytes));
    command.add(Integer.toString(1_000 * load.intervalSeconds()));
    try (RunningProcess peer = RunningProcess.start(name, command)) {
      measure(name, load, peer, Installed.page(peer));
    }
  }

  private int measure(String server, Load load, RunningProcess process, URI page) throws Exception {
    ProcessCost cost = new ProcessCost(process.pid());
    List<String> clusters = clusters(load);
    // A server that still compiles its way of sending would make the idle one look dear.
    try (Subscribers crowd = new Subscribers(page, load.browsers(), clusters)) {
      LockSupport.parkNanos(WARMING.toNanos());
      crowd.rows();
    }
    LockSupport.parkNanos(WARMING.toNanos() / 2);
    long idle = cpuMillis(cost);
    String name = load.name() + "." + server;
    try (Subscribers subscribers = new Subscribers(page, load.browsers(), clusters)) {
      LockSupport.parkNanos(WARMING.toNanos());
      long rows = subscribers.rows();
      long bytes = subscribers.rowBytes();
      subscribers.forgetAges();
      long cpu = cpuMillis(cost);
      double delivered = subscribers.rows() - rows;
      double size = (subscribers.rowBytes() - bytes) / delivered;
      figures.print(name + ".row", size, "bytes");
      figures.print(name + ".deliveries", delivered / MEASURED.toSeconds(), "rows/s");
      figures.print(name + ".cpu", 1e3 * (cpu - idle) / delivered, "us/row");
      figures.print(name + ".age.p50", subscribers.ageMillis(0.50), "ms");
      figures.print(name + ".age.p99", subscribers.ageMillis(0.99), "ms");
      figures.print(name + ".rss", cost.rssMegabytes(), "MB");
      return (int) size;
    }
  }

  /** A tenth never reads: those are closed, and nobody else. */
  private void silent() throws Exception {
    Load load = new Load("silent", 20_000, CLUSTERS, 2, MANY - SILENT);
    Path own = Files.createDirectories(directory.resolve(load.name()));
    Path snapshot = SizedSnapshot.ofRow(own.resolve("snapshot.json"), load.bytes());
    try (ManyProbes probes = ManyProbes.of(own, snapshot, load.clusters());
        RunningProcess mesh = Installed.mesh(conf(own, probes, load), own.resolve("data"));
        Subscribers all =
            new Subscribers(Installed.page(mesh), load.browsers(), SILENT, clusters(load))) {
      ProcessCost cost = new ProcessCost(mesh.pid());
      long began = System.nanoTime();
      long until = began + 2 * CLOSED_WITHIN.toNanos();
      while (all.closedSilent() < SILENT && System.nanoTime() < until) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        all.rows();
      }
      figures.print("silent.closed", all.closedSilent(), "of " + SILENT);
      figures.print("silent.closed-within", (System.nanoTime() - began) / 1e9, "s");
      long rows = all.rows();
      LockSupport.parkNanos(MEASURED.toNanos());
      figures.print("silent.others", (all.rows() - rows) / (double) MEASURED.toSeconds(), "rows/s");
      figures.print("silent.rss.most", cost.peakRssMegabytes(), "MB");
    }
  }

  private static long cpuMillis(ProcessCost cost) throws Exception {
    long before = cost.cpuMillis();
    LockSupport.parkNanos(MEASURED.toNanos());
    return cost.cpuMillis() - before;
  }
}
