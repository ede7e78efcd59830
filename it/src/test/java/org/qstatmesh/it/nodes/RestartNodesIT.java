package org.qstatmesh.it.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.StoredHistory;

/**
 * Three nodes, 60 clusters: each stage is started again, by a command that is given to another
 * node.
 */
@Timeout(900)
class RestartNodesIT {
  private static final int CLUSTERS = 60;
  private static final Duration RIGHT_AGAIN = Duration.ofSeconds(5);

  /**
   * Less than the silence that tells of a poller that died. Probes have a new snapshot each second,
   * and polls, a little less than a second apart, now and then meet one twice: two seconds are
   * usual, and this machine may be busy besides.
   */
  private static final long LONGEST_HOLE_MILLIS = 5_000;

  private record Restart(String stage, String node) {}

  private static final List<Restart> EACH =
      List.of(
          new Restart("poller", "poller-a"),
          new Restart("tunnel", "poller-b"),
          new Restart("poller", "poller-b"),
          new Restart("store", "front"),
          new Restart("broadcast", "front"));

  @TempDir private Path directory;

  /** How often each is started again. */
  int rounds() {
    return 1;
  }

  @Test
  void noSampleIsLostAndTheRowsAreRightAgain() throws Exception {
    try (NodesRig rig = new NodesRig(directory, CLUSTERS)) {
      MeshProcess front = rig.start("front", "store,broadcast");
      MeshProcess first = rig.start("poller-a", "tunnel,poller");
      rig.start("poller-b", "tunnel,poller");
      String[] all = rig.clusters().toArray(String[]::new);
      awaitRows(front, 0, Eventually.PATIENCE, all);
      long begun = System.currentTimeMillis();
      for (int round = 0; round < rounds(); round++) {
        for (Restart one : EACH) {
          long asked = System.currentTimeMillis();
          assertEquals(
              one.stage() + " is up again on " + one.node(), said(first, 0, one), "the words");
          long done = System.currentTimeMillis();
          awaitRows(front, done, RIGHT_AGAIN, all);
          System.out.printf(
              "nodes.%s.%s.restarted %d ms%nnodes.%s.%s.right-again %d ms%n",
              one.node(),
              one.stage(),
              done - asked,
              one.node(),
              one.stage(),
              System.currentTimeMillis() - done);
        }
      }
      assertNoHole(front, begun, System.currentTimeMillis());
    }
  }

  @Test
  void aNodeThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    try (NodesRig rig = new NodesRig(directory, 3)) {
      MeshProcess front = rig.start("front", "store,broadcast");
      rig.start("poller-a", "tunnel,poller");
      MeshProcess gone = rig.start("poller-b", "tunnel,poller");
      assertEquals(
          "poller is up again on poller-a\npoller is up again on poller-b",
          said(front, 0, new Restart("poller", "all")));
      gone.process().kill();
      String words = said(front, 1, new Restart("poller", "poller-b"));
      assertTrue(words.contains("404: no node called poller-b answers; these do: front"), words);
      assertTrue(words.contains("poller-a (tunnel, poller)"), words);
    }
  }

  private static String said(MeshProcess asked, int code, Restart wanted) throws Exception {
    try (RunningProcess command = asked.restart(wanted.stage(), "--node", wanted.node())) {
      assertEquals(code, command.exitCode(Eventually.PATIENCE), command.output());
      return command.output();
    }
  }

  /** Each row is healthy and of after the moment, to somebody who opens the page now. */
  private static void awaitRows(
      MeshProcess front, long afterMillis, Duration deadline, String... all) throws Exception {
    try (GridClient client = GridClient.watching(front.page(), all)) {
      long until = System.nanoTime() + deadline.toNanos();
      for (String id : all) {
        client.awaitRow(
            id,
            "news of after the restart",
            Duration.ofNanos(Math.max(1, until - System.nanoTime())),
            row -> isNews(row, afterMillis));
      }
    }
  }

  private static boolean isNews(JsonNode row, long afterMillis) {
    return GridClient.healthy(row)
        && row.path("receivedAtEpochMillis").asLong() > afterMillis
        && row.path("slots").path("used").asInt() > 0;
  }

  /**
   * Each cluster's samples follow each other as ever: while one poller is away the other polls, and
   * what the store was away for is handed in again.
   */
  private static void assertNoHole(MeshProcess front, long from, long to) throws Exception {
    Eventually.eventually(
        "the last samples are kept",
        () -> newest(StoredHistory.read(front.database())).values().stream().allMatch(t -> t > to));
    Map<String, TreeSet<Long>> times = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (StoredHistory.Sample sample : StoredHistory.read(front.database())) {
      assertTrue(names.add(sample.name()), () -> sample + " is there twice");
      times
          .computeIfAbsent(sample.cluster(), first -> new TreeSet<>())
          .add(sample.observedAtEpochMillis());
    }
    assertEquals(CLUSTERS, times.size());
    long longest = 0;
    for (TreeSet<Long> ofOne : times.values()) {
      Long before = null;
      for (long time : ofOne.subSet(from, to)) {
        longest = Math.max(longest, before == null ? 0 : time - before);
        before = time;
      }
      assertNotEquals(null, before);
    }
    System.out.printf("nodes.longest-hole %d ms%n", longest);
    assertTrue(longest <= LONGEST_HOLE_MILLIS, "a hole of " + longest + " ms");
  }

  private static Map<String, Long> newest(List<StoredHistory.Sample> samples) {
    Map<String, Long> newest = new HashMap<>();
    samples.forEach(
        sample -> newest.merge(sample.cluster(), sample.observedAtEpochMillis(), Math::max));
    return newest;
  }
}
