package org.qstatmesh.it.power;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One history over many processes, each killed in the middle of a write. */
final class Kills {
  /** Published again after a kill, as a poller does what was not acknowledged. */
  private static final int MINUTES_AGAIN = 100;

  private static final long SEED = 4;
  private static final int MOST_AWAITED = 1_500;

  private final Path data;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = new HashSet<>();
  private long minute;
  private int inChunks;

  /** A history that begins at a minute since the epoch. */
  Kills(Path data, long firstMinute) {
    this.data = data;
    minute = firstMinute;
  }

  /** Writes some, is killed while the writer is in {@code place}, and has lost nothing. */
  void round(String place) throws Exception {
    try (StoreProcess store = StoreProcess.start(data, minute)) {
      store.awaitStored(1 + random.nextInt(MOST_AWAITED));
      store.awaitWriterIn(place);
      acknowledged.addAll(store.kill());
    }
    StoredSamples stored = StoredSamples.in(data);
    assertEquals(List.of(), stored.wrong(acknowledged));
    minute = Math.max(minute, stored.newestMinute() - MINUTES_AGAIN);
    inChunks = stored.inChunks();
  }

  /** Samples that were acknowledged so far, over all rounds. */
  int acknowledged() {
    return acknowledged.size();
  }

  /** Samples that are in chunks now. */
  int inChunks() {
    return inChunks;
  }
}
