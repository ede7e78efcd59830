package org.qstatmesh.mesh.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.NodePresent;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.store.keep.Retention;

/** Three nodes on one bus; over several processes it is shown by it/nodes. */
@Timeout(60)
class MeshStagesTest {
  private static final MeshConfig CONFIG =
      new MeshConfig(
          new MeshConfig.Web("127.0.0.1", 0, false, "Clusters", List.of(), List.of()),
          new MeshConfig.Ops("127.0.0.1", 0),
          new MeshConfig.Store("jdbc:sqlite:a.db", Retention.USUAL, null),
          List.of());

  private final List<String> starts = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> broken = Collections.synchronizedSet(new HashSet<>());
  private Vertx vertx;
  private MeshStages front;
  private MeshStages west;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    front = node("front", Stage.BROADCAST, Stage.STORE);
    node("east", Stage.TUNNEL, Stage.POLLER);
    west = node("west", Stage.TUNNEL, Stage.POLLER);
    starts.clear();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private MeshStages node(String name, Stage first, Stage... rest) throws Exception {
    Supervisor supervisor =
        new Supervisor(
            vertx,
            CONFIG,
            EnumSet.of(first, rest),
            (stage, config) -> new Told(name + " " + stage.label()),
            Backoff.USUAL);
    MeshStages stages = new MeshStages(vertx, name, supervisor, true);
    await(stages.serve());
    await(supervisor.start());
    return stages;
  }

  @Test
  void everyNodeSaysWhatItHas() throws Exception {
    assertEquals(
        List.of(
            new NodePresent("east", List.of("tunnel", "poller")),
            new NodePresent("front", List.of("broadcast", "store")),
            new NodePresent("west", List.of("tunnel", "poller"))),
        await(front.nodes()));
  }

  @Test
  void theStageOfAnotherNodeIsStartedAgainAndNoOther() throws Exception {
    assertEquals("poller is up again on east", await(front.restart(Stage.POLLER, "east")));
    assertEquals(List.of("east poller"), starts);
  }

  @Test
  void aNodeThatIsAskedItselfNamesTheOthersThatHaveTheStage() throws Exception {
    assertEquals("store is up again", await(front.restart(Stage.STORE)));
    assertEquals(
        "poller is up again on west; it also runs on east: --node NAME, or --node all",
        await(west.restart(Stage.POLLER)));
    assertEquals(List.of("front store", "west poller"), starts);
  }

  @Test
  void whoDoesNotHaveItNamesWhoDoes() {
    assertRefused(
        404,
        "poller does not run here, on front; it runs on east, west: --node NAME, or --node all",
        front.restart(Stage.POLLER));
    assertRefused(
        404, "notify does not run here, nor on any node that answers", front.restart(Stage.NOTIFY));
    assertRefused(
        404,
        "store does not run on east, which has: tunnel, poller",
        front.restart(Stage.STORE, "east"));
  }

  @Test
  void aNodeThatIsNotThereIsSaidWithThoseThatAre() {
    assertRefused(
        404,
        "no node called south answers; these do: east (tunnel, poller); front (broadcast, store);"
            + " west (tunnel, poller)",
        front.restart(Stage.POLLER, "south"));
    assertEquals(List.of(), starts);
  }

  @Test
  void aStageThatDoesNotStartSaysWhy() {
    broken.add("east poller");
    assertRefused(
        500,
        "poller does not start on east, which goes on trying: the sockets are gone",
        front.restart(Stage.POLLER, "east"));
  }

  private static void assertRefused(int code, String words, Future<String> answer) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> await(answer));
    QueryFailure refused = (QueryFailure) thrown.getCause();
    assertEquals(code + " " + words, refused.code() + " " + refused.getMessage());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private final class Told extends VerticleBase {
    private final String name;

    Told(String name) {
      this.name = name;
    }

    @Override
    public Future<?> start() {
      if (broken.contains(name)) {
        return Future.failedFuture("the sockets are gone");
      }
      starts.add(name);
      return Future.succeededFuture();
    }
  }
}
