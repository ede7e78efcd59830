package org.qstatmesh.it;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link KillIT} again and again over one history. */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class LongKills {
  @TempDir private Path directory;

  @Test
  void nothingIsEverLost() throws Exception {
    try (KillRig rig = new KillRig(directory)) {
      for (int round = 0; round < LongForm.rounds(); round++) {
        rig.killWhileItStores();
        rig.mesh.start();
        rig.assertNothingLost();
        LogRules.assertNoException(rig.mesh.log());
      }
    }
    LongForm.print("kill-9.rounds-without-loss", LongForm.rounds(), "rounds");
  }
}
