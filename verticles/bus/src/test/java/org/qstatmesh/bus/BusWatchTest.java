package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BusWatchTest {
  private final Map<String, Long> nanosOf = new ConcurrentHashMap<>();
  private final BlockingQueue<BusWatch.Seen> seen = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private BusWatch watch;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    watch = BusWatch.install(vertx, nanosOf::put);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aPublishedMessageIsSeenOnceWhateverTheHandlers() throws Exception {
    BlockingQueue<SnapshotStored> arrived = new LinkedBlockingQueue<>();
    await(Addresses.SNAPSHOT_STORED.subscribe(vertx, arrived::add).ready());
    await(Addresses.SNAPSHOT_STORED.subscribe(vertx, arrived::add).ready());
    watch.listen(seen::add);
    SnapshotStored message = new SnapshotStored("hpc1", "s");
    Addresses.SNAPSHOT_STORED.publish(vertx, message);
    assertEquals(message, arrived.poll(10, TimeUnit.SECONDS));
    assertEquals(message, arrived.poll(10, TimeUnit.SECONDS));
    assertEquals(
        List.of(new BusWatch.Seen(BusWatch.Kind.PUBLISHED, "mesh.snapshot.stored", message)),
        List.copyOf(seen));
    assertTrue(nanosOf.get("mesh.snapshot.stored") > 0, nanosOf::toString);
  }

  @Test
  void anAnswerStandsUnderItsQuestion() throws Exception {
    JobsQuery question = new JobsQuery(null, null, 0, 10);
    JobsAnswer answer = new JobsAnswer(1, 0, List.of());
    await(Addresses.jobs("hpc1").serve(vertx, any -> Future.succeededFuture(answer)).ready());
    watch.listen(seen::add);
    await(Addresses.jobs("hpc1").ask(vertx, question, Duration.ofSeconds(5)));
    String address = "mesh.jobs.query.hpc1";
    assertEquals(
        List.of(
            new BusWatch.Seen(BusWatch.Kind.SENT, address, question),
            new BusWatch.Seen(BusWatch.Kind.REPLIED, address, answer)),
        List.copyOf(seen));
  }

  @Test
  void whoHasEnoughSeesNoMore() {
    BusWatch.Listener listener = seen::add;
    watch.listen(listener);
    watch.forget(listener);
    Addresses.SNAPSHOT_STORED.publish(vertx, new SnapshotStored("hpc1", "s"));
    assertTrue(seen.isEmpty(), seen::toString);
  }

  @Test
  void addressesOfClustersAndAnswersAreFewNames() {
    assertEquals("mesh.fit.query", Addresses.family("mesh.fit.query.hpc1"));
    assertEquals("mesh.jobs.query", Addresses.family("mesh.jobs.query.a"));
    assertEquals("mesh.stage.restart", Addresses.family("mesh.stage.restart.front"));
    assertEquals("mesh.poll.failed", Addresses.family("mesh.poll.failed"));
    assertEquals(Addresses.REPLY, Addresses.family("__vertx.reply.17"));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
