package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.zeromq.SocketType;

@Timeout(60)
class SnapshotServerTest {
  @TempDir Path folder;
  private FakeCommands commands;
  private ProbeServer server;
  private final List<ProbeClient> clients = new ArrayList<>();

  @BeforeEach
  void makeCluster() {
    commands = new FakeCommands(folder).torque("0");
  }

  @AfterEach
  void stop() {
    clients.forEach(ProbeClient::close);
    server.close();
  }

  @Test
  void answersAPlainReq() throws Exception {
    serve(Duration.ofSeconds(30));
    Snapshot snapshot = snapshot(client(SocketType.REQ).ask(ProbeRequest.snapshot("7", null)));
    assertEquals("torque", snapshot.drms());
    assertEquals("alice", snapshot.jobs().get(0).jobOwner());
    assertTrue(snapshot.ageMillis() >= 0 && snapshot.ageMillis() < 20_000);
  }

  @Test
  void answersADealerWithTwoRequestsInFlight() throws Exception {
    serve(Duration.ofSeconds(30));
    commands.torque("0.3");
    ProbeClient client = client(SocketType.DEALER);
    client.send(ProbeRequest.snapshot("first", null));
    client.send(ProbeRequest.hello("second"));
    client.send(ProbeRequest.snapshot("third", null));
    List<ProbeReply> replies = List.of(client.receive(), client.receive(), client.receive());
    assertEquals(
        Set.of("first", "second", "third"),
        Set.copyOf(replies.stream().map(ProbeReply::id).toList()));
    assertEquals("second", replies.get(0).id()); // waits for no command
  }

