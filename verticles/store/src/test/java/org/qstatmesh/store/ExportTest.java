package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.export.ExportRequest.Format;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;

@Timeout(60)
class ExportTest {
  private static final Instant NOON = Instant.ofEpochMilli(RunningStore.NOON);
  private static final String HEADER = "time,cluster,dimension,key,measure,value";

  @TempDir Path data;

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
  void hoursThatWerePutTogetherGiveTheSameLines() throws Exception {
    Summaries summaries = new Summaries(3, 12, 3);
    List<ClusterSummary> samples = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      long at = RunningStore.NOON - 2 * 3_600_000 + i * 60_000L;
      samples.add(
          i % 9 == 0 ? Summaries.empty("hpc1", "s" + i, at) : summaries.next("hpc1", "s" + i, at));
    }
    store(samples);
    Instant from = NOON.minusSeconds(5_000);
    Instant to = NOON.plusSeconds(5_000);
    List<String> rows = csv(request(from, to, null, 0));
    putTogether();
    List<String> chunks = csv(request(from, to, null, 0));
    assertEquals(new TreeSet<>(rows), new TreeSet<>(chunks));
    assertEquals(rows.size(), chunks.size());
    assertTrue(csv(request(from, to, null, 300)).size() > 100, "steps");
  }

  @Test
  void whoIsForgottenHasNoLineAndSumsStay() throws Exception {
    Summaries summaries = new Summaries(3, 12, 3);
    List<ClusterSummary> samples = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      samples.add(summaries.next("hpc1", "s" + i, RunningStore.NOON + i * 60_000L));
    }
    store(samples);
    ExportRequest raw = request(NOON, NOON.plusSeconds(86_400), null, 0);
    long before = runningSlots(csv(raw));
    assertEquals(new ForgetAnswer(0, 0, 0), StoreTool.forget(config(), "nobody"));
    assertEquals(1, StoreTool.forget(config(), "user3").clusters());
    assertForgotten(raw, before);
    putTogether();
    assertTrue(StoreTool.forget(config(), "user5").chunks() > 0);
    assertForgotten(raw, before);
    assertForgotten(request(NOON, NOON.plusSeconds(86_400), null, 300), -1);
  }

  @Test
  void aStepThatIsKeptNoLongerHoldsNoPersonForLonger() throws Exception {
    Summaries summaries = new Summaries(3, 12, 3);
    List<ClusterSummary> samples = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      samples.add(summaries.next("hpc1", "s" + i, RunningStore.NOON + i * 60_000L));
    }
    store(samples);
    putTogether();
    Retention noSteps = new Retention(30, List.of(), 20, 10);
    StoreConfig later = new StoreConfig("here", config().url(), data, noSteps, config().login());
    // Somebody has to be nobody already, for a second nobody to be seen.
    StoreTool.forget(config(), "user3");
    StoreTool.forget(later, "user5");
    ExportRequest steps = request(NOON, NOON.plusSeconds(86_400), null, 300);
    List<String> nobodys =
        csv(steps).stream()
            .filter(line -> line.contains(",user,,"))
            .map(line -> line.substring(0, line.indexOf(',', line.indexOf(",user,,") + 7)))
            .toList();
    assertFalse(nobodys.isEmpty());
    assertEquals(nobodys.size(), new TreeSet<>(nobodys).size(), "a user whose name alone is gone");
    keep(noSteps, NOON.plus(Duration.ofDays(29)));
    List<String> left = csv(steps);
    assertTrue(left.stream().noneMatch(line -> line.contains(",user,")), "users");
    assertTrue(left.stream().anyMatch(line -> line.contains(",group,")), "groups");
  }

  private void assertForgotten(ExportRequest request, long sum) throws IOException {
    List<String> lines = csv(request);
    assertTrue(lines.stream().noneMatch(line -> line.contains(",user3,")), "user3");
    assertTrue(lines.stream().anyMatch(line -> line.contains(",user,,")), "nobody's");
    if (sum >= 0) {
      assertEquals(sum, runningSlots(lines));
    }
  }

  private static long runningSlots(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains(",user,") && line.contains(",runningSlots,"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(',') + 1)))
        .sum();
  }

  /** As a stage does in the days after. */
  private void putTogether() throws Exception {
    keep(Retention.USUAL, NOON.plus(Duration.ofDays(2)));
  }

  private void keep(Retention retention, Instant now) throws Exception {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    SampleWriter writer = new SampleWriter(config().database(), retention, clock, new Alarms());
    writer.open();
    assertFalse(writer.keep(Duration.ofSeconds(50)), "not done in time");
    writer.close();
  }

  private StoreConfig config() {
    return RunningStore.config(data);
  }

  @Test
  void stepsHaveMeanLeastAndMost() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    ChunkWriter users = ChunkWriter.steps(Part.USER);
    ChunkWriter gpus = ChunkWriter.steps(Part.GPUS);
    long start = RunningStore.NOON / 1_000 / 72_000 * 72_000;
    for (int i = 0; i < 3; i++) {
      users.point(i * 300_000L, 3);
      gpus.point(i * 300_000L, 3);
    }
    users.put(1, 1, 4, 10, 0, 6);
    gpus.put(0, 0, 8, 24, 8, 8);
    insert(Part.USER, 300, start, users.toBytes());
    insert(Part.GPUS, 300, start, gpus.toBytes());
    String third = Instant.ofEpochSecond(start + 600).toString();
    String second = Instant.ofEpochSecond(start + 300).toString();
    assertEquals(
        List.of(
            HEADER + ",min,max",
            third + ",hpc1,user,user0,runningSlots,3.333333,0,6",
            second + ",hpc1,gpus,,total,0,0,0",
            third + ",hpc1,gpus,,total,8,8,8",
            second + ",hpc1,gpus,,used,0,0,0",
            third + ",hpc1,gpus,,used,0,0,0"),
        csv(request(Instant.ofEpochSecond(start + 300), NOON.plusSeconds(86_400), "hpc1", 300)));
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
  void aChunkThatIsDamagedIsNamed() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    insert(Part.JOBS, 3_600, 0, new byte[] {1, 2, 3});
    IOException damaged =
        assertThrows(IOException.class, () -> csv(request(Instant.EPOCH, NOON, null, 3_600)));
    assertTrue(
        damaged.getMessage().startsWith("cluster hpc1, 1970-01-01T00:00:00Z: "),
        damaged.getMessage());
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
        for (String dimension : List.of("user", "group", "account", "queue")) {
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

  private void store(List<ClusterSummary> samples) throws Exception {
    SampleWriter writer = RunningStore.writer(RunningStore.config(data).database());
    writer.open();
    writer.write(samples.stream().map(SnapshotTaken::new).collect(Collectors.toList()));
    writer.close();
  }

  private void insert(Part part, int stepSeconds, long startSeconds, byte[] body) throws Exception {
    try (Connection connection = RunningStore.config(data).database().openForWriting();
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO chunk VALUES (1, ?, ?, ?, ?)")) {
      statement.execute("DELETE FROM compacted");
      statement.execute("INSERT INTO compacted VALUES (1, 4000000000)");
      insert.setInt(1, part.code());
      insert.setInt(2, stepSeconds);
      insert.setLong(3, startSeconds);
      insert.setBytes(4, body);
      insert.executeUpdate();
    }
  }

  private static ExportRequest request(Instant from, Instant to, String cluster, int step) {
    return new ExportRequest(from, to, cluster, step, Format.CSV);
  }

  private List<String> csv(ExportRequest request) throws IOException {
    String text = text(request);
    assertTrue(text.endsWith("\r\n"), "the last line has its end");
    return List.of(text.split("\r\n"));
  }

  private String text(ExportRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoreTool.export(RunningStore.config(data), request, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
