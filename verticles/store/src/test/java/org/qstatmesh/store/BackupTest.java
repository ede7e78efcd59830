package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.store.export.Backup;

@Timeout(60)
@Tag(TestDatabase.FILE_ONLY)
class BackupTest {
  private static final HistoryQuery EVERYTHING =
      new HistoryQuery(
          "hpc1",
          Dimension.USER,
          Measure.RUNNING_SLOTS,
          RunningStore.NOON - 3_600_000,
          RunningStore.NOON + 3_600_000,
          2_000,
          50);

  @TempDir Path data;
  @TempDir Path elsewhere;
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    RunningStore.await(vertx.close());
  }

  @Test
  void holdsAllThatWasAcknowledgedBeforeIt() throws Exception {
    RunningStore store = RunningStore.in(vertx, data);
    store.store(samples(0, 200));
    HistoryAnswer before = store.history(EVERYTHING);
    Path copy = elsewhere.resolve("history.db");
    assertEquals(StoreTool.backup(RunningStore.config(data), copy), Files.size(copy));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
    store.store(samples(200, 10));
    store.stop();
    assertEquals(before, restored(elsewhere));
  }

  @Test
  void isWholeThoughTheStageWritesMeanwhile() throws Exception {
    RunningStore store = RunningStore.in(vertx, data);
    store.store(samples(0, 500));
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 500; !enough.get() && i < 50_000; i++) {
                samples(i, 1).forEach(store::publish);
              }
            });
    writer.start();
    for (int i = 0; i < 5; i++) {
      Path copies = Files.createDirectory(elsewhere.resolve("copy" + i));
      StoreTool.backup(RunningStore.config(data), copies.resolve("history.db"));
    }
    enough.set(true);
    writer.join();
    store.stop();
    for (int i = 0; i < 5; i++) {
      assertFalse(restored(elsewhere.resolve("copy" + i)).times().isEmpty());
    }
  }

  @Test
  void needsNoStage() throws Exception {
    RunningStore store = RunningStore.in(vertx, data);
    store.store(samples(0, 5));
    HistoryAnswer before = store.history(EVERYTHING);
    store.stop();
    StoreTool.backup(RunningStore.config(data), elsewhere.resolve("history.db"));
    assertEquals(before, restored(elsewhere));
  }

  @Test
  void overwritesNothing() throws Exception {
    RunningStore.in(vertx, data).stop();
    Path precious = Files.writeString(elsewhere.resolve("precious"), "precious");
    refused("there already", precious);
    assertEquals("precious", Files.readString(precious));
    Path nowhere = Files.createSymbolicLink(elsewhere.resolve("link"), elsewhere.resolve("no"));
    refused("there already", nowhere);
    refused("there already", RunningStore.config(data).databaseFile());
  }

  @Test
  void saysWhatIsMissingAndLeavesNothingBehind() throws Exception {
    refused("there is no history yet", elsewhere.resolve("copy"));
    assertFalse(Files.exists(RunningStore.config(data).databaseFile()));
    Files.writeString(RunningStore.config(data).databaseFile(), "no database, whoever says so");
    refused("the database file is damaged", elsewhere.resolve("copy"));
    refused("is not there", elsewhere.resolve("no/copy"));
    try (Stream<Path> left = Files.list(elsewhere)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "jdbc:postgresql://db.example:5433/mesh,mesh,"
            + "pg_dump --format=custom --file=copy --username=mesh"
            + " --dbname=postgresql://db.example:5433/mesh",
        "jdbc:postgresql://db.example/mesh?sslmode=verify-full&currentSchema=lab&ssl=true,,"
            + "pg_dump --format=custom --file=copy --schema=lab"
            + " --dbname='postgresql://db.example/mesh?sslmode=verify-full'",
        "jdbc:postgresql://[::1]/mesh,it's,"
            + "pg_dump --format=custom --file=copy --username='it'\\''s'"
            + " --dbname='postgresql://[::1]/mesh'",
        "jdbc:sqlite:history.db,,"
      })
  void namesTheCommandOfADatabaseServer(String url, String user, String command) {
    assertEquals(Optional.ofNullable(command), Backup.serversCommand(url, user, Path.of("copy")));
  }

  private void refused(String words, Path file) {
    IOException refused =
        assertThrows(IOException.class, () -> StoreTool.backup(RunningStore.config(data), file));
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  private HistoryAnswer restored(Path directory) throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    HistoryAnswer answer = store.history(EVERYTHING);
    store.stop();
    return answer;
  }

  private static List<ClusterSummary> samples(int from, int count) {
    Summaries summaries = new Summaries(from, 20, 4);
    List<ClusterSummary> samples = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      samples.add(summaries.next("hpc1", "s" + i, RunningStore.NOON - 60_000 + i * 100L));
    }
    return samples;
  }
}
