package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.loader.KeyPairResourceLoader;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

@Timeout(120)
class DemoClustersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static DemoClusters demo;

  @BeforeAll
  static void start() throws Exception {
    demo = DemoClusters.start(directory, 42, Clock.systemUTC());
  }

  @AfterAll
  static void stop() throws Exception {
    Map<String, JsonObject> clusters = configured();
    long began = System.nanoTime();
    demo.close();
    assertTrue(System.nanoTime() - began < PATIENCE.toNanos());
    for (JsonObject cluster : clusters.values()) {
      assertTrue(Ask.refuses(probeOf(cluster)));
    }
  }

  private static Map<String, JsonObject> configured() {
    JsonObject clusters = new JsonObject(demo.clustersJson()).getJsonObject("clusters");
    Map<String, JsonObject> byId = new TreeMap<>();
    clusters.fieldNames().forEach(id -> byId.put(id, clusters.getJsonObject(id)));
    return byId;
  }

  private static ProbeAddress probeOf(JsonObject cluster) {
    return ProbeAddress.parse(cluster.getString("probe"));
  }

  @Test
  void configurationIsWhatTheSchemaAllows() {
    Map<String, JsonObject> clusters = configured();
    assertTrue(clusters.size() >= 6);
    Set<Object> direct = new HashSet<>();
    clusters.forEach(
        (id, cluster) -> {
          assertTrue(id.matches("[a-z0-9][a-z0-9-]{0,39}"));
          assertEquals(Set.of("title", "probe", "poll", "ssh"), cluster.fieldNames());
          int interval = cluster.getJsonObject("poll").getInteger("intervalSeconds");
          assertTrue(interval >= 2 && interval <= 5);
          JsonObject ssh = cluster.getJsonObject("ssh");
          if (ssh == null) {
            direct.add(id);
          } else {
            assertTrue(Files.exists(Path.of(ssh.getString("identityFile"))));
            assertTrue(Files.exists(Path.of(ssh.getString("knownHostsFile"))));
          }
        });
    assertEquals(Set.of("birch"), direct);
  }

  @Test
  void everybodyIsNamedAndTheirLabsAreInTheHistory() {
    JsonObject conf = new JsonObject(demo.peopleJson());
    Map<String, String> labs = new TreeMap<>();
    JsonObject people = conf.getJsonObject("people");
    people.forEach(
        person ->
            labs.put(
                person.getKey(),
                Objects.requireNonNullElse(((JsonObject) person.getValue()).getString("lab"), "")));
    assertTrue(labs.containsValue(""), "somebody has no lab");
    for (ClusterSummary summary : demo.history(Duration.ofHours(1), Duration.ofMinutes(30))) {
      Map<String, Integer> slots = new TreeMap<>();
      summary
          .usage()
          .user()
          .forEach(use -> slots.merge(labs.get(use.key()), use.runningSlots(), Integer::sum));
      Map<String, Integer> told =
          summary.usage().lab().stream()
              .collect(Collectors.toMap(use -> use.key(), use -> use.runningSlots()));
      assertEquals(slots, new TreeMap<>(told));
      told.keySet().stream()
          .filter(lab -> !lab.isEmpty())
          .forEach(lab -> assertTrue(conf.getJsonObject("labs").containsKey(lab), lab));
    }
  }

  @Test
  void everyProbeTellsItsCluster() throws Exception {
    for (Map.Entry<String, JsonObject> cluster : configured().entrySet()) {
      Snapshot snapshot = snapshot(probeOf(cluster.getValue()));
      DemoPlan plan = Played.plan(cluster.getKey());
      assertEquals(plan.cluster().scheduler().drms(), snapshot.drms());
      assertEquals(plan.cluster().serverName(), snapshot.serverName());
      assertEquals(
          plan.cluster().cores(), snapshot.nodes().stream().mapToInt(n -> n.slots()).sum());
      assertTrue(snapshot.collectors().stream().allMatch(c -> c.success() && c.problems() == 0));
      boolean own = plan.cluster().visibleOwner() != null;
      assertEquals(own ? Visibility.OWN : Visibility.ALL, snapshot.visibility());
    }
  }

  @Test
  void aProbeAnswersThroughTheLoginServer() throws Exception {
    JsonObject granite = configured().get("granite");
    JsonObject ssh = granite.getJsonObject("ssh");
    KeyPairResourceLoader keys = SecurityUtils.getKeyPairResourceParser();
    try (SshClient client = SshClient.setUpDefaultClient()) {
      client.setServerKeyVerifier(
          new KnownHostsServerKeyVerifier(
              RejectAllServerKeyVerifier.INSTANCE, Path.of(ssh.getString("knownHostsFile"))));
      client.start();
      try (ClientSession session =
          client
              .connect(ssh.getString("user"), ssh.getString("host"), ssh.getInteger("port"))
              .verify(PATIENCE)
              .getSession()) {
        Path identity = Path.of(ssh.getString("identityFile"));
        keys.loadKeyPairs(session, identity, null).forEach(session::addPublicKeyIdentity);
        session.auth().verify(PATIENCE);
        SshdSocketAddress local =
            session.startLocalPortForwarding(
                new SshdSocketAddress("127.0.0.1", 0),
                new SshdSocketAddress("127.0.0.1", probeOf(granite).port()));
        Snapshot snapshot = snapshot(new ProbeAddress("127.0.0.1", local.getPort()));
        assertEquals("granite-pbs", snapshot.serverName());
        assertEquals(400, snapshot.nodes().size());
      }
    }
  }

  private static Snapshot snapshot(ProbeAddress probe) throws Exception {
    return assertInstanceOf(ProbeReply.OfSnapshot.class, Ask.snapshot(probe)).snapshot();
  }

  @Test
  void aWeekOfPastLeadsUpToThePresent() {
    List<ClusterSummary> week = demo.history(Duration.ofDays(7), Duration.ofHours(1));
    assertEquals(configured().size() * 7 * 24, week.size());
    assertEquals(
        week.size(), week.stream().map(s -> s.cluster() + s.snapshotId()).distinct().count());
    Map<String, List<ClusterSummary>> byCluster =
        week.stream().collect(Collectors.groupingBy(ClusterSummary::cluster));
    byCluster.forEach(
        (id, summaries) -> {
          for (int i = 1; i < summaries.size(); i++) {
            assertEquals(
                Duration.ofHours(1).toMillis(),
                summaries.get(i).observedAtEpochMillis()
                    - summaries.get(i - 1).observedAtEpochMillis());
          }
          assertEquals(Played.plan(id).cluster().cores(), summaries.get(0).slots().total());
          assertTrue(
              summaries.stream().map(s -> s.slots().used()).distinct().count() > 5,
              id + " never changes");
        });
  }

  @Test
  void everyStepThatThePageDrawsHasItsSummary() {
    Map<String, List<ClusterSummary>> byCluster =
        demo.history().stream().collect(Collectors.groupingBy(ClusterSummary::cluster));
    assertEquals(configured().keySet(), byCluster.keySet());
    byCluster.forEach(
        (id, summaries) -> {
          long end = summaries.get(summaries.size() - 1).observedAtEpochMillis() + 60_000;
          assertNoGap(summaries, end - Duration.ofHours(1).toMillis(), Duration.ofMinutes(1));
          assertNoGap(summaries, end - Duration.ofDays(1).toMillis(), Duration.ofMinutes(5));
          assertNoGap(summaries, end - Duration.ofDays(7).toMillis(), Duration.ofMinutes(20));
          assertEquals(
              summaries.size(), summaries.stream().map(s -> s.snapshotId()).distinct().count());
        });
  }

  private static void assertNoGap(List<ClusterSummary> summaries, long from, Duration longest) {
    long last = from;
    for (ClusterSummary summary : summaries) {
      if (summary.observedAtEpochMillis() >= from) {
        assertTrue(summary.observedAtEpochMillis() - last <= longest.toMillis());
        last = summary.observedAtEpochMillis();
      }
    }
  }

  @Test
  void theEndOfThePastIsTheBeginningOfThePresent() {
    DemoPast past = new DemoPast(9, Instant.ofEpochSecond(Played.NOW));
    Map<String, ClusterSummary> last =
        past.history(Duration.ofSeconds(1), Duration.ofSeconds(1)).stream()
            .collect(Collectors.toMap(ClusterSummary::cluster, s -> s));
    past.playedUpToNow()
        .forEach(
            batch -> {
              ClusterSummary before = last.get(batch.plan().id());
              int used = batch.nodes().stream().mapToInt(n -> n.usedCores()).sum();
              // within the one second between them a job or two may have come or gone
              assertTrue(Math.abs(used - before.slots().used()) <= batch.plan().cores() / 10);
              assertEquals(Played.NOW, batch.now());
            });
  }

  @Test
  void morePastThanThereIsIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> demo.history(Duration.ofDays(8), Duration.ofHours(1)));
    assertThrows(
        IllegalArgumentException.class, () -> demo.history(Duration.ofDays(1), Duration.ZERO));
    assertFalse(demo.history(Duration.ofHours(1), Duration.ofMinutes(30)).isEmpty());
  }
}
