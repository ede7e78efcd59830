package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.StoredHistory;

/**
 * What befalls the history's file while the mesh runs: live rows go on, the overview says that the
 * history is paused and why, and afterwards nothing is missing.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HistoryFaultsIT {
  private static final int DISK_MEGABYTES = 24;

  @TempDir private Path directory;

  /** How many seconds, and so rows of each cluster, a fault lasts once it is noticed. */
  int rows() {
    return 5;
  }

  @Test
  void aFullDiskPausesTheHistoryOnly() throws Exception {
    String whyNot = SmallDisk.whyNot(directory.resolve("tried"));
    assumeTrue(whyNot == null, whyNot);
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
        HistoryRig rig = new HistoryRig(directory, disk.path().resolve("data"))) {
      rig.awaitWriting();
      disk.fill();
      assertEquals("the disk is full", rig.awaitPaused());
      rig.awaitRows(rows());
      disk.free();
      rig.awaitResumed();
      rig.assertNothingIsMissing();
    }
  }

  @Test
  void aFileThatAnotherProcessHoldsIsWaitedFor() throws Exception {
    try (HistoryRig rig = new HistoryRig(directory, directory.resolve("data"))) {
      rig.awaitWriting();
      try (Connection other = StoredHistory.open(rig.mesh.database());
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertEquals("another process holds the database", rig.awaitPaused());
        rig.awaitRows(rows());
        statement.execute("ROLLBACK");
      }
      rig.awaitResumed();
      rig.assertNothingIsMissing();
    }
  }

  /** After a failed fsync nobody knows what is on disk: the batch is written again, elsewhere. */
  @Test
  void aFailedSyncCostsOneBatchAtMost() throws Exception {
    try (HistoryRig rig = new HistoryRig(directory, directory.resolve("data"))) {
      rig.awaitWriting();
      Path said = directory.resolve("strace.out");
      try (RunningProcess strace = failNextSync(rig, said)) {
        Eventually.eventually(
            "a sync failed",
            Eventually.PATIENCE,
            () -> Files.exists(said) && injected(said) > 0,
            strace::output);
        strace.terminate();
        strace.exitCode(Eventually.PATIENCE);
      }
      rig.awaitRows(rows());
      rig.awaitResumed();
      rig.assertNothingIsMissing();
      assertEquals(1, injected(said));
      assertEquals(1, rig.lines("history is paused, the disk fails"), rig.mesh::log);
    }
  }

  private static RunningProcess failNextSync(HistoryRig rig, Path said) throws Exception {
    return RunningProcess.start(
        "strace",
        List.of(
            "strace",
            "-f",
            "-o",
            said.toString(),
            "-p",
            Long.toString(rig.mesh.process().pid()),
            "-P",
            rig.mesh.database() + "-wal",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=1"));
  }

  private static long injected(Path said) throws Exception {
    return Files.readAllLines(said).stream().filter(line -> line.contains("INJECTED")).count();
  }

  /** A reader keeps the log from being emptied, and nothing else. */
  @Test
  void aReaderThatStaysKeepsNobodyFromWriting() throws Exception {
    try (HistoryRig rig = new HistoryRig(directory, directory.resolve("data"))) {
      rig.awaitWriting();
      try (Connection reader = StoredHistory.open(rig.mesh.database());
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        statement.executeQuery("SELECT count(*) FROM live").close();
        rig.awaitRows(rows());
        rig.assertNothingIsMissing();
        statement.execute("ROLLBACK");
      }
      assertTrue(rig.mesh.terminate() == 143, rig.mesh::log);
    }
  }
}
