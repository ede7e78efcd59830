package org.qstatmesh.it.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.RunningProcess;

/** What a long queue costs the login node. */
final class ParsingCost implements Benchmark {
  private static final int JOBS = 100_000;
  private static final int USERS = 200;
  private static final int WARMING = 4;
  private static final int ROUNDS = 6;

  @Override
  public String explanation() {
    return "a listing of "
        + JOBS
        + " jobs (recorded jobs under other numbers) asked for by pyzmq again and again: the probe's own CPU from the"
        + " listing's first byte to the reply's last, warm, without the commands";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    Path torque = directory.resolve("torque");
    measure(
        "torque-xml",
        GrownListing.torque(torque, JOBS, USERS),
        "qstat-fxt.out",
        directory,
        figures);
    Path openPbs = directory.resolve("openpbs");
    measure(
        "openpbs-dsv",
        GrownListing.openPbs(openPbs, JOBS, USERS),
        "qstat-f-dsv.out",
        directory,
        figures);
  }

  private static void measure(
      String name, FakeScheduler scheduler, String listing, Path directory, Figures figures)
      throws Exception {
    long listingBytes = Files.size(scheduler.directory().resolve(listing));
    try (RunningProcess probe =
        Installed.probe(scheduler.directory(), "tcp://127.0.0.1:*", Map.of())) {
      int port = Installed.port(probe);
      ProcessCost cost = new ProcessCost(probe.pid());
      Samples millis = new Samples();
      try (ProbeClient client = ProbeClient.asking(directory, port, "snapshot", WARMING + ROUNDS)) {
        ProbeClient.Reply reply = client.next();
        figures.print(name + ".first-reply", reply.tookMillis(), "ms");
        for (int i = 1; i < WARMING; i++) {
          client.next();
        }
        long before = cost.cpuMillis();
        for (int i = 0; i < ROUNDS; i++) {
          reply = client.next();
          millis.add(reply.tookMillis());
        }
        double cpuMillis = cost.cpuMillis() - before;
        figures.print(name + ".listing", listingBytes / 1e6, "MB");
        figures.print(name + ".reply", reply.bytes() / 1e6, "MB");
        figures.print(name + ".reply-after", millis.median(), "ms");
        figures.print(name + ".cpu", 1e3 * cpuMillis / ROUNDS / JOBS, "us/job");
        figures.print(name + ".peak-rss", cost.peakRssMegabytes(), "MB");
      }
    }
  }
}
