package org.qstatmesh.it;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.year.YearCluster;
import org.qstatmesh.store.HistoryFeeder;
import org.qstatmesh.store.StoreConfig;

/** What the packaged mesh's commands do with a history: exit codes, files, words. */
@Timeout(240)
class CommandsIT {
  private static final String NAME = "qstat-mesh.db";
  private static final int USAGE = 64;
  private static final long HOUR_MINUTES = 60;
  private static final long FIRST_MINUTE =
      System.currentTimeMillis() / 60_000 / HOUR_MINUTES * HOUR_MINUTES - 5 * HOUR_MINUTES;

  @TempDir private static Path shared;
  @TempDir private Path directory;

  /** Two hours of a cluster. */
  @BeforeAll
  static void aHistory() throws Exception {
    Files.writeString(Files.createDirectory(shared.resolve("conf")).resolve("mesh.json"), "{}");
    StoreConfig config = new StoreConfig("test", "jdbc:sqlite:" + NAME, shared.resolve("data"));
    YearCluster cluster = YearCluster.inUse(1, FIRST_MINUTE);
    try (HistoryFeeder feeder =
        new HistoryFeeder(config, FIRST_MINUTE, List.of(() -> cluster.next()))) {
      feeder.feed(2);
    }
  }

  private Path history() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.copy(shared.resolve("data").resolve(NAME), data.resolve(NAME));
    return data;
  }

  /** What a command said, and how it ended. */
  private record Ended(int code, String output) {}

  private static Ended mesh(String... words) throws Exception {
    try (RunningProcess process = RunningProcess.start(words[0], Checkout.mesh(List.of(words)))) {
      return new Ended(process.exitCode(Eventually.PATIENCE), process.output());
    }
  }

  private static Ended on(Path data, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--conf", "" + shared.resolve("conf"), "--data", "" + data));
    return mesh(all.toArray(String[]::new));
  }

  private static Ended export(Path data, Path file, String format) throws Exception {
    return on(
        data,
        "export",
        "--from=" + FIRST_MINUTE * 60,
        "--to=" + (FIRST_MINUTE + HOUR_MINUTES) * 60,
        "--format=" + format,
        "--output=" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "export", "forget", "migrate"})
  void eachSaysHowItIsUsed(String command) throws Exception {
    Ended help = mesh(command, "--help");
    assertEquals(0, help.code(), help::output);
    assertTrue(help.output().contains("Usage: qstat-mesh " + command), help::output);
    assertTrue(help.output().contains("--data"), help::output);

    Ended wrong = mesh(command, "--no-such-option");
    assertEquals(USAGE, wrong.code(), wrong::output);
    assertTrue(wrong.output().contains("Usage: qstat-mesh " + command), wrong::output);
  }

  @Test
  void aBackupIsAHistoryAndIsNeverWrittenOver() throws Exception {
    Path data = history();
    Path copies = Files.createDirectory(directory.resolve("copies"));

    Ended done = on(data, "backup", "" + copies.resolve(NAME));

    assertEquals(0, done.code(), done::output);
    byte[] copy = Files.readAllBytes(copies.resolve(NAME));
    assertTrue(done.output().contains(copy.length + " bytes"), done::output);
    assertEquals(1, on(data, "backup", "" + copies.resolve(NAME)).code());
    assertEquals(copy.length, Files.size(copies.resolve(NAME)));
    assertEquals(0, export(data, directory.resolve("a.csv"), "csv").code());
    assertEquals(0, export(copies, directory.resolve("b.csv"), "csv").code());
    assertEquals(
        Files.readString(directory.resolve("a.csv")), Files.readString(directory.resolve("b.csv")));
  }

  @Test
  void bothFormatsHoldTheSameLines() throws Exception {
    Path data = history();
    assertEquals(0, export(data, directory.resolve("table.csv"), "csv").code());
    assertEquals(0, export(data, directory.resolve("table.json"), "json").code());

    List<String> lines = Files.readAllLines(directory.resolve("table.csv"));
    JsonNode rows = new ObjectMapper().readTree(directory.resolve("table.json").toFile());
    assertEquals("time,cluster,dimension,key,measure,value", lines.get(0));
    assertTrue(rows.size() > HOUR_MINUTES, "hardly a line");
    assertEquals(lines.size() - 1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertTrue(lines.get(i + 1).startsWith(rows.get(i).path("time").asText()), lines.get(i + 1));
      assertTrue(lines.get(i + 1).endsWith("," + rows.get(i).path("value")), lines.get(i + 1));
    }
    assertEquals(1, export(data, directory.resolve("table.csv"), "csv").code(), "written over");
    Path nothing = directory.resolve("nothing");
    assertEquals(1, export(nothing, directory.resolve("none.csv"), "csv").code());
    assertFalse(Files.exists(nothing));
    assertFalse(Files.exists(directory.resolve("none.csv")));
  }

  @Test
  void aPersonIsForgottenAndTheRestMoves() throws Exception {
    Path data = history();
    assertEquals(0, export(data, directory.resolve("before.csv"), "csv").code());
    String login =
        Files.readAllLines(directory.resolve("before.csv")).stream()
            .filter(line -> line.contains(",user,"))
            .map(line -> line.split(",", -1)[3])
            .findFirst()
            .orElseThrow();

    Ended forgotten = on(data, "forget", login);

    assertEquals(0, forgotten.code(), forgotten::output);
    assertTrue(forgotten.output().contains("forgotten on 1 clusters"), forgotten::output);
    assertEquals(1, on(data, "forget", login).code(), "nobody knows them any more");
    assertEquals(0, export(data, directory.resolve("after.csv"), "csv").code());
    String after = Files.readString(directory.resolve("after.csv"));
    assertFalse(after.contains(",user," + login + ","), login);

    Ended moved = on(data, "migrate", "--to", "jdbc:sqlite:other.db");
    assertEquals(0, moved.code(), moved::output);
    assertTrue(moved.output().contains("other.db"), moved::output);
    assertEquals(1, on(data, "migrate", "--to", "jdbc:sqlite:other.db").code(), "not empty");
    Files.move(data.resolve("other.db"), data.resolve(NAME), REPLACE_EXISTING);
    assertEquals(0, export(data, directory.resolve("moved.csv"), "csv").code());
    assertEquals(after, Files.readString(directory.resolve("moved.csv")));
  }
}
