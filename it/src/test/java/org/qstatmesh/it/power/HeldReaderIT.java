package org.qstatmesh.it.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.StoredHistory;

/** Another program reads the file in a transaction that does not end, while much is written. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class HeldReaderIT {
  private static final long LARGEST_LOG_BYTES = 256L * 1_024 * 1_024;
  private static final int SAMPLES = 1_000;

  /** The store says how it stands every five seconds. */
  private static final Duration SAID = Duration.ofSeconds(15);

  @TempDir private Path directory;

  private long largestBytes;
  private long tooLargeSinceNanos;

  Duration held() {
    return Duration.ofSeconds(10);
  }

  @Test
  void theLogStaysSmallOrIsSaid() throws Exception {
    Path data = directory.resolve("data");
    Path log = data.resolve("history.db-wal");
    try (StoreProcess store = StoreProcess.start(data, StoreKillIT.FIRST_MINUTE)) {
      store.awaitStored(SAMPLES);
      try (Connection reader = StoredHistory.open(data.resolve("history.db"));
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        statement.executeQuery("SELECT count(*) FROM live").close();
        long until = System.nanoTime() + held().toNanos();
        Eventually.eventually(
            "the reader's end",
            held().plus(Eventually.PATIENCE),
            () -> {
              look(Files.size(log), store);
              return System.nanoTime() > until;
            },
            () -> "");
        statement.execute("ROLLBACK");
      }
      store.awaitStored(SAMPLES + store.stored());
      Set<String> acknowledged = store.kill();
      assertEquals(List.of(), StoredSamples.in(data).wrong(acknowledged));
    }
    System.out.printf(
        "held-reader.log %.1f MB%nheld-reader.held %d s%n", largestBytes / 1e6, held().toSeconds());
  }

  private void look(long bytes, StoreProcess store) {
    largestBytes = Math.max(largestBytes, bytes);
    if (bytes <= LARGEST_LOG_BYTES) {
      return;
    }
    long now = System.nanoTime();
    tooLargeSinceNanos = tooLargeSinceNanos == 0 ? now : tooLargeSinceNanos;
    assertTrue(
        store.saysAlarm() || now - tooLargeSinceNanos < SAID.toNanos(),
        "no alarm of a log of " + bytes + " bytes");
  }
}
