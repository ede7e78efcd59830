package org.qstatmesh.mesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import picocli.CommandLine;

/** The command against a node that runs. */
@Timeout(120)
class TailCommandTest {
  private record Ended(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @TempDir Path directory;
  private Path conf;
  private Path data;

  @BeforeEach
  void prepare() throws Exception {
    conf = Files.createDirectory(directory.resolve("conf"));
    data = directory.resolve("data");
    Files.writeString(conf.resolve("mesh.json"), "{\"web\":{\"port\":0},\"ops\":{\"port\":0}}");
  }

  private Ended tail(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    int code =
        new CommandLine(new TailCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void ratesAreThereFromTheSecondReading() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      Ended ended = tail("metrics", "--json", "--seconds", "5");
      assertEquals(0, ended.code(), ended::err);
      assertEquals(3, ended.lines().size(), ended::out);
      ObjectMapper mapper = new ObjectMapper();
      JsonNode last = mapper.readTree(ended.lines().get(2)).path("nodes").path(0);
      assertEquals(node.name(), last.path("node").asText());
      List<JsonNode> beats = new ArrayList<>();
      last.path("addresses")
          .forEach(
              address -> {
                if (address.path("address").asText().equals("mesh.node.figures")) {
                  beats.add(address);
                }
              });
      assertEquals(1, beats.size(), last::toString);
      assertTrue(beats.get(0).path("outPerSecond").isNumber(), last::toString);
    }
  }

  @Test
  void aTableNamesNodeStagesAndAddresses() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      Ended ended = tail("metrics", "--seconds", "3");
      assertEquals(0, ended.code(), ended::err);
      assertTrue(ended.out().contains("node " + node.name() + "  built by hand"), ended::out);
      assertTrue(ended.out().contains("broadcast UP, store UP"), ended::out);
      assertTrue(ended.out().contains("mesh.node.figures"), ended::out);
      assertTrue(ended.out().chars().noneMatch(c -> c == '\u001b'), ended::out);
    }
  }

  @Test
  void messagesOfAnAddressAreShownUntilTheTimeIsOver() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      Ended ended = tail("mesh.poller", "--seconds", "5");
      assertEquals(0, ended.code(), ended::err);
      assertTrue(!ended.lines().isEmpty(), "a poller says every 2 s that it lives");
      for (String line : ended.lines()) {
        assertTrue(line.contains(" published mesh.poller.alive PollerAlive {"), line);
        assertTrue(line.contains(node.name()), line);
      }
    }
  }

  @Test
  void whatIsNoAddressIsSaid() throws Exception {
    try (MeshNode node = MeshNode.start(NodeOptions.everything(conf, data))) {
      Ended ended = tail("mesh.*");
      assertEquals(1, ended.code(), node::name);
      assertTrue(ended.err().startsWith("400: address"), ended::err);
    }
  }

  @Test
  void saysWhenNoMeshRuns() throws Exception {
    assertTrue(tail("metrics").err().contains("does a mesh run"));
    MeshNode.start(NodeOptions.everything(conf, data)).close();
    Ended ended = tail("metrics");
    assertEquals(1, ended.code());
    assertTrue(ended.err().contains("nothing listens at http://127.0.0.1:"), ended::err);
    assertEquals(1, tail("mesh.poller").code());
  }
}
