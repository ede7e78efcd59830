package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.PythonPeer;

/** Another language's ZeroMQ on either side of the wire. */
@Timeout(180)
class PyzmqIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static Path example() {
    return Checkout.root().resolve("conf/packaging/examples/probe.py");
  }

  @Test
  void theReadmesProbeHasARow() throws Exception {
    try (PythonPeer probe = PythonPeer.probe(example(), "tcp://127.0.0.1:*");
        MeshProcess mesh =
            MeshProcess.start(
                MeshConf.in(directory.resolve("conf"), 10).direct("here", probe.endpoint()),
                directory.resolve("data"));
        GridClient client = GridClient.watching(mesh.page(), "here")) {
      JsonNode row = client.awaitHealthy("here");
      int cores = Integer.parseInt(PythonPeer.run(printCores()).strip());
      assertEquals(cores, row.path("slots").path("total").asInt());
      assertEquals(
          cores, row.path("slots").path("used").asInt() + row.path("slots").path("free").asInt());
      assertEquals(1, row.path("nodes").path("total").asInt());
      long revision = row.path("revision").asLong();
      client.awaitRow("here", "another poll", next -> next.path("revision").asLong() > revision);
    }
  }

  /** The affinity of the processors does not count: the example asks the machine. */
  private Path printCores() throws Exception {
    return Files.writeString(directory.resolve("cores.py"), "import os\nprint(os.cpu_count())\n");
  }

  @Test
  void theReadmeShowsTheExampleAsItIs() throws Exception {
    String readme = Files.readString(Checkout.root().resolve("README.md"));
    String code = Files.readString(example());
    assertTrue(readme.contains("```python\n" + code.strip() + "\n```"), "README and probe.py");
    assertTrue(code.lines().count() <= 45, "a probe is small");
  }

  @Test
  void ourProbeServesAPlainRequestSocket() throws Exception {
    try (ProbeProcess probe =
        ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")))) {
      Path client = PythonPeer.script(directory, "client.py");
      JsonNode reply = JSON.readTree(PythonPeer.run(client, probe.endpoint()));
      assertEquals("qstat-mesh/1", reply.path("protocol").asText());
      assertEquals("python-1", reply.path("id").asText());
      JsonNode snapshot = reply.path("snapshot");
      assertEquals("torque", snapshot.path("drms").asText());
      assertEquals(39 + 111 + 15 + 1, snapshot.path("jobs").size());
      assertEquals(9, snapshot.path("nodes").size());
    }
  }

  /** libzmq's CURVE against ours: the listed key with heartbeats, another key, and none. */
  @Test
  void ourProbeLetsOnlyListedKeysIn() throws Exception {
    Path client = PythonPeer.script(directory, "curve_client.py");
    JsonNode keys = JSON.readTree(PythonPeer.run(client, "keys"));
    Path file = directory.resolve("hpc1.probe-curve.json");
    Files.writeString(file, keys.path("probeFile").toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (ProbeProcess probe =
        ProbeProcess.serving(
            FakeScheduler.torque(directory.resolve("torque")), "--curve", file.toString())) {
      Path pairs = Files.writeString(directory.resolve("pairs.json"), keys.toString());
      JsonNode told =
          JSON.readTree(PythonPeer.run(client, "ask", probe.endpoint(), pairs.toString()));
      assertEquals(
          39 + 111 + 15 + 1, told.path("listed").path("snapshot").path("jobs").size(), "listed");
      assertEquals(
          "python-3", told.path("listedAfterHeartbeats").path("id").asText(), "after heartbeats");
      assertTrue(told.path("unlisted").isNull(), "another key");
      assertTrue(told.path("plain").isNull(), "no key");
    }
  }
}
