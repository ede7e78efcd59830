package org.qstatmesh.it.power;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of a write and of keeping: whatever was acknowledged is there once,
 * and as it was published.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class StoreKillIT {
  /** Some day of last year. */
  static final long FIRST_MINUTE = 29_000_000;

  private static final List<String> PLACES = List.of("write", "keeping");

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostOrDoubled() throws Exception {
    Kills kills = new Kills(directory.resolve("data"), FIRST_MINUTE);
    for (int round = 0; round < rounds(); round++) {
      kills.round(PLACES.get(round % PLACES.size()));
    }
    assertTrue(kills.inChunks() > 0, "nothing was ever kept in chunks");
    System.out.printf(
        "kill.acknowledged %d samples%nkill.rounds-without-loss %d rounds%n",
        kills.acknowledged(), rounds());
  }

  int rounds() {
    return 20;
  }
}