  @Test
  void saysWhenNothingIsNew() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    String id = snapshot(client.ask(ProbeRequest.snapshot("1", null))).snapshotId();
    ProbeReply.Unchanged unchanged =
        assertInstanceOf(ProbeReply.Unchanged.class, client.ask(ProbeRequest.snapshot("2", id)));
    assertTrue(unchanged.ageMillis() >= 0);
    assertEquals(id, snapshot(client.ask(ProbeRequest.snapshot("3", "other"))).snapshotId());
    assertEquals(1, commands.calls("pbsnodes"));
  }

  @Test
  void handsInWhatItCounted() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    assertEquals(
        Backfill.NOTHING, backfill(client.ask(ProbeRequest.backfill("1", null, null, 60))));
    Snapshot taken = snapshot(client.ask(ProbeRequest.snapshot("2", null)));
    Backfill page = backfill(client.ask(ProbeRequest.backfill("3", null, null, 60)));
    assertEquals(
        List.of(taken.snapshotId()),
        page.summaries().stream().map(PastSummary::snapshotId).toList());
    assertEquals(taken.nodes().size(), page.summaries().get(0).summary().nodes().total());
    assertEquals(
        Backfill.NOTHING,
        backfill(client.ask(ProbeRequest.backfill("4", taken.snapshotId(), null, 60))));
  }

  private static Backfill backfill(ProbeReply reply) {
    return assertInstanceOf(ProbeReply.OfBackfill.class, reply, reply.toString()).backfill();
  }

  @Test
  void givesThePreviousPictureWhenTheCollectionTakesLong() throws Exception {
    serve(Duration.ZERO);
    ProbeClient client = client(SocketType.DEALER);
    String first = snapshot(client.ask(ProbeRequest.snapshot("1", null))).snapshotId();
    commands.torqueServerPause("30");
    long began = System.nanoTime();
    Snapshot old = snapshot(client.ask(ProbeRequest.snapshot("2", null)));
    double seconds = (System.nanoTime() - began) / 1e9;
    assertEquals(first, old.snapshotId());
    assertTrue(old.ageMillis() >= 4_900, "its age is " + old.ageMillis());
    assertTrue(seconds > 4.9 && seconds < 6, "waited " + seconds + " s");
  }

  @Test
  void saysThatThereIsNoPictureYet() throws Exception {
    serve(Duration.ofSeconds(30));
    commands.torque("30");
    assertFailed("DRMS_TIMEOUT", client(SocketType.REQ).ask(ProbeRequest.snapshot("1", null)));
  }

  @Test
  void reportsWhatFailed() throws Exception {
    serve(Duration.ZERO);
    commands.command("qstat", "echo 'Connection refused' >&2; exit 255");
    ProbeReply reply = client(SocketType.REQ).ask(ProbeRequest.snapshot("1", null));
    assertFailed("DRMS_COMMAND_FAILED", reply);
  }

  @Test
  void saysWhoIsThere() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    ProbeReply.OfHello before =
        assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
    assertEquals(null, before.hello().drms());
    assertEquals(30, before.hello().minimumIntervalSeconds());
    snapshot(client.ask(ProbeRequest.snapshot("2", null)));
    ProbeReply.OfHello after =
        assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("3")));
    assertEquals("torque", after.hello().drms());
    assertEquals("login1", after.hello().serverName());
  }

  @Test
  void showsOneJob() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    assertFailed("DRMS_TIMEOUT", client.ask(ProbeRequest.job("0", "11.login1")));
    snapshot(client.ask(ProbeRequest.snapshot("1", null)));
    ProbeReply.OfJob job =
        assertInstanceOf(ProbeReply.OfJob.class, client.ask(ProbeRequest.job("2", "11.login1")));
    assertEquals("alice", job.detail().job().jobOwner());
    assertFailed("UNKNOWN_JOB", client.ask(ProbeRequest.job("3", "99999.login1")));
  }

  @Test
  void runsNoCommandForWhatIsNoJobId() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    snapshot(client.ask(ProbeRequest.snapshot("1", null)));
    int before = commands.calls().size();
    for (String id : List.of("-Wx", "--help", "1 2", "$(id)", "@server", "a;b", "1\n2")) {
      assertFailed("UNKNOWN_JOB", client.ask(ProbeRequest.job("2", id)));
    }
    assertEquals(before, commands.calls().size());
  }

  @Test
  void limitsSingleJobsForAllTogether() throws Exception {
    serve(Duration.ofSeconds(30));
    List<ProbeClient> askers = List.of(client(SocketType.DEALER), client(SocketType.DEALER));
    snapshot(askers.get(0).ask(ProbeRequest.snapshot("1", null)));
    int refused = 0;
    for (int i = 0; i < 16; i++) {
      ProbeReply reply = askers.get(i % 2).ask(ProbeRequest.job("j" + i, "11.login1"));
      refused +=
          reply instanceof ProbeReply.Failed failed && failed.error().code().equals("RATE_LIMITED")
              ? 1
              : 0;
    }
    assertTrue(refused >= 3 && refused <= 6, refused + " of 16 were refused");
  }

  @Test
  void refusesAnotherMajorProtocolByName() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.REQ);
    client.send("{\"protocol\":\"qstat-mesh/2\",\"id\":\"1\",\"op\":\"snapshot\"}");
    ProbeReply.Failed failed = assertFailed("PROBE_PROTOCOL", client.receive());
    assertTrue(failed.error().message().contains("qstat-mesh/2"), failed.error().message());
  }

  @Test
  void answersWhatIsNoRequest() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    List<String> bodies =
        List.of(
            "",
            "null",
            "{",
            "[[[[[[[[[[[[[[[[[[",
            "\u0000\u0001",
            "{\"protocol\":\"qstat-mesh/1\",\"id\":\"1\",\"op\":\"reboot\"}",
            "x".repeat(8000));
    for (String body : bodies) {
      client.send(body);
      assertFailed("PROBE_PROTOCOL", client.receive());
    }
    assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
  }

  @Test
  void dropsFramesThatAreNoMessageOfOurs() throws Exception {
    serve(Duration.ofSeconds(30));
    ProbeClient client = client(SocketType.DEALER);
    client.sendFrames("{\"protocol\":\"qstat-mesh/1\",\"id\":\"1\",\"op\":\"hello\"}");
    client.sendFrames("", "a", "b", "c", "d", "e");
    client.sendFrames("", "");
    assertFailed("PROBE_PROTOCOL", client.receive()); // of the empty body
    assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("2")));
  }

  @Test
  void namesThePortItCannotHave() throws Exception {
    serve(Duration.ofSeconds(30));
    BindException refused =
        assertThrows(
            BindException.class, () -> ProbeServer.start(config(server.endpoint(), Duration.ZERO)));
    assertTrue(refused.getMessage().contains(server.endpoint()), refused.getMessage());
  }

  @Test
  void closesWithinTwoSecondsAndKillsTheCommandUnderWay() throws Exception {
    serve(Duration.ofSeconds(30));
    commands.torque("987701");
    client(SocketType.DEALER).send(ProbeRequest.snapshot("1", null));
    while (commands.calls("qstat -B") == 0) {
      Thread.onSpinWait();
    }
    long began = System.nanoTime();
    server.close();
    assertTrue((System.nanoTime() - began) / 1e9 < 2);
    assertTrue(server.ended().isDone());
    long left =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().commandLine().orElse("").contains("sleep 987701"))
            .count();
    assertEquals(0, left);
    ProbeServer next = ProbeServer.start(config(server.endpoint(), Duration.ZERO));
    assertEquals(server.endpoint(), next.endpoint());
    next.close();
  }

  @Test
  void hasSnapshotsOfItsOwnAfterARestart() throws Exception {
    serve(Duration.ofSeconds(30));
    String first =
        snapshot(client(SocketType.REQ).ask(ProbeRequest.snapshot("1", null))).snapshotId();
    server.close();
    serve(Duration.ofSeconds(30));
    String second =
        snapshot(client(SocketType.REQ).ask(ProbeRequest.snapshot("1", first))).snapshotId();
    assertNotEquals(first, second);
  }

  private void serve(Duration interval) throws Exception {
    server = ProbeServer.start(config("tcp://127.0.0.1:*", interval));
  }

  private ProbeConfig config(String bind, Duration interval) {
    return new ProbeConfig(bind, DrmsChoice.AUTO, folder, interval, Duration.ofSeconds(60), false);
  }

  private ProbeClient client(SocketType type) {
    ProbeClient client = new ProbeClient(type, server.endpoint());
    clients.add(client);
    return client;
  }

  private static Snapshot snapshot(ProbeReply reply) {
    return assertInstanceOf(ProbeReply.OfSnapshot.class, reply, reply.toString()).snapshot();
  }

  private static ProbeReply.Failed assertFailed(String code, ProbeReply reply) {
    ProbeReply.Failed failed = assertInstanceOf(ProbeReply.Failed.class, reply, reply.toString());
    assertEquals(code, failed.error().code(), failed.error().message());
    return failed;
  }
}
