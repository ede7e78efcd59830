package org.qstatmesh.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of 100,000 jobs fits, and comes through whole. */
@Timeout(120)
class LargeSnapshotTest {
  private static final int JOBS = 100_000;

  private static Snapshot large() {
    List<Job> jobs = new ArrayList<>(JOBS);
    for (int i = 0; i < JOBS; i++) {
      jobs.add(
          Samples.job().toBuilder()
              .jobId(i + ".login1.cluster.example")
              .jobOwner("user" + i % 300)
              .nodeNames(List.of("n" + i % 5_000, "n" + (i + 1) % 5_000))
              .build());
    }
    return Samples.of(jobs);
  }

  @Test
  void asOneFrame() throws WireException {
    byte[] frame = WireCodec.reply("1", WireCodec.encodeSnapshot(large()), 5, false).bytes();
    ProbeReply.OfSnapshot reply =
        (ProbeReply.OfSnapshot) WireCodec.decodeReply(frame, WireLimits.REPLY);
    assertEquals(large().withAgeMillis(5), reply.snapshot());
  }

  @Test
  void asAStream(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("snapshot.json");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      WireCodec.writeSnapshot(large(), out);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      assertEquals(large(), WireCodec.readSnapshot(in, WireLimits.REPLY));
    }
  }
}
