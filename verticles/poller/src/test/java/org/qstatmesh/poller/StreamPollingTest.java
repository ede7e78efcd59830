package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;
import org.qstatmesh.wire.ProbeRequest;

/** A poller whose probes speak frames over a stream; the tunnel stage is the test. */
@Timeout(60)
class StreamPollingTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Map<String, TunnelState> tunnels = new ConcurrentHashMap<>();
  private PollerRig rig;

  @BeforeEach
  void open() {
    rig = new PollerRig();
    Addresses.TUNNEL_OPEN.serve(
        rig.vertx, wanted -> Future.succeededFuture(tunnels.get(wanted.cluster())));
  }

  @AfterEach
  void close() throws Exception {
    long start = System.nanoTime();
    rig.close();
    assertTrue(System.nanoTime() - start < 3_000_000_000L, "the streams do not close");
    assertEquals(List.of(), rig.ears.died);
    assertEquals(List.of(), Threads.named("poller-stream-owner"));
  }

  private ClusterConfig behind(String cluster, FramePeer peer, Duration deadline) {
    tunnels.put(
        cluster,
        new TunnelState(PollerRig.NODE, cluster, Status.OPEN, peer.address().toString(), 0, null));
    ClusterConfig ssh = PollerRig.behindSsh(cluster, deadline);
    return new ClusterConfig(
        cluster,
        ssh.title(),
        0,
        ProbeCommand.STANDARD,
        ssh.pollInterval(),
        deadline,
        1 << 20,
        ssh.ssh());
  }

  private static void snapshot(ProbeRequest request, DataOutputStream out) throws IOException {
    FramePeer.sendSnapshot(request, Snapshots.small("s-" + request.id()), out);
  }

  @Test
  void oneConnectionServesAllPolls() throws Exception {
    try (FramePeer peer = FramePeer.doing(StreamPollingTest::snapshot)) {
      rig.deploy(behind("hpc1", peer, LONG));
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 5);
      assertEquals(1, peer.connections());
      assertEquals(0, rig.ears.failed.size());
      rig.undeploy();
      rig.ears.until(() -> peer.ended() == 1);
    }
  }

  @Test
  void aReplyMayComeInPiecesAndBeLong() throws Exception {
    try (FramePeer peer =
        FramePeer.doing(
            (request, out) -> {
              byte[] json = FakeProbe.snapshot(request, Snapshots.small("s-1")).get(0);
              // Blanks are no part of what is said.
              byte[] frame = FramePeer.frame(RawPeer.concat(json, Bytes.utf8(" ".repeat(900_000))));
              for (int at = 0; at < frame.length; at += 10_001) {
                out.write(frame, at, Math.min(10_001, frame.length - at));
                out.flush();
              }
            })) {
      rig.deploy(behind("hpc1", peer, LONG));
      assertEquals("s-1", rig.ears.taken("hpc1").snapshotId());
      assertEquals(0, rig.ears.failed.size());
    }
  }

  @Test
  void aProbeThatLeavesAfterEachReplyIsMetAgainFiftyTimesWithoutALeak() throws Exception {
    try (FramePeer peer =
        FramePeer.doing(
            (request, out) -> {
              snapshot(request, out);
              throw new IOException("leaves");
            })) {
      rig.deploy(behind("hpc1", peer, LONG));
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 3);
      int files = openFiles();
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 53);
      rig.ears.until(() -> openFiles() <= files + 5);
      assertEquals(0, rig.ears.failed.size());
      assertEquals(1, Threads.named("poller-stream-owner").size());
    }
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  @Test
  void aConnectionThatEndsBeforeTheReplyIsMadeAgain() throws Exception {
    try (FramePeer peer =
        FramePeer.doing(
            (request, out) -> {
              throw new IOException("leaves");
            })) {
      rig.deploy(behind("hpc1", peer, LONG));
      rig.ears.until(() -> peer.connections() >= 3);
      peer.does(StreamPollingTest::snapshot);
      rig.ears.taken("hpc1");
      assertEquals(0, rig.ears.failed.size());
    }
  }

  @Test
  void silenceIsATimeoutAndTheNextPollHasANewConnection() throws Exception {
    try (FramePeer peer = FramePeer.doing((request, out) -> {})) {
      rig.deploy(behind("hpc1", peer, SHORT));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_TIMEOUT);
      assertTrue(failed.failure().detail().contains("does not answer"), failed.toString());
      rig.ears.until(() -> peer.ended() >= 1);
      peer.does(StreamPollingTest::snapshot);
      rig.ears.taken("hpc1");
      assertTrue(peer.connections() >= 2);
    }
  }

  @Test
  void aFrameThatIsTooLongEndsTheConnection() throws Exception {
    try (FramePeer peer = FramePeer.doing((request, out) -> out.writeInt((1 << 20) + 1))) {
      rig.deploy(behind("hpc1", peer, LONG));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_PROTOCOL);
      assertTrue(failed.failure().detail().contains("1048577 bytes"), failed.toString());
      rig.ears.until(() -> peer.ended() >= 1);
      peer.does(StreamPollingTest::snapshot);
      rig.ears.taken("hpc1");
    }
  }

  @Test
  void textInsteadOfAFrameIsShownAndPrintable() throws Exception {
    try (FramePeer peer =
        FramePeer.doing((request, out) -> out.write(Bytes.utf8("Welcome \u001b[31mhome\n")))) {
      rig.deploy(behind("hpc1", peer, LONG));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_PROTOCOL);
      assertTrue(
          failed.failure().detail().endsWith("frames: Welcome \\u001b[31mhome"), failed.toString());
    }
  }

  @Test
  void onlyTheReplyToTheRequestCounts() throws Exception {
    try (FramePeer peer =
        FramePeer.doing(
            (request, out) -> {
              snapshot(ProbeRequest.snapshot("another", null), out);
              snapshot(request, out);
            })) {
      rig.deploy(behind("hpc1", peer, LONG));
      assertEquals("s-1", rig.ears.taken("hpc1").snapshotId());
      assertTrue(rig.count("qstatmesh.poller.replies.dropped", "reason", "UNKNOWN_ID") >= 1);
      assertEquals(0, rig.ears.failed.size());
    }
  }

  @Test
  void whatNobodyAskedForCostsTheConnection() throws Exception {
    try (FramePeer peer =
        FramePeer.doing(
            (request, out) -> {
              snapshot(request, out);
              snapshot(ProbeRequest.snapshot("unasked", null), out);
            })) {
      rig.deploy(behind("hpc1", peer, LONG));
      // One that comes only when the next request is on its way is that request's, with a wrong id.
      rig.ears.until(() -> peer.connections() >= 3 && rig.ears.takenSoFar("hpc1") >= 3);
      assertTrue(rig.count("qstatmesh.poller.replies.dropped", "reason", "STRAY") >= 1);
      assertEquals(0, rig.ears.failed.size());
    }
  }

  @Test
  void aFloodIsCutOffAndTheNeighboursDoNotNotice() throws Exception {
    List<FramePeer> peers = new ArrayList<>();
    List<ClusterConfig> clusters = new ArrayList<>();
    byte[] junk = FramePeer.frame(Bytes.utf8("{\"protocol\":\"qstat-mesh/1\",\"id\":\"x\"}"));
    FramePeer flood =
        FramePeer.doing(
            (request, out) -> {
              while (true) {
                out.write(junk);
              }
            });
    peers.add(flood);
    clusters.add(behind("bad", flood, LONG));
    for (int i = 0; i < 40; i++) {
      FramePeer good = FramePeer.doing(StreamPollingTest::snapshot);
      peers.add(good);
      clusters.add(behind("good-" + i, good, LONG));
    }
    try {
      rig.deploy(clusters.toArray(ClusterConfig[]::new));
      rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
      for (int i = 0; i < 40; i++) {
        String cluster = "good-" + i;
        rig.ears.until(() -> rig.ears.takenSoFar(cluster) >= 3);
      }
      assertTrue(rig.ears.failed.stream().allMatch(poll -> poll.cluster().equals("bad")));
      assertEquals(1, Threads.named("poller-stream-owner").size());
    } finally {
      peers.forEach(FramePeer::close);
    }
  }

  @Test
  void theTunnelsReasonEndsTheWait() throws Exception {
    try (FramePeer silent = FramePeer.doing((request, out) -> {})) {
      ClusterConfig patient = behind("hpc1", silent, Duration.ofMinutes(10));
      rig.deploy(patient);
      rig.ears.until(() -> silent.connections() == 1);
      TunnelState open = tunnels.get("hpc1");
      Failure why =
          Failure.of(FailureCode.PROBE_UNREACHABLE, "ended with exit code 127", 1, patient);
      TunnelState refused =
          new TunnelState(
              PollerRig.NODE, "hpc1", Status.OPEN, open.endpoint(), open.sinceEpochMillis(), why);
      tunnels.put("hpc1", refused);
      Addresses.TUNNEL_STATE.publish(rig.vertx, refused);
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_UNREACHABLE);
      assertEquals("ended with exit code 127", failed.failure().detail());
      assertTrue(failed.failure().hint().contains("qstat-probe serve --stdio"), failed.toString());
      silent.does(StreamPollingTest::snapshot);
      tunnels.put("hpc1", open);
      Addresses.TUNNEL_STATE.publish(rig.vertx, open);
      rig.ears.taken("hpc1");
    }
  }
}
