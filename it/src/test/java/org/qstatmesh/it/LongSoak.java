package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.bench.ProcessCost;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridClient.Arrived;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/**
 * Six clusters that change, an open page, and nothing that goes wrong: what the mesh and a probe
 * hold after a while is what they held at the beginning.
 */
@Timeout(value = 24, unit = TimeUnit.HOURS)
@ExtendWith(PageBrowser.class)
class LongSoak {
  private static final int CLUSTERS = 6;
  private static final Duration WARMING = Duration.ofSeconds(40);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

  /** What may come and go: a worker, a connection of a question, a page's second socket. */
  private static final int THREADS_OR_FILES_MORE = 12;

  private static final double HEAP_MEGABYTES_MORE = 10;

  /** Lines of jcmd GC.heap_info for each generation of the serial collector. */
  private static final Pattern USED =
      Pattern.compile("(?:def new|tenured) generation +total \\d+K, used (\\d+)K");

  @TempDir private Path directory;

  private final List<FakeScheduler> schedulers = new ArrayList<>();
  private final List<ProbeProcess> probes = new ArrayList<>();
  private Sshd sshd;
  private MeshProcess mesh;

  /** What a process holds; the heap after a collection. */
  private record Held(long threads, long files, double heapMegabytes, double rssMegabytes) {
    static Held by(RunningProcess process) throws Exception {
      String pid = Long.toString(process.pid());
      RunningProcess.run("jcmd", pid, "GC.run");
      String heap = RunningProcess.run("jcmd", pid, "GC.heap_info");
      double kilobytes =
          USED.matcher(heap)
              .results()
              .map(MatchResult::group)
              .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K", "$1")))
              .sum();
      ProcessCost cost = new ProcessCost(process.pid());
      return new Held(cost.threads(), cost.openFiles(), kilobytes / 1024, cost.rssMegabytes());
    }

    void print(String name) {
      LongForm.print("soak." + name + ".threads", (double) threads, "threads");
      LongForm.print("soak." + name + ".files", (double) files, "files");
      LongForm.print("soak." + name + ".heap", heapMegabytes, "MB");
      LongForm.print("soak." + name + ".rss", rssMegabytes, "MB");
    }

    void assertNoMoreThan(Held before, String who) {
      assertTrue(heapMegabytes > 0, "jcmd told no heap");
      assertTrue(
          threads <= before.threads + THREADS_OR_FILES_MORE, () -> who + before + " -> " + this);
      assertTrue(files <= before.files + THREADS_OR_FILES_MORE, () -> who + before + " -> " + this);
      assertTrue(
          heapMegabytes <= before.heapMegabytes + HEAP_MEGABYTES_MORE,
          () -> who + before + " -> " + this);
    }
  }

  @BeforeEach
  void start() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
    for (int i = 0; i < CLUSTERS; i++) {
      Path at = directory.resolve("cluster-" + i);
      FakeScheduler scheduler = i % 2 == 0 ? FakeScheduler.torque(at) : FakeScheduler.openPbs(at);
      schedulers.add(scheduler);
      probes.add(ProbeProcess.serving(scheduler));
      conf.throughSsh("hpc" + i, probes.get(i).endpoint(), sshd);
    }
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  @AfterEach
  void stop() {
    if (mesh != null) {
      mesh.close();
    }
    probes.forEach(ProbeProcess::close);
    if (sshd != null) {
      sshd.close();
    }
  }

  @Test
  void nothingGrows(BrowserContext browser) throws Exception {
    GridPage page = GridPage.open(browser, mesh.page());
    String[] ids = IntStream.range(0, CLUSTERS).mapToObj(i -> "hpc" + i).toArray(String[]::new);
    try (GridClient client = GridClient.watching(mesh.page(), ids)) {
      for (String id : ids) {
        client.awaitHealthy(id);
        page.awaitStatus(id, "UP");
      }
      live(WARMING);
      Held meshAtFirst = Held.by(mesh.process());
      Held probeAtFirst = Held.by(probes.get(0).process());
      meshAtFirst.print("mesh.first");
      probeAtFirst.print("probe.first");
      int rowsAtFirst = rows(client, ids);
      long began = System.nanoTime();
      live(LongForm.soak());
      double seconds = (System.nanoTime() - began) / 1e9;
      LongForm.print("soak.rows", (rows(client, ids) - rowsAtFirst) / seconds, "rows/s");
      Held meshAtLast = Held.by(mesh.process());
      Held probeAtLast = Held.by(probes.get(0).process());
      meshAtLast.print("mesh.last");
      probeAtLast.print("probe.last");
      for (String id : ids) {
        assertAlwaysHealthy(client.arrived(id));
        page.awaitStatus(id, "UP");
      }
      meshAtLast.assertNoMoreThan(meshAtFirst, "mesh ");
      probeAtLast.assertNoMoreThan(probeAtFirst, "probe ");
    }
    assertEquals(List.of(), page.complaints());
    LogRules.assertNoException(mesh.log());
  }

  /** Lets the clusters change and the browser breathe, and looks at what the mesh holds. */
  private void live(Duration time) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    long nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
    boolean offline = false;
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
      offline = !offline;
      turn(offline);
      if (System.nanoTime() > nextLook) {
        nextLook += BETWEEN_LOOKS.toNanos();
        ProcessCost cost = new ProcessCost(mesh.process().pid());
        System.out.printf(
            "mesh: %d threads, %d files, %.0f MB resident%n",
            cost.threads(), cost.openFiles(), cost.rssMegabytes());
      }
    }
    if (offline) {
      turn(false);
    }
  }

  /** Takes n008 of the TORQUE clusters off its line, or puts it back. */
  private void turn(boolean offline) throws Exception {
    for (int i = 0; i < CLUSTERS; i += 2) {
      schedulers
          .get(i)
          .edit(
              "pbsnodes-x.out",
              nodes ->
                  nodes.replaceFirst(
                      "(<name>n008</name><state>)" + (offline ? "free" : "offline"),
                      "$1" + (offline ? "offline" : "free")));
    }
  }

  private static int rows(GridClient client, String... ids) {
    int rows = 0;
    for (String id : ids) {
      rows += client.arrived(id).size();
    }
    return rows;
  }

  private static void assertAlwaysHealthy(List<Arrived> rows) {
    List<Arrived> bad =
        rows.stream()
            .dropWhile(row -> !GridClient.healthy(row.row()))
            .filter(row -> !GridClient.healthy(row.row()))
            .toList();
    assertEquals(List.of(), bad);
  }
}
