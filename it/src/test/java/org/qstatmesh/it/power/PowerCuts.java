package org.qstatmesh.it.power;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One history over many power cuts. */
final class PowerCuts implements AutoCloseable {
  private static final int MINUTES_AGAIN = 100;
  private static final long SEED = 5;
  private static final int LEAST_AWAITED = 512;
  private static final int MOST_AWAITED = 2_500;

  private final LoopDisk disk;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = new HashSet<>();
  private long minute;

  /** A history that begins at a minute since the epoch. */
  PowerCuts(Path directory, long firstMinute) throws Exception {
    disk = new LoopDisk(directory);
    minute = firstMinute;
  }

  /** Writes some, the power goes while the writer is in {@code place}, and nothing is lost. */
  void round(String place) throws Exception {
    writeAndCut(place);
    StoredSamples stored = StoredSamples.in(data());
    assertEquals(List.of(), stored.wrong(acknowledged));
    minute = Math.max(minute, stored.newestMinute() - MINUTES_AGAIN);
  }

  /** The same on a disk that says that it has synced and has not: whether that is noticed. */
  boolean lossIsNoticedAfter(String place, String... lying) throws Exception {
    writeAndCut(place, lying);
    try {
      return !StoredSamples.in(data()).wrong(acknowledged).isEmpty();
    } catch (SQLException e) {
      // There is not even a table.
      return true;
    }
  }

  private void writeAndCut(String place, String... before) throws Exception {
    try (StoreProcess store = StoreProcess.start(data(), minute, before)) {
      store.awaitStored(LEAST_AWAITED + random.nextInt(MOST_AWAITED));
      store.awaitWriterIn(place);
      acknowledged.addAll(store.kill());
    }
    disk.cut();
  }

  private Path data() {
    return disk.path().resolve("data");
  }

  int acknowledged() {
    return acknowledged.size();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
