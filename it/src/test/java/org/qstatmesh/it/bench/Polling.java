package org.qstatmesh.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/** One node that polls very many clusters every second, and fewer through as many ssh sessions. */
final class Polling implements Benchmark {
  private static final int CLUSTERS = 500;
  private static final int LIVE = 50;
  private static final int REPLY_BYTES = 20_000;
  private static final Duration WARMING = Duration.ofSeconds(30);
  private static final Pattern REPORT =
      Pattern.compile("polls (\\d+) apart ([\\d.]+) at most ([\\d.]+) ms");
  private static final double REPORT_SECONDS = 10;
  private static final String ZEROMQ = "poller-zmq";

  private final Duration measured =
      Duration.ofSeconds(
          Long.parseLong(System.getenv().getOrDefault("QSTAT_MESH_BENCH_SECONDS", "60")));
  private Path directory;
  private Path snapshot;
  private Figures figures;

  @Override
  public String explanation() {
    return "a node with the stages tunnel and poller, every cluster asked each second, replies of "
        + REPLY_BYTES / 1_000
        + " kB, over "
        + measured.toSeconds()
        + " s after "
        + WARMING.toSeconds()
        + " s: how far apart its requests reach one probe (ideal 1,000 ms), CPU, and CPU of its ZeroMQ threads"
        + " beside a bare JeroMQ loop that asks the same and reads nothing";
  }

  @Override
  public void run(Path temporary, Figures printed) throws Exception {
    directory = temporary;
    figures = printed;
    snapshot = SizedSnapshot.ofReply(directory.resolve("snapshot.json"), REPLY_BYTES);
    try (ManyProbes probes = ManyProbes.of(directory, snapshot, CLUSTERS)) {
      double bare = bare(probes);
      MeshConf conf = MeshConf.in(directory.resolve("all"), 10);
      for (int i = 0; i < CLUSTERS; i++) {
        conf.direct("hpc" + i, probes.endpoints().get(i));
      }
      double ours = measure("x500", conf, probes);
      figures.print("x500.zeromq-to-bare", ours / bare, "times");
    }
    try (ManyProbes probes = ManyProbes.of(directory, snapshot, LIVE)) {
      MeshConf conf = MeshConf.in(directory.resolve("dead"), 10);
      for (int i = 0; i < CLUSTERS; i++) {
        conf.direct(
            "hpc" + i,
            i < LIVE ? probes.endpoints().get(i) : "tcp://127.0.0.1:" + Checkout.freePort());
      }
      measure("dead450", conf, probes);
    }
    try (ManyProbes probes = ManyProbes.of(directory, snapshot, LIVE);
        Sshd sshd = Sshd.start(directory.resolve("ssh"))) {
      MeshConf conf = MeshConf.in(directory.resolve("tunnels"), 10);
      for (int i = 0; i < LIVE; i++) {
        conf.throughSsh("hpc" + i, probes.endpoints().get(i), sshd);
      }
      measure("ssh50", conf, probes);
    }
  }

  /** Microseconds of CPU for each poll. */
  private double bare(ManyProbes probes) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.add(BarePolls.class.getName());
    command.addAll(probes.endpoints());
    try (RunningProcess loop = RunningProcess.start("bare", command)) {
      loop.awaitLine("asking");
      LockSupport.parkNanos(WARMING.toNanos());
      ProcessCost cost = new ProcessCost(loop.pid());
      long cpu = cost.cpuMillis();
      long began = System.nanoTime();
      double polls = rate("bare", probes) * (System.nanoTime() - began) / 1e9;
      double micros = 1e3 * (cost.cpuMillis() - cpu) / polls;
      figures.print("bare.cpu", micros, "us/poll");
      return micros;
    }
  }

  /** Microseconds of CPU of the ZeroMQ threads for each poll. */
  private double measure(String name, MeshConf conf, ManyProbes probes) throws Exception {
    Path data = Files.createDirectories(directory.resolve(name + "-data"));
    try (RunningProcess mesh =
        Installed.mesh(
            List.of(
                "run",
                "--roles",
                "tunnel,poller",
                "--conf",
                conf.directory().toString(),
                "--data",
                data.toString()))) {
      mesh.awaitLine("stage poller is up");
      LockSupport.parkNanos(WARMING.toNanos());
      ProcessCost cost = new ProcessCost(mesh.pid());
      long all = cost.cpuMillis();
      long transport = cost.cpuMillis(ZEROMQ);
      long began = System.nanoTime();
      double rate = rate(name, probes);
      double seconds = (System.nanoTime() - began) / 1e9;
      double polls = rate * seconds;
      double micros = 1e3 * (cost.cpuMillis(ZEROMQ) - transport) / polls;
      figures.print(name + ".cpu", (cost.cpuMillis() - all) / 10.0 / seconds, "%");
      figures.print(name + ".cpu-a-poll", 1e3 * (cost.cpuMillis() - all) / polls, "us/poll");
      figures.print(name + ".zeromq.cpu", micros, "us/poll");
      figures.print(name + ".rss", cost.rssMegabytes(), "MB");
      return micros;
    }
  }

  /** Listens for the time measured to what the probes count; polls a second. */
  private double rate(String name, ManyProbes probes) throws Exception {
    int from = probes.process().linesAfter(0).size();
    LockSupport.parkNanos(measured.toNanos());
    long polls = 0;
    int reports = 0;
    double most = 0;
    double hundredth = 0;
    for (String line : probes.process().linesAfter(from)) {
      Matcher report = REPORT.matcher(line);
      if (report.matches()) {
        reports++;
        polls += Long.parseLong(report.group(1));
        hundredth = Math.max(hundredth, Double.parseDouble(report.group(2)));
        most = Math.max(most, Double.parseDouble(report.group(3)));
      }
    }
    double rate = polls / (REPORT_SECONDS * reports);
    figures.print(name + ".polls", rate, "polls/s");
    figures.print(name + ".apart.p99", hundredth, "ms");
    figures.print(name + ".apart.most", most, "ms");
    return rate;
  }
}
