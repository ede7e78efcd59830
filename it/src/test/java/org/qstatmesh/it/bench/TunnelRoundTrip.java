package org.qstatmesh.it.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/** What the product's tunnel adds to a round trip, beside OpenSSH's. */
final class TunnelRoundTrip implements Benchmark {
  private static final List<Integer> SIZES = List.of(2_000, 200_000);
  private static final int BLOCKS = 20;
  private static final int WARMING_BLOCKS = 10;

  /** So many bytes a block, so that both sizes take about as long. */
  private static final int BLOCK_BYTES = 10_000_000;

  private static final int MOST_IN_BLOCK = 300;

  @Override
  public String explanation() {
    return "round trip of 8 bytes there and 2 or 200 kB back over one warm TCP connection: direct, through ssh -L,"
        + " and through a running mesh's tunnel, in turns; same sshd, same cipher (aes128-gcm@openssh.com)";
  }

  @Override
  public void run(Path directory, Figures figures) throws Exception {
    try (Sshd sshd = Sshd.start(directory.resolve("ssh"));
        SizedReplies replies = new SizedReplies()) {
      MeshConf conf =
          MeshConf.in(directory.resolve("conf"), 10)
              .throughSsh("hpc1", "tcp://127.0.0.1:" + replies.port(), sshd);
      int forwarded = Checkout.freePort();
      try (RunningProcess mesh = Installed.mesh(conf, directory.resolve("data"));
          RunningProcess ssh = forward(sshd, forwarded, replies.port());
          SizedReplies.Client direct = new SizedReplies.Client(replies.port());
          SizedReplies.Client openSsh = connect(() -> List.of(forwarded));
          SizedReplies.Client product = tunnel(mesh)) {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("direct", new Route(direct, null));
        routes.put("ssh-l", new Route(openSsh, new ProcessCost(ssh.pid())));
        routes.put("mesh", new Route(product, new ProcessCost(mesh.pid())));
        for (int size : SIZES) {
          measure(size, routes, figures);
        }
      }
    }
  }

  /** A way to the server, and the process on our side that carries it. */
  private record Route(SizedReplies.Client client, ProcessCost carrier) {}

  private static RunningProcess forward(Sshd sshd, int from, int to) throws IOException {
    return RunningProcess.start(
        "ssh",
        List.of(
            "ssh",
            "-N",
            "-F",
            "none",
            "-c",
            "aes128-gcm@openssh.com",
            "-o",
            "BatchMode=yes",
            "-o",
            "UserKnownHostsFile=" + sshd.knownHosts(),
            "-i",
            sshd.userKey().toString(),
            "-L",
            "127.0.0.1:" + from + ":127.0.0.1:" + to,
            "-p",
            Integer.toString(sshd.port()),
            System.getProperty("user.name") + "@127.0.0.1"));
  }

  private static SizedReplies.Client tunnel(RunningProcess mesh) throws Exception {
    Installed.page(mesh);
    // The tunnel's port is there when the poller has asked for it.
    return connect(() -> ListeningPorts.of(mesh.pid()));
  }

  /** Ports to be tried. */
  @FunctionalInterface
  private interface Ports {
    List<Integer> now() throws IOException;
  }

  /** The first of these ports that leads to the server; blocks until one does. */
  private static SizedReplies.Client connect(Ports ports) throws Exception {
    SizedReplies.Client[] found = new SizedReplies.Client[1];
    Eventually.eventually(
        "a way to the server",
        () -> {
          for (int port : ports.now()) {
            found[0] = found[0] == null ? answering(port) : found[0];
          }
          return found[0] != null;
        });
    return found[0];
  }

  private static SizedReplies.Client answering(int port) throws IOException {
    SizedReplies.Client client = null;
    try {
      client = new SizedReplies.Client(port);
      client.askMicros(100);
      return client;
    } catch (IOException e) {
      if (client != null) {
        client.close();
      }
      return null;
    }
  }

  private static void measure(int size, Map<String, Route> routes, Figures figures)
      throws IOException {
    Map<String, Samples> micros = new LinkedHashMap<>();
    Map<String, Long> cpuMillis = new LinkedHashMap<>();
    int rounds = Math.min(MOST_IN_BLOCK, BLOCK_BYTES / size);
    for (int block = -WARMING_BLOCKS; block < BLOCKS; block++) {
      for (Map.Entry<String, Route> route : routes.entrySet()) {
        Samples kept = micros.computeIfAbsent(route.getKey(), key -> new Samples());
        ProcessCost carrier = route.getValue().carrier();
        long before = carrier == null ? 0 : carrier.cpuMillis();
        for (int i = 0; i < rounds; i++) {
          double took = route.getValue().client().askMicros(size);
          if (block >= 0) {
            kept.add(took);
          }
        }
        if (carrier != null && block >= 0) {
          cpuMillis.merge(route.getKey(), carrier.cpuMillis() - before, Long::sum);
        }
      }
    }
    String name = size / 1000 + "kB.";
    micros.forEach((route, samples) -> figures.printSpread(name + route, samples, "us"));
    cpuMillis.forEach(
        (route, cpu) ->
            figures.print(name + route + ".cpu", 1e3 * cpu / (BLOCKS * rounds), "us/reply"));
    figures.print(
        name + "mesh-to-ssh-l",
        micros.get("mesh").median() / micros.get("ssh-l").median(),
        "times");
  }
}
