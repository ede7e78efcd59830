package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.export.ExportRequest;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;

/** Tables of what was put together, and of what is left of persons there. */
@Timeout(60)
class ExportStepsTest extends ExportedHistory {
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
  void aChunkThatIsDamagedIsNamed() throws Exception {
    store(List.of(new Summaries(1, 1, 1).next("hpc1", "s", RunningStore.NOON)));
    insert(Part.JOBS, 3_600, 0, new byte[] {1, 2, 3});
    IOException damaged =
        assertThrows(IOException.class, () -> csv(request(Instant.EPOCH, NOON, null, 3_600)));
    assertTrue(
        damaged.getMessage().startsWith("cluster hpc1, 1970-01-01T00:00:00Z: "),
        damaged.getMessage());
  }
}
