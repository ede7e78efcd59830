package org.qstatmesh.it;

import com.microsoft.playwright.BrowserContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.GridPage;
import org.qstatmesh.it.kit.PageBrowser;

/**
 * A mesh that is killed in the middle of its work keeps what it stored, and the page finds it
 * again.
 */
@Timeout(240)
@ExtendWith(PageBrowser.class)
class KillIT {
  @TempDir private Path directory;

  @Test
  void killedAndStartedAgain(BrowserContext browser) throws Exception {
    try (KillRig rig = new KillRig(directory)) {
      GridPage page = GridPage.open(browser, rig.mesh.page());
      page.awaitStatus(KillRig.CLUSTER, "UP");
      for (int round = 1; round <= 3; round++) {
        rig.killWhileItStores();
        page.awaitAway();
        rig.mesh.start();
        rig.assertNothingLost();
        page.awaitLive();
        page.awaitStatus(KillRig.CLUSTER, "UP");
        page.awaitNumber(KillRig.CLUSTER, "free", 31);
      }
      LogRules.assertNoException(rig.mesh.log());
    }
  }

  /** The last picture is there before the first poll: the probe is away, and the row has it. */
  @Test
  void theLastPictureOutlivesTheMesh() throws Exception {
    try (KillRig rig = new KillRig(directory)) {
      rig.killWhileItStores();
      rig.probe.process().kill();
      rig.mesh.start();
      rig.assertLastPictureIsShown();
    }
  }
}
