package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.StoredHistory;

/** What a mesh does that finds a history's file that it cannot use. */
@Timeout(240)
class HistoryStartIT {
  private static final String NAME = "qstat-mesh.db";
  private static final int CONFIGURATION = 78;
  private static final int SAMPLES = 400;

  @TempDir private static Path shared;
  @TempDir private Path directory;

  private static ProbeProcess probe;

  /** What happened to the file. */
  enum Damage {
    TWO_RANDOM_PAGES {
      @Override
      void befall(Path file) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          Random random = new Random(6);
          int pages = (int) (bytes.length() / PAGE_BYTES);
          byte[] noise = new byte[PAGE_BYTES];
          for (int i = 0; i < 2; i++) {
            random.nextBytes(noise);
            // Not the first one, which makes it no database at all.
            bytes.seek((1L + random.nextInt(pages - 1)) * PAGE_BYTES);
            bytes.write(noise);
          }
        }
      }
    },
    TRUNCATED {
      @Override
      void befall(Path file) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.setLength(bytes.length() / 2 + PAGE_BYTES / 3);
        }
      }
    },
    ZERO_LENGTH {
      @Override
      void befall(Path file) throws Exception {
        Files.write(file, new byte[0]);
      }
    },
    NOT_A_DATABASE {
      @Override
      void befall(Path file) throws Exception {
        Files.writeString(file, "Dear diary,\n".repeat(1_000), StandardCharsets.UTF_8);
      }
    };

    private static final int PAGE_BYTES = 4_096;

    abstract void befall(Path file) throws Exception;
  }

  /** A healthy file of an earlier mesh. */
  @BeforeAll
  static void aHistory() throws Exception {
    probe = ProbeProcess.serving(FakeScheduler.torque(shared.resolve("torque")));
    MeshConf conf = MeshConf.in(shared.resolve("conf"), 10).direct("one", probe.endpoint());
    try (MeshProcess mesh = MeshProcess.start(conf, shared.resolve("data"))) {
      mesh.terminate();
    }
    // A mesh of some seconds has a page or two of samples: these are more of the same.
    try (Connection connection = StoredHistory.open(healthy());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO cluster (cluster) VALUES ('old')");
      statement.executeUpdate(
          "INSERT INTO about (about_number, cluster_number, about)"
              + " SELECT 1000, cluster_number, '{}' FROM cluster WHERE cluster = 'old'");
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + SAMPLES
              + ") INSERT INTO live (live_number, cluster_number, observed_at_epoch_millis, snapshot_id,"
              + " body) SELECT 1000000 + i, cluster_number, 60000 * i, i, randomblob(400)"
              + " FROM n, cluster WHERE cluster = 'old'");
    }
    try (Connection connection = StoredHistory.open(healthy());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("VACUUM");
    }
  }

  @AfterAll
  static void stop() {
    if (probe != null) {
      probe.close();
    }
  }

  private static Path healthy() {
    return shared.resolve("data").resolve(NAME);
  }

  private Path given() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    return Files.copy(healthy(), data.resolve(NAME));
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsMovedAsideAndSaid(Damage damage) throws Exception {
    Path file = given();
    damage.befall(file);
    byte[] damaged = Files.readAllBytes(file);
    try (HistoryRig rig = new HistoryRig(directory, file.getParent())) {
      rig.awaitWriting();
      JsonNode state =
          rig.client.awaitHistoryState(
              "an alarm", HistoryRig.NOTICED, any -> !any.path("alarms").isEmpty());
      Path aside = aside(file);
      assertTrue(
          state.path("alarms").toString().contains(aside.getFileName().toString()),
          state::toString);
      assertArrayEquals(damaged, Files.readAllBytes(aside), "as it was found");
      assertEquals(1, rig.lines("ERROR.*" + aside.getFileName()), rig.mesh::log);
    }
  }

  private static Path aside(Path file) throws Exception {
    try (Stream<Path> files = Files.list(file.getParent())) {
      List<Path> all =
          files
              .filter(
                  other ->
                      other
                          .getFileName()
                          .toString()
                          .matches(NAME + "\\.damaged-[0-9TZ:.+-]*\\d[0-9TZ:.+-]*"))
              .toList();
      assertEquals(1, all.size(), all::toString);
      return all.get(0);
    }
  }

  @Test
  void aFileOfANewerReleaseIsRefusedByName() throws Exception {
    Path file = given();
    int known;
    try (Connection connection = StoredHistory.open(file);
        Statement statement = connection.createStatement()) {
      try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
        known = version.getInt(1);
      }
      statement.execute("PRAGMA user_version = 9999");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    byte[] before = Files.readAllBytes(file);
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10).direct("one", probe.endpoint());
    try (RunningProcess mesh =
        RunningProcess.start(
            "mesh",
            Checkout.mesh(
                List.of(
                    "run",
                    "--conf",
                    conf.directory().toString(),
                    "--data",
                    file.getParent().toString())))) {
      assertEquals(CONFIGURATION, mesh.exitCode(Duration.ofSeconds(60)), mesh::output);
      assertTrue(mesh.output().contains("9999"), mesh::output);
      assertTrue(mesh.output().matches("(?s).*\\b" + known + "\\b.*"), mesh::output);
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }
}
