package org.qstatmesh.mesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.NodeFigures;
import org.qstatmesh.mesh.figures.MeshChange;

class MetricsTableTest {
  private static final long NOW = 1_795_330_395_000L;
  private static final Path GOLDEN = Path.of("src/test/resources/tail/metrics.txt");
  private static final String HOSTILE = "hpc\u001b[2J\u202e1";

  private static final MeshChange CHANGE =
      new MeshChange(
          NOW,
          List.of(
              new MeshChange.NodeChange(
                  "front",
                  "0.1.0",
                  1,
                  null,
                  7_300,
                  List.of(
                      new NodeFigures.StageFigures("broadcast", "UP", NOW, 0),
                      new NodeFigures.StageFigures("store", "DOWN", NOW, 2)),
                  new NodeFigures.MemoryFigures(50_123_456, 400_000_000, 130_000_000L),
                  List.of(
                      new MeshChange.AddressChange(
                          "mesh.snapshot.taken", 12.0, 0.0, 3, 0, 1, 0.25, 1.5),
                      new MeshChange.AddressChange(
                          "mesh.jobs.query", null, null, 0, 4, 0, null, null),
                      new MeshChange.AddressChange("mesh.at.query", 0.0, 0.0, 0, 0, 0, null, null)),
                  List.of(),
                  new MeshChange.StoreChange(7_012_345_678L, false, 4_000, 0.0, 17),
                  new MeshChange.BrowserChange(1, 340.5, Map.of("SUPERSEDED", 5L, "STALLED", 1L))),
              new MeshChange.NodeChange(
                  "poller-a",
                  null,
                  1,
                  null,
                  59,
                  List.of(new NodeFigures.StageFigures("poller", "UP", NOW, 1)),
                  new NodeFigures.MemoryFigures(1_000, 400_000_000, null),
                  List.of(),
                  List.of(
                      cluster(HOSTILE, true, NOW - 95_000),
                      cluster("hpc2", true, null),
                      cluster("hpc3", false, NOW)),
                  null,
                  null),
              new MeshChange.NodeChange(
                  "poller-b",
                  "0.1.0",
                  1,
                  40L,
                  100,
                  List.of(),
                  new NodeFigures.MemoryFigures(1, 2, 3L),
                  List.of(),
                  List.of(cluster("hpc4", true, NOW)),
                  null,
                  null)));

  private static NodeFigures.ClusterFigures cluster(String id, boolean failing, Long lastGood) {
    return new NodeFigures.ClusterFigures(
        id, Map.of("UP", 20L, "PROBE_TIMEOUT", 3L), 20, 400_000, 0, 12.5, 90.0, failing, lastGood);
  }

  @Test
  void looksAsItDid() throws Exception {
    String text = String.join("\n", new MetricsTable(ZoneOffset.UTC).lines(CHANGE)) + "\n";
    if (Boolean.getBoolean("fixtures.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, text);
    }
    assertEquals(Files.readString(GOLDEN), text);
  }

  @Test
  void namesOfClustersDoNothingToATerminal() {
    new MetricsTable(ZoneOffset.UTC)
        .lines(CHANGE)
        .forEach(
            line ->
                assertTrue(
                    line.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'), line));
  }

  @Test
  void aTerminalIsDrawnInPlaceAndNoFurtherThanItIsHigh() {
    StringWriter text = new StringWriter();
    Screen screen = new Screen(new PrintWriter(text), true);
    screen.show(new MetricsTable(ZoneOffset.UTC).lines(CHANGE));
    screen.show(List.of("short"));
    assertTrue(text.toString().startsWith("\u001b[H\u001b[J"), text::toString);
    assertTrue(text.toString().endsWith("\u001b[Hshort\u001b[K\n\u001b[J"), text::toString);
  }

  @Test
  void elsewhereTablesStandBelowEachOther() {
    StringWriter text = new StringWriter();
    Screen screen = new Screen(new PrintWriter(text), false);
    screen.show(List.of("one"));
    screen.show(List.of("two"));
    assertEquals("one%n%ntwo%n".formatted(), text.toString());
    assertFalse(screen.isClosed());
  }

  @Test
  void messagesAreOneLineEachAndStayJson() {
    String line =
        "{\"atEpochMillis\":1795330395123,\"address\":\"mesh.poll.failed\",\"kind\":\"published\","
            + "\"type\":\"PollFailed\",\"body\":{\"cluster\":\"a\u202e\u0085\"},\"lost\":null}";
    assertEquals(
        "06:53:15.123 published mesh.poll.failed PollFailed {\"cluster\":\"a\\u202e\\u0085\"}",
        new MessageLines(false, ZoneOffset.UTC).of(line));
    assertEquals(
        line.replace("\u202e", "\\u202e").replace("\u0085", "\\u0085"),
        new MessageLines(true, ZoneOffset.UTC).of(line));
    assertEquals(
        "06:53:15.123 3000 messages left out: read faster, or less",
        new MessageLines(false, ZoneOffset.UTC)
            .of("{\"atEpochMillis\":1795330395123,\"lost\":3000}"));
  }
}
