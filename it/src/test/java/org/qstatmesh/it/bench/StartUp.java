package org.qstatmesh.it.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/** How soon the programs are there, and what they cost while nothing happens. */
final class StartUp implements Benchmark {
  private static final int ROUNDS = 5;
  private static final int CLUSTERS = 20;
  private static final int INTERVAL_SECONDS = 30;
  private static final Duration IDLE = Duration.ofSeconds(60);

  @Override
  public String explanation() {
    return "medians of "
        + ROUNDS
        + " starts under the launchers, the mesh with the class archive of an installation: exec to first byte of GET / with "
        + CLUSTERS
        + " clusters behind a real sshd configured; idle is a minute later, all polled every "
        + INTERVAL_SECONDS
        + " s; probe: exec to a reply that pyzmq waits for; snapshot: exec to exit";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    FakeScheduler scheduler = FakeScheduler.torque(directory.resolve("torque"));
    probe(directory, scheduler, figures);
    snapshot(scheduler, figures);
    Installed.makeClassArchive();
    mesh(directory, scheduler, figures);
  }

  private static void probe(Path directory, FakeScheduler scheduler, Figures figures)
      throws Exception {
    for (String operation : List.of("hello", "snapshot")) {
      Samples millis = new Samples();
      Samples cpuMillis = new Samples();
      Samples megabytes = new Samples();
      for (int round = 0; round < ROUNDS; round++) {
        int port = Checkout.freePort();
        try (ProbeClient client = ProbeClient.asking(directory, port, operation, 1)) {
          double began = System.currentTimeMillis();
          try (RunningProcess probe =
              Installed.probe(scheduler.directory(), "tcp://127.0.0.1:" + port, Map.of())) {
            millis.add(client.next().epochMillis() - began);
            ProcessCost cost = new ProcessCost(probe.pid());
            cpuMillis.add((double) cost.cpuMillis());
            megabytes.add(cost.rssMegabytes());
          }
        }
      }
      figures.print("probe.first-" + operation, millis.median(), "ms");
      figures.print("probe.first-" + operation + ".cpu", cpuMillis.median(), "ms");
      figures.print("probe.first-" + operation + ".rss", megabytes.median(), "MB");
    }
  }

  private static void snapshot(FakeScheduler scheduler, Figures figures) throws Exception {
    Samples millis = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      try (RunningProcess snapshot =
          RunningProcess.start(
              "snapshot",
              Installed.command(
                  "qstat-probe",
                  List.of("snapshot", "--command-path", scheduler.directory().toString())))) {
        int code = snapshot.exitCode(Eventually.PATIENCE);
        if (code != 0) {
          throw new IOException("snapshot ended with " + code + snapshot.output());
        }
      }
      millis.add((System.nanoTime() - began) / 1e6);
    }
    figures.print("probe.snapshot-command", millis.median(), "ms");
  }

  private static void mesh(Path directory, FakeScheduler scheduler, Figures figures)
      throws Exception {
    try (Sshd sshd = Sshd.start(directory.resolve("ssh"));
        RunningProcess probe =
            Installed.probe(scheduler.directory(), "tcp://127.0.0.1:*", Map.of())) {
      MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
      int port = calm(conf);
      for (int i = 0; i < CLUSTERS; i++) {
        conf.throughSsh("hpc" + i, "tcp://127.0.0.1:" + Installed.port(probe), sshd);
      }
      Samples millis = new Samples();
      Samples cpuMillis = new Samples();
      for (int round = 0; round < ROUNDS; round++) {
        long began = System.nanoTime();
        try (RunningProcess mesh = Installed.mesh(conf, directory.resolve("data"))) {
          awaitFirstByte(port);
          millis.add((System.nanoTime() - began) / 1e6);
          cpuMillis.add((double) new ProcessCost(mesh.pid()).cpuMillis());
          if (round == ROUNDS - 1) {
            figures.print("mesh.first-byte", millis.median(), "ms");
            figures.print("mesh.first-byte.cpu", cpuMillis.median(), "ms");
            idle(mesh, figures);
          }
        }
      }
    }
  }

  /** Lets the conf poll as seldom as an ordinary one; the page's port. */
  private static int calm(MeshConf conf) throws IOException {
    int port = Checkout.freePort();
    Files.writeString(
        conf.directory().resolve("mesh.json"),
        """
        {"web": {"port": %d}, "ops": {"port": 0}, "poll": {"intervalSeconds": %d}}
        """
            .formatted(port, INTERVAL_SECONDS));
    return port;
  }

  private static void awaitFirstByte(int port) throws IOException {
    long until = System.nanoTime() + Eventually.PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == 'H') {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new IOException("no page");
  }

  private static void idle(RunningProcess mesh, Figures figures) throws Exception {
    String[] ids = new String[CLUSTERS];
    for (int i = 0; i < CLUSTERS; i++) {
      ids[i] = "hpc" + i;
    }
    try (GridClient client = GridClient.watching(Installed.page(mesh), ids)) {
      for (String id : ids) {
        client.awaitHealthy(id);
      }
    }
    ProcessCost cost = new ProcessCost(mesh.pid());
    figures.print("mesh.all-up.rss", cost.rssMegabytes(), "MB");
    long before = cost.cpuMillis();
    LockSupport.parkNanos(IDLE.toNanos());
    figures.print("mesh.idle.rss", cost.rssMegabytes(), "MB");
    figures.print("mesh.idle.cpu", (cost.cpuMillis() - before) / 10.0 / IDLE.toSeconds(), "%");
    figures.print("mesh.idle.threads", cost.threads(), "threads");
  }
}
