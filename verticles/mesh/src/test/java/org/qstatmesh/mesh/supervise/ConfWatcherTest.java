package org.qstatmesh.mesh.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.mesh.config.ConfDirectory;

@Timeout(30)
class ConfWatcherTest {
  @TempDir Path conf;
  private final BlockingQueue<ClustersConfigured> told = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Supervisor supervisor;
  private ConfWatcher watcher;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    write("a.json", "{\"clusters\":{\"one\":{\"ssh\":null}}}");
    ConfDirectory directory = new ConfDirectory(vertx, conf);
    supervisor =
        new Supervisor(
            vertx,
            await(directory.load()),
            EnumSet.of(Stage.POLLER),
            (stage, config) -> new Empty(),
            Backoff.USUAL);
    watcher = new ConfWatcher(vertx, directory, supervisor, Duration.ofMillis(20));
    await(Addresses.CLUSTERS_CONFIGURED.subscribe(vertx, told::add).ready());
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aFileThatIsDroppedInAddsItsCluster() throws Exception {
    watcher.start();
    write("b.json", "{\"clusters\":{\"two\":{\"ssh\":null}}}");
    assertEquals(List.of("one", "two"), next());
  }

  @Test
  void aFileThatGoesTakesItsClusterAway() throws Exception {
    watcher.start();
    Files.delete(conf.resolve("a.json"));
    assertEquals(List.of(), next());
  }

  @Test
  void peopleMayChangeWhileTheMeshRuns() throws Exception {
    BlockingQueue<PeopleConfigured> people = new LinkedBlockingQueue<>();
    await(Addresses.PEOPLE_CONFIGURED.subscribe(vertx, people::add).ready());
    watcher.start();
    write("people.json", "{\"people\":{\"alice\":{\"lab\":\"chem\"}}}");
    People told = people.poll(10, TimeUnit.SECONDS).people();
    assertEquals("chem", told.persons().get(0).lab());
    Files.delete(conf.resolve("people.json"));
    assertEquals(People.NONE, people.poll(10, TimeUnit.SECONDS).people());
  }

  @Test
  void aBrokenChangeLeavesWhatWasInForceUntilItIsMended() throws Exception {
    watcher.start();
    write("b.json", "{\"clusters\":{\"two\":{}}}");
    write("c.json", "{\"clusters\":{\"three\":{\"ssh\":null}}}");
    assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
    assertEquals(1, supervisor.config().clusters().size());
    write("b.json", "{\"clusters\":{\"two\":{\"ssh\":null}}}");
    assertEquals(List.of("one", "two", "three"), next());
  }

  @Test
  void aChangeBeforeTheFirstLookIsFound() throws Exception {
    write("b.json", "{\"clusters\":{\"two\":{\"ssh\":null}}}");
    watcher.start();
    assertEquals(List.of("one", "two"), next());
  }

  @Test
  void aKeyThatComesAfterTheFileThatNamesItIsEnough() throws Exception {
    watcher.start();
    write("b.json", "{\"clusters\":{\"two\":{\"ssh\":{\"host\":\"login\",\"user\":\"me\"}}}}");
    assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
    Files.createDirectory(conf.resolve("keys"));
    write("keys/two", "the key");
    assertEquals(List.of("one", "two"), next());
  }

  private List<String> next() throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS).clusters().stream().map(ClusterConfig::cluster).toList();
  }

  /** In one step, as editors do. */
  private void write(String name, String content) throws IOException {
    Path draft = Files.writeString(conf.resolve(name + ".draft"), content);
    Files.move(draft, conf.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static final class Empty extends VerticleBase {}
}
