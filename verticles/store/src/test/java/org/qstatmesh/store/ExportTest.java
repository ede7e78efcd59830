package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.export.ExportRequest.Format;

/** Tables hold what was stored, and nothing that a program would obey. */
@Timeout(60)
class ExportTest extends ExportedHistory {
  @Test
  void everyCountOfEverySampleIsALine() throws Exception {
    Random random = new Random(7);
    Summaries summaries = new Summaries(7, 12, 3);
    List<ClusterSummary> samples = new ArrayList<>();
    long at = RunningStore.NOON - 2 * 3_600_000;
    for (int i = 0; i < 150; i++) {
      at += 1 + random.nextInt(120_000);
      String cluster = random.nextBoolean() ? "hpc1" : "hpc2";
      samples.add(
          random.nextInt(10) == 0
              ? Summaries.empty(cluster, "s" + i, at)
              : summaries.next(cluster, "s" + i, at));
    }
    store(samples);
    List<String> csv = csv(request(Instant.EPOCH, NOON.plusSeconds(86_400), null, 0));
    assertEquals(HEADER, csv.get(0));
    assertEquals(expected(samples), new TreeSet<>(csv.subList(1, csv.size())));
    assertEquals(expected(samples).size(), csv.size() - 1, "a line twice");

    long from = samples.get(30).observedAtEpochMillis();
    long to = samples.get(90).observedAtEpochMillis();
    List<ClusterSummary> between =
        samples.subList(30, 90).stream().filter(s -> s.cluster().equals("hpc2")).toList();
    List<String> part =
        csv(request(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), "hpc2", 0));
    assertEquals(expected(between), new TreeSet<>(part.subList(1, part.size())));
  }

  @Test
  void jsonHasEveryNameAsItIs() throws Exception {
    String hostile = "=\"a\",\\b\r\n\u001b[31m\u202eé\ud83d\ude00\ud800";
    store(List.of(named("hpc1", hostile)));
    JsonArray lines =
        new JsonArray(text(new ExportRequest(NOON, NOON.plusSeconds(1), null, 0, Format.JSON)));
    JsonObject line =
        lines.stream()
            .map(JsonObject.class::cast)
            .filter(l -> l.getString("dimension").equals("user"))
            .findFirst()
            .orElseThrow();
    // The database makes a question mark of half a character.
    assertEquals(hostile.replace('\ud800', '?'), line.getString("key"));
    assertEquals(
        new JsonObject()
            .put("time", NOON.toString())
            .put("cluster", "hpc1")
            .put("dimension", "slots")
            .putNull("key")
            .put("measure", "total")
            .put("value", 336),
        lines.stream()
            .map(JsonObject.class::cast)
            .filter(l -> l.getString("dimension").equals("slots"))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void csvHoldsNothingThatASpreadsheetOrATerminalWouldObey() throws Exception {
    store(
        List.of(
            named("c1", "=1+1"),
            named("c2", "+1"),
            named("c3", "-1"),
            named("c4", "@SUM(1)"),
            named("c5", "a,\"b\""),
            named("c6", "a\r\n\t\u001b[2Jb"),
            named("c7", "＝1"),
            named("c8", "1-1=0 é")));
    List<String> keys =
        csv(request(NOON, NOON.plusSeconds(1), null, 0)).stream()
            .filter(line -> line.contains(",user,") && line.contains(",runningSlots,"))
            .map(line -> line.substring(line.indexOf(",user,") + 6, line.indexOf(",runningSlots,")))
            .toList();
    assertEquals(
        List.of(
            "'=1+1",
            "'+1",
            "'-1",
            "'@SUM(1)",
            "\"a,\"\"b\"\"\"",
            "a\\u000d\\u000a\\u0009\\u001b[2Jb",
            "'＝1",
            "1-1=0 é"),
        keys);
  }

  @Test
  void nothingIsATableToo() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    Instant late = NOON.plusSeconds(1);
    assertEquals(List.of(HEADER), csv(request(late, late.plusSeconds(1), null, 0)));
    assertEquals("[\n]\n", text(new ExportRequest(late, late, null, 0, Format.JSON)));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    IOException unknown =
        assertThrows(IOException.class, () -> csv(request(NOON, NOON, "hpc7", 0)));
    assertEquals("the history knows no cluster hpc7; it knows: hpc1", unknown.getMessage());
  }

  @Test
  void aSchemaOfAnotherReleaseIsRefusedByName() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    Database database = RunningStore.config(data).database();
    for (String words : List.of("an older release", "a newer release")) {
      try (Connection connection = database.openForWriting();
          Statement statement = connection.createStatement()) {
        int other = Migrations.VERSION + (words.startsWith("an ") ? -1 : 1);
        database.dialect().setSchemaVersion(statement, other);
      }
      IOException refused =
          assertThrows(IOException.class, () -> csv(request(NOON, NOON, null, 0)));
      assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
  }

  @Test
  void endsWhenNobodyTakesItAnyMore() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ExportRequest everything = request(Instant.EPOCH, NOON.plusSeconds(1), null, 0);
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> StoreTool.export(RunningStore.config(data), everything, closed));
    assertEquals("Broken pipe", thrown.getMessage());
  }

  private static ClusterSummary named(String cluster, String user) {
    ClusterSummary plain = new Summaries(1, 1, 1).next(cluster, "s", RunningStore.NOON);
    return new ClusterSummary(
        cluster,
        plain.title(),
        plain.drms(),
        plain.drmsVersion(),
        plain.serverName(),
        plain.visibility(),
        plain.status(),
        plain.failure(),
        0,
        plain.snapshotId(),
        plain.observedAtEpochMillis(),
        plain.receivedAtEpochMillis(),
        plain.staleAfterMillis(),
        plain.jobs(),
        plain.slots(),
        plain.gpus(),
        plain.nodes(),
        new ClusterSummary.Usage(
            List.of(new Use(user, 1, 1, 0, 0, 0, 0)), List.of(), List.of(), List.of()),
        plain.waiting(),
        plain.queues());
  }

  /** What a table must hold, written down as summaries are, without the export's own code. */
  private static Set<String> expected(List<ClusterSummary> samples) {
    Set<String> lines = new TreeSet<>();
    for (ClusterSummary sample : samples) {
      String start =
          Instant.ofEpochMilli(sample.observedAtEpochMillis()) + "," + sample.cluster() + ",";
      if (sample.usage() != null) {
        JsonObject usage = JsonObject.mapFrom(sample.usage());
        for (String dimension : List.of("user", "group", "account", "queue", "lab")) {
          for (Object use : usage.getJsonArray(dimension)) {
            JsonObject counts = (JsonObject) use;
            String key = (String) counts.remove("key");
            addCounts(lines, start + dimension + "," + key + ",", counts, false);
          }
        }
        for (ClusterSummary.Waiting waiting : sample.waiting()) {
          JsonObject counts = JsonObject.mapFrom(waiting);
          String key = (String) counts.remove("reason");
          addCounts(lines, start + "reason," + key + ",", counts, false);
        }
        addCounts(lines, start + "slots,,", JsonObject.mapFrom(sample.slots()), true);
        addCounts(lines, start + "jobs,,", JsonObject.mapFrom(sample.jobs()), true);
        addCounts(lines, start + "nodes,,", JsonObject.mapFrom(sample.nodes()), true);
        addCounts(lines, start + "gpus,,", JsonObject.mapFrom(sample.gpus()), true);
      }
    }
    return lines;
  }

  private static void addCounts(
      Set<String> lines, String start, JsonObject counts, boolean zerosToo) {
    counts.forEach(
        entry -> {
          if (zerosToo || (Integer) entry.getValue() != 0) {
            lines.add(start + entry.getKey() + "," + entry.getValue());
          }
        });
  }
}
