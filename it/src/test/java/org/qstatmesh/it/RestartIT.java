package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PageBrowser;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.Sshd;

/** Each stage is started again alone, with five clusters, an interval of 1 s and an open page. */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class RestartIT {
  private static final int CLUSTERS = 5;
  private static final Duration RIGHT_AGAIN = Duration.ofSeconds(5);

  @TempDir private static Path directory;

  private static final List<ProbeProcess> PROBES = new ArrayList<>();
  private static Sshd sshd;
  private static MeshProcess mesh;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
    for (int i = 0; i < CLUSTERS; i++) {
      Path at = directory.resolve("cluster-" + i);
      PROBES.add(
          ProbeProcess.launch(i % 2 == 0 ? FakeScheduler.torque(at) : FakeScheduler.openPbs(at)));
    }
    for (int i = 0; i < CLUSTERS; i++) {
      PROBES.get(i).awaitServing();
      conf.throughSsh("hpc" + i, PROBES.get(i).endpoint(), sshd);
    }
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (mesh != null) {
      mesh.close();
    }
    PROBES.forEach(ProbeProcess::close);
    sshd.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "store", "tunnel", "poller"})
  void theOthersGoOnAndTheRowsAreRightAgain(String stage, BrowserContext browser) throws Exception {
    GridPage page = GridPage.open(browser, mesh.page());
    for (String cluster : ids()) {
      page.awaitStatus(cluster, "UP");
    }
    int lines = mesh.process().lineCount();
    mesh.restartStage(stage);
    long restarted = System.currentTimeMillis();
    try (GridClient client = GridClient.watching(mesh.page(), ids())) {
      for (String cluster : ids()) {
        client.awaitRow(
            cluster, "news from after the restart", RIGHT_AGAIN, row -> isNews(row, restarted));
      }
      System.out.printf(
          "%s: all rows right after %d ms%n", stage, System.currentTimeMillis() - restarted);
    }
    page.awaitLive();
    for (String cluster : ids()) {
      page.awaitStatus(cluster, "UP");
      page.awaitFailure(cluster, "");
    }
    List<String> said = mesh.process().linesAfter(lines);
    LogRules.assertNoException(String.join("\n", said));
    for (String other : List.of("broadcast", "store", "tunnel", "poller")) {
      long ups = said.stream().filter(line -> line.contains("stage " + other + " is up")).count();
      assertEquals(other.equals(stage) ? 1 : 0, ups, () -> other + "\n" + said);
    }
  }

  private static boolean isNews(JsonNode row, long restartedMillis) {
    return GridClient.healthy(row)
        && row.path("observedAtEpochMillis").asLong() > restartedMillis
        && row.path("slots").path("used").asInt() > 0;
  }

  private static String[] ids() {
    return IntStream.range(0, CLUSTERS).mapToObj(i -> "hpc" + i).toArray(String[]::new);
  }
}
