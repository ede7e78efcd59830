package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.Eventually.eventually;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.store.database.SqliteDatabase;

/** How the stage takes a damaged file; which files are: FileCheckTest. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag(TestDatabase.FILE_ONLY)
class DamagedStoreTest {
  private final Summaries summaries = new Summaries(14, 20, 5);
  private final AtomicReference<StoreState> state = new AtomicReference<>();
  private final AtomicReference<StageDied> died = new AtomicReference<>();
  @TempDir private Path directory;
  private Vertx vertx;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    MeshCodec.install(vertx);
    RunningStore.await(Addresses.STORE_STATE.subscribe(vertx, state::set).ready());
    RunningStore.await(Addresses.STAGE_DIED.subscribe(vertx, died::set).ready());
  }

  @Test
  void aDamagedFileIsPutAsideAndTheStageSaysSoAndWritesAnother() throws Exception {
    Files.write(
        directory.resolve("history.db"),
        "no database\n".repeat(1_000).getBytes(StandardCharsets.UTF_8));

    RunningStore store = RunningStore.in(vertx, directory);

    ClusterSummary summary = summaries.next("hpc1", "a-1", NOON);
    store.store(List.of(summary));
    assertEquals(List.of(summary), List.copyOf(store.latest()));
    eventually("the state is told", () -> state.get() != null);
    assertTrue(state.get().writing());
    assertEquals(1, state.get().alarms().size());
    assertTrue(state.get().alarms().get(0).contains("history.db.damaged-"), state.get()::toString);
    store.stop();
  }

  @Test
  void aFileThatIsFoundDamagedInUseEndsTheStage() throws Exception {
    StoreConfig config = RunningStore.config(directory);
    class Rotten extends SqliteDatabase {
      Rotten() {
        super(config.dataDirectory(), config.databaseFile());
      }

      @Override
      public void checkWhileInUse() throws SQLException {
        throw new SQLException("page 5 is none", "XX001");
      }
    }

    RunningStore store = RunningStore.in(vertx, directory, new Rotten());

    eventually("the stage gives up", () -> died.get() != null);
    assertEquals(new StageDied("store", "page 5 is none"), died.get());
    store.stop();
  }
}
