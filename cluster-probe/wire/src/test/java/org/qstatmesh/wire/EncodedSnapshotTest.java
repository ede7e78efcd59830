package org.qstatmesh.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot whose records were encoded one by one says what the records say. */
@Timeout(60)
class EncodedSnapshotTest {
  private static final String HOSTILE = "a\u0000b\"\\\n\u001b\u00e4\ud83d\ude00\ud800|,{}";

  /** Long and short records, so that chunks end anywhere within them. */
  private static List<Job> jobs(int count) {
    Random random = new Random(7);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Job.Builder job = Job.builder(i + ".login1", "user" + i % 7, JobState.QUEUED);
      if (random.nextBoolean()) {
        job = job.jobName(HOSTILE.repeat(random.nextInt(40))).slots(i).reason("");
      }
      if (random.nextInt(3) == 0) {
        job = Samples.job().toBuilder().jobId(i + ".x").priority(-5L);
      }
      jobs.add(job.build());
    }
    return jobs;
  }

  private static EncodedSnapshot encoded(List<Job> jobs, List<Node> nodes) {
    return WireCodec.encodeSnapshot(
        Samples.full().withEtag(null),
        EncodedRecords.ofJobs().addAll(jobs),
        EncodedRecords.ofNodes().addAll(nodes),
        null);
  }

  @Test
  void bothFormsAreReadAsTheSameRecords() throws WireException {
    List<Job> jobs = jobs(3_000);
    EncodedSnapshot encoded = encoded(jobs, List.of(Samples.node()));
    byte[] full = WireCodec.reply("1", encoded, 9, false).bytes();
    byte[] brief = WireCodec.reply("1", encoded, 9, true).bytes();
    Snapshot read = snapshot(full);
    assertEquals(snapshot(brief), read);
    // a lone surrogate becomes U+FFFD on its way
    assertEquals(
        jobs.stream().map(job -> WellFormed.text(job.jobName())).toList(),
        read.jobs().stream().map(Job::jobName).toList());
    assertEquals(encoded.etag(), read.etag());
    assertTrue(brief.length < full.length);
    assertTrue(!new String(brief, UTF_8).contains("\"memoryBytes\":null"));
  }

  private static Snapshot snapshot(byte[] frame) throws WireException {
    return ((ProbeReply.OfSnapshot) WireCodec.decodeReply(frame, WireLimits.REPLY)).snapshot();
  }

  @Test
  void streamIsTheBareSnapshot() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WireCodec.encodeSnapshot(Samples.full()).writeTo(out, 210);
    assertEquals(Frames.text("snapshot"), out.toString(UTF_8));
  }

  @Test
  void emptyArraysAreArraysAndFailedOnesAreNull() throws WireException {
    Snapshot read = snapshot(WireCodec.reply("1", encoded(List.of(), List.of()), 0, true).bytes());
    assertEquals(List.of(), read.jobs());
    assertEquals(null, read.queues());
  }

  @Test
  void etagStandsForWhatIsShown() {
    List<Job> jobs = jobs(50);
    String etag = encoded(jobs, List.of()).etag();
    assertEquals(etag, encoded(jobs(50), List.of()).etag());
    List<Job> changed = new ArrayList<>(jobs);
    changed.set(49, jobs.get(49).toBuilder().wallclockTimeSeconds(99L).build());
    assertNotEquals(etag, encoded(changed, List.of()).etag());
    assertNotEquals(etag, encoded(jobs.subList(0, 49), List.of()).etag());
    assertNotEquals(
        etag,
        WireCodec.encodeSnapshot(
                Samples.full().withEtag(null), EncodedRecords.ofJobs().addAll(jobs), null, null)
            .etag());
  }

  @Test
  void nothingIsAddedToAFinishedSnapshot() {
    EncodedRecords<Job> jobs = EncodedRecords.ofJobs();
    WireCodec.encodeSnapshot(Samples.full(), jobs, null, null);
    assertThrows(IllegalStateException.class, () -> jobs.add(Samples.job()));
  }
}
