package org.qstatmesh.mesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import org.qstatmesh.mesh.supervise.Stage;

/** The commands about the history, over conf and data directories as they are. */
@Timeout(120)
class HistoryCommandsTest {
  @TempDir Path directory;
  private Path conf;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    conf = Files.createDirectory(directory.resolve("conf"));
    data = directory.resolve("data");
    conf("{\"web\":{\"port\":0},\"ops\":{\"port\":0}}");
  }

  @Test
  void backsUpWhileANodeRunsAndWhileNoneDoes() throws Exception {
    Path live = directory.resolve("live.db");
    try (MeshNode node = node()) {
      assertFalse(node.opsUrl().isEmpty());
      assertEquals(0, run("backup", live.toString()));
      assertEquals(1, run("backup", live.toString()));
    }
    assertEquals(0, run("backup", directory.resolve("rest.db").toString()));
    assertTrue(Files.size(live) > 0);
  }

  @Test
  void backsNothingUpWhereNothingIs() throws Exception {
    assertEquals(1, run("backup", directory.resolve("copy.db").toString()));
    assertFalse(Files.exists(data));
    conf("{\"store\":{\"user\":\"mesh\"}}");
    assertEquals(78, run("backup", directory.resolve("copy.db").toString()));
  }

  private MeshNode node() throws Exception {
    return MeshNode.start(new NodeOptions(conf, data, EnumSet.of(Stage.STORE)));
  }

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--conf", conf.toString(), "--data", data.toString()));
    return MeshCommand.execute(line.toArray(String[]::new));
  }

  private void conf(String json) throws IOException {
    Files.writeString(conf.resolve("mesh.json"), json);
  }
}
