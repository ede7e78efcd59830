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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.ConfState;
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
    watcher = new ConfWatcher(vertx, "here", directory, supervisor, Duration.ofMillis(20));
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
  void whatIsWrongIsToldToPagesUntilItIsMendedAndNoSecretWithIt() throws Exception {
    BlockingQueue<ConfState> states = new LinkedBlockingQueue<>();
    await(Addresses.CONF_STATE.subscribe(vertx, states::add).ready());
    watcher.start();
    write("b.json", "{\"clusters\":{\"two\":{}}}");
    write("c.json", "{\n \"notify\": hunter2 }");
    write(
        "d.json",
        "{\"notify\":{\"hooks\":{\"h\":{\"url\":\"http://x/hunter2\",\"when\":[{\"event\":\"nodeDown\"}]}}}}");
    ConfState told = next(states, state -> state.problems().size() == 3);
    assertEquals("here", told.node());
    assertEquals(0, told.more());
    assertEquals(
        List.of(
            new ConfState.Problem("b.json", "/clusters/two", "missing: ssh"),
            new ConfState.Problem("c.json", "line 2, column 19", "is no JSON; the log says more"),
            new ConfState.Problem(
                "d.json", "/notify/hooks/h/url", "cannot be used; the log says why")),
        told.problems().stream().sorted(Comparator.comparing(ConfState.Problem::file)).toList());
    // Again and again, for who comes later.
    assertEquals(told, next(states, state -> true));
    for (String file : List.of("b.json", "c.json", "d.json")) {
      Files.delete(conf.resolve(file));
    }
    ConfState over = next(states, state -> state.problems().isEmpty());
    assertEquals(true, over.inForceSinceEpochMillis() > told.inForceSinceEpochMillis());
    assertEquals(null, states.poll(200, TimeUnit.MILLISECONDS));
  }

  @Test
  void ofManyProblemsPagesAreToldTheFirst() throws Exception {
    BlockingQueue<ConfState> states = new LinkedBlockingQueue<>();
    await(Addresses.CONF_STATE.subscribe(vertx, states::add).ready());
    watcher.start();
    write("b.json", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1}");
    ConfState told = next(states, state -> true);
    assertEquals(5, told.problems().size());
    assertEquals(2, told.more());
  }

  private static ConfState next(BlockingQueue<ConfState> states, Predicate<ConfState> wanted)
      throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < until) {
      ConfState state = states.poll(1, TimeUnit.SECONDS);
      if (state != null && wanted.test(state)) {
        return state;
      }
    }
    throw new AssertionError("nothing of that kind was told");
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
