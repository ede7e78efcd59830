package org.qstatmesh.mesh.add;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.mesh.config.ConfDirectory;

/** What {@code add} writes and prints is what a mesh reads and a shell takes. */
@Timeout(60)
class AddedFilesTest {
  private static final LoginTarget LOGIN = LoginTarget.parse("me@login.hpc1.example");

  @TempDir private Path conf;
  private Vertx vertx;

  @BeforeEach
  void open() throws IOException {
    vertx = Vertx.vertx();
    Files.createDirectory(conf.resolve("keys"));
    Files.createFile(conf.resolve("keys/hpc1"));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private AddRequest request(ProbeAccess probe, boolean curve) {
    return new AddRequest(
        "hpc1", "HPC 1", LOGIN, LoginTarget.parse("me@gate:2222"), probe, curve, conf);
  }

  private ClusterConfig read(AddRequest request, String serverKey) throws Exception {
    Files.writeString(request.clusterFile(), new ClusterFile(request).text(serverKey));
    return new ConfDirectory(vertx, conf)
        .load()
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .clusters()
        .get(0);
  }

  @Test
  void aProbeThatACommandStartsIsReadBack() throws Exception {
    ClusterConfig standard = read(request(ProbeCommand.STANDARD, false), null);
    assertEquals(ProbeCommand.STANDARD, standard.probe());
    assertEquals("HPC 1", standard.title());
    assertEquals("gate", standard.ssh().proxyJump().host());
    ProbeCommand own = new ProbeCommand("\"/opt/a b/qstat-probe\" serve --stdio");
    assertEquals(own, read(request(own, false), null).probe());
  }

  @Test
  void keysForBothEndsAreMadeOnceAndReadBack() throws Exception {
    ProbeAddress probe = new ProbeAddress("127.0.0.1", 7700);
    AddRequest request = request(probe, true);
    CurveFiles files = request.curveFiles();
    String serverKey = files.serverKey();
    assertEquals(serverKey, files.serverKey(), "the second time they are there");
    ClusterConfig cluster = read(request, serverKey);
    assertEquals(probe, cluster.probe());
    assertEquals(new CurveConfig(serverKey, conf.resolve("keys/hpc1.curve")), cluster.curve());
  }

  @Test
  void oneOfTheTwoFilesAloneIsNoPair() throws Exception {
    CurveFiles files = request(ProbeCommand.STANDARD, true).curveFiles();
    assertEquals(40, files.serverKey().length());
    for (Path missing : List.of(files.mesh(), files.probe())) {
      Path aside = Files.move(missing, conf.resolve("aside"));
      IOException thrown = assertThrows(IOException.class, files::serverKey);
      assertTrue(thrown.getMessage().contains("not " + missing), thrown.getMessage());
      Files.move(aside, missing);
    }
  }

  @Test
  void theCopyGoesTheWayThatSshGoes() {
    Path file = Path.of("conf/keys/hpc1.probe-curve.json");
    assertEquals(
        "scp -p conf/keys/hpc1.probe-curve.json me@login.hpc1.example:",
        CopyCommand.of(file, LOGIN, null));
    assertEquals(
        "scp -p -P 2200 -J me@gate:2222 '/tmp/a b/it'\\''s' 'me$x@[::1]:'",
        CopyCommand.of(
            Path.of("/tmp/a b/it's"),
            LoginTarget.parse("me$x@[::1]:2200"),
            LoginTarget.parse("me@gate:2222")));
  }
}
