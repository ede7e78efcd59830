package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.Sshd;

/** A change of one cluster in conf/ while the mesh runs touches that one only. */
@Timeout(180)
class HotConfigurationIT {
  private static final String ESTABLISHED = "01";

  @TempDir private Path directory;

  /** A poller or a tunnel that is started again opens a new connection. */
  @Test
  void theOthersKeepTheirConnectionsAndMissNoPoll() throws Exception {
    try (ManyProbes probes = ManyProbes.of(directory.resolve("probes"), 3);
        Sshd sshd = Sshd.start(directory.resolve("ssh"))) {
      String near = probes.endpoints().get(0);
      MeshConf conf =
          MeshConf.in(directory.resolve("conf"), 5)
              .direct("near", near)
              .throughSsh("far", probes.endpoints().get(1), sshd);
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
          GridClient client = GridClient.watching(mesh.page(), "near", "far")) {
        client.awaitHealthy("near");
        client.awaitHealthy("far");
        Set<String> before = connections(mesh, URI.create(near).getPort(), sshd.port());
        assertEquals(2, before.size(), before.toString());
        int rows = client.arrived("near").size();

        conf.direct("other", probes.endpoints().get(2));
        mesh.process().awaitLine("configuration changed: \\+other$");
        Path file = conf.directory().resolve("other.json");
        try (GridClient later = GridClient.watching(mesh.page(), "other")) {
          later.awaitHealthy("other");
          rename(file);
          later.awaitRow("other", "its new title", row -> title(row).equals("Another name"));
        }
        mesh.process().awaitLine("configuration changed: ~other$");
        Files.delete(file);
        mesh.process().awaitLine("configuration changed: -other$");
        LogRules.assertNoException(mesh.log());
        Files.writeString(conf.directory().resolve("broken.json"), "{");
        mesh.process().awaitLine("broken.json#line 1");
        Files.delete(conf.directory().resolve("broken.json"));
        // Three polls later, nothing of the others has been begun anew.
        int seen = client.arrived("near").size();
        Eventually.eventually("further rows", () -> client.arrived("near").size() >= seen + 3);
        assertEquals(before, connections(mesh, URI.create(near).getPort(), sshd.port()));
        assertSteady(client, rows);
      }
    }
  }

  /** In one step, as editors do. */
  private static void rename(Path file) throws Exception {
    Path fresh = file.resolveSibling("other.new");
    Files.writeString(
        fresh, Files.readString(file).replace("\"Cluster other\"", "\"Another name\""));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String title(JsonNode row) {
    return row.path("title").asText();
  }

  /** Every second a new snapshot: up all the time, and none of them twice or left out. */
  private static void assertSteady(GridClient client, int after) {
    List<JsonNode> rows =
        client.arrived("near").stream().skip(after).map(GridClient.Arrived::row).toList();
    for (JsonNode row : rows) {
      assertEquals("UP", row.path("status").asText(), row::toString);
      assertTrue(row.path("failure").isNull(), row::toString);
    }
  }

  /** Local ends of the mesh's connections to these ports of loopback. */
  private static Set<String> connections(MeshProcess mesh, int... ports) throws Exception {
    Set<String> inodes = new TreeSet<>();
    Path process = Path.of("/proc/" + mesh.process().pid());
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)) {
          inodes.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    Set<String> found = new TreeSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(process.resolve(table))) {
        String[] words = line.strip().split("\\s+");
        for (int port : ports) {
          if (words[2].endsWith(":" + "%04X".formatted(port))
              && words[3].equals(ESTABLISHED)
              && inodes.contains("socket:[" + words[9] + "]")) {
            found.add(words[1] + " to " + words[2]);
          }
        }
      }
    }
    return found;
  }
}
