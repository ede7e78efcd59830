package org.qstatmesh.it.power;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The power goes in the middle of a write and of keeping: whatever was acknowledged is there. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class PowerCutIT {
  /** A disk, or a hypervisor, that answers before it has done anything. */
  private static final String[] LYING = {
    "strace",
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "--seccomp-bpf",
    "-e",
    "trace=fsync,fdatasync",
    "-e",
    "inject=fsync,fdatasync:retval=0"
  };

  private static final List<String> PLACES = List.of("keeping", "write");

  @TempDir private Path directory;

  @BeforeEach
  void onlyWhereDisksCanBeMade() {
    String whyNot = LoopDisk.whyNot(directory.resolve("tried"));
    assumeTrue(whyNot == null, whyNot);
  }

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    try (PowerCuts cuts = new PowerCuts(directory.resolve("disk"), StoreKillIT.FIRST_MINUTE)) {
      for (int round = 0; round < rounds(); round++) {
        cuts.round(PLACES.get(round % PLACES.size()));
      }
      System.out.printf(
          "power-cut.acknowledged %d samples%npower-cut.rounds-without-loss %d rounds%n",
          cuts.acknowledged(), rounds());
    }
  }

  /** What the other test relies on: where nothing is synced, the cut does lose it. */
  @Test
  void aDiskThatLiesIsFoundOut() throws Exception {
    try (PowerCuts cuts = new PowerCuts(directory.resolve("disk"), StoreKillIT.FIRST_MINUTE)) {
      assertTrue(cuts.lossIsNoticedAfter("write", LYING));
    }
  }

  int rounds() {
    return 3;
  }
}
