package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;

/**
 * Peers that do what no probe of ours does. Each has a well-behaved neighbour in the same ZeroMQ
 * context, which must not notice.
 */
@Timeout(60)
class HostilePeersTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final byte[] DELIMITER = RawPeer.frame(true, new byte[0]);

  private PollerRig rig;
  private FakeProbe neighbour;

  @BeforeEach
  void open() {
    rig = new PollerRig();
    neighbour =
        FakeProbe.answering(
            request -> FakeProbe.snapshot(request, Snapshots.small("n-" + request.id())));
  }

  @AfterEach
  void close() throws Exception {
    long start = System.nanoTime();
    rig.close();
    assertTrue(System.nanoTime() - start < 3_000_000_000L, "the sockets do not close");
    neighbour.close();
  }

  static Stream<Arguments> rawReplies() {
    byte[] json = Bytes.utf8("{\"protocol\":\"qstat-mesh/1\"}");
    return Stream.of(
        Arguments.of(
            "9 bytes that declare 1.9 GB",
            RawPeer.concat(DELIMITER, RawPeer.frameHead(false, 1_900_000_000L)),
            "maxReplyBytes"),
        Arguments.of(
            "9 bytes whose length is negative",
            RawPeer.concat(DELIMITER, RawPeer.frameHead(false, 0xffffffff_70000000L)),
            "maxReplyBytes"),
        Arguments.of(
            "9 bytes whose length is negative also as an int",
            RawPeer.concat(DELIMITER, RawPeer.frameHead(false, 0xffffffff_f0000000L)),
            "2 GiB"),
        Arguments.of(
            "a frame one byte too long",
            RawPeer.concat(DELIMITER, RawPeer.frameHead(false, (1 << 20) + 1)),
            "1048577 bytes"),
        Arguments.of("no delimiter", RawPeer.frame(false, json), "[empty][JSON]"),
        Arguments.of(
            "three frames",
            RawPeer.concat(DELIMITER, RawPeer.frame(true, json), RawPeer.frame(false, json)),
            "[empty][JSON]"),
        Arguments.of(
            "a delimiter that is not empty",
            RawPeer.concat(RawPeer.frame(true, json), RawPeer.frame(false, json)),
            "[empty][JSON]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rawReplies")
  void framesThatNoProbeSendsAreRefused(String name, byte[] bytes, String detail) throws Exception {
    try (RawPeer peer = RawPeer.replying(bytes)) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address()));
      PollFailed failed = rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
      assertTrue(failed.failure().detail().contains(detail), failed.failure().detail());
    }
  }

  @Test
  void framesWithoutEndAreCutOff() throws Exception {
    byte[] again = RawPeer.frame(true, new byte[60_000]);
    try (RawPeer peer = RawPeer.flooding(DELIMITER, again)) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address()));
      PollFailed failed = rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
      assertTrue(failed.failure().detail().contains("for one request"), failed.failure().detail());
    }
  }

  /** One exception in JeroMQ's decoder and its I/O thread would go round for ever. */
  @Test
  void bytesAfterARefusedLengthHurtNobody() throws Exception {
    byte[] huge = RawPeer.concat(DELIMITER, RawPeer.frameHead(false, 1_900_000_000L));
    try (RawPeer peer = RawPeer.flooding(huge, new byte[60_000])) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address()));
      rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
    }
  }

  @Test
  void emptyFramesWithoutEndAreCutOff() throws Exception {
    try (RawPeer peer = RawPeer.flooding(DELIMITER, DELIMITER)) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address()));
      rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
    }
  }

  @Test
  void aPeerThatIsSilentTimesOut() throws Exception {
    try (RawPeer peer = RawPeer.silent()) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address(), SHORT));
      rig.ears.failed("bad", FailureCode.PROBE_TIMEOUT);
      assertTrue(peer.connections() > 0);
    }
  }

  @Test
  void halfAReplyTimesOut() throws Exception {
    byte[] half =
        RawPeer.concat(
            DELIMITER, RawPeer.frameHead(false, 1_000), Bytes.utf8("{\"protocol\":\"qstat"));
    try (RawPeer peer = RawPeer.replying(half)) {
      neighbourDoesNotNotice(PollerRig.direct("bad", peer.address(), Duration.ofSeconds(3)));
      rig.ears.failed("bad", FailureCode.PROBE_TIMEOUT);
    }
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("garbage", "\u0000\u001b[31m no json", ""),
        Arguments.of("nothing", "", ""),
        Arguments.of("cut off", "{\"protocol\":\"qstat-mesh/1\",\"id\":\"1\",\"snap", ""),
        Arguments.of(
            "another major version",
            "{\"protocol\":\"qstat-mesh/2\",\"id\":\"1\",\"snapshot\":{}}",
            "qstat-mesh/2"),
        Arguments.of("deep", "[".repeat(100_000), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void textThatIsNoReplyIsRefused(String name, String text, String detail) throws Exception {
    try (FakeProbe probe = FakeProbe.answering(request -> List.of(Bytes.utf8(text)))) {
      neighbourDoesNotNotice(PollerRig.direct("bad", probe.address()));
      PollFailed failed = rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
      assertTrue(failed.failure().detail().contains(detail), failed.failure().detail());
      assertFalse(failed.failure().detail().contains("\u001b"));
    }
  }

  @Test
  void anAnswerToAnotherQuestionIsRefused() throws Exception {
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                List.of(
                    WireCodec.encodeReply(
                        new ProbeReply.OfJob(
                            request.id(),
                            new JobDetail(
                                Snapshots.running("1", "a", 1).build(), null, "text")))))) {
      neighbourDoesNotNotice(PollerRig.direct("bad", probe.address()));
      rig.ears.failed("bad", FailureCode.PROBE_PROTOCOL);
    }
  }

  @Test
  void aProbeThatCouldNotReadTheRequestIsHeard() throws Exception {
    String refusal =
        "{\"protocol\":\"qstat-mesh/1\",\"id\":null,\"error\":{\"code\":\"PROBE_PROTOCOL\","
            + "\"message\":\"I speak qstat-mesh/0\"}}";
    try (FakeProbe probe = FakeProbe.answering(request -> List.of(Bytes.utf8(refusal)))) {
      rig.deploy(PollerRig.direct("old", probe.address()));
      PollFailed failed = rig.ears.failed("old", FailureCode.PROBE_PROTOCOL);
      assertEquals("I speak qstat-mesh/0", failed.failure().detail());
    }
  }

  @Test
  void aReplyWithAnotherIdIsDroppedAndTheRightOneTaken() throws Exception {
    try (FakeProbe probe =
        FakeProbe.answering(
            request -> {
              ProbeRequest other = ProbeRequest.snapshot("other", null);
              List<byte[]> replies = new ArrayList<>();
              replies.addAll(FakeProbe.snapshot(other, Snapshots.small("wrong")));
              replies.addAll(FakeProbe.snapshot(request, Snapshots.small("right")));
              return replies;
            })) {
      neighbourDoesNotNotice(PollerRig.direct("odd", probe.address()));
      rig.ears.taken("odd", row -> row.snapshotId().equals("right"));
      assertEquals(0, rig.ears.taken.stream().filter(r -> r.snapshotId().equals("wrong")).count());
      assertTrue(rig.count("qstatmesh.poller.replies.dropped", "reason", "UNKNOWN_ID") > 0);
    }
  }

  @Test
  void aReplyAfterItsDeadlineIsNeverTaken() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    try (FakeProbe probe =
        FakeProbe.answering(
            request -> {
              if (first.getAndSet(false)) {
                rig.ears.failed("slow", FailureCode.PROBE_TIMEOUT);
                return FakeProbe.snapshot(request, Snapshots.small("late"));
              }
              return FakeProbe.snapshot(request, Snapshots.small("in time"));
            })) {
      neighbourDoesNotNotice(PollerRig.direct("slow", probe.address(), Duration.ofSeconds(3)));
      rig.ears.taken("slow", row -> row.snapshotId().equals("in time"));
      assertEquals(0, rig.ears.taken.stream().filter(r -> r.snapshotId().equals("late")).count());
    }
  }

  @Test
  void fiftyDeadClustersDoNotDelayFiveLiveOnes() throws Exception {
    List<RawPeer> dead = new ArrayList<>();
    List<ClusterConfig> clusters = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        clusters.add(deadCluster(i, dead));
      }
      for (int i = 0; i < 5; i++) {
        clusters.add(PollerRig.direct("live" + i, neighbour.address()));
      }
      rig.deploy(clusters.toArray(ClusterConfig[]::new));
      for (int i = 0; i < 5; i++) {
        rig.ears.taken("live" + i);
      }
      long start = System.nanoTime();
      long[] before = new long[5];
      for (int i = 0; i < 5; i++) {
        before[i] = rig.ears.takenSoFar("live" + i);
      }
      for (int i = 0; i < 5; i++) {
        int live = i;
        rig.ears.until(() -> rig.ears.takenSoFar("live" + live) >= before[live] + 20);
      }
      // 20 polls of 200 ms.
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, took.toString());
      assertEquals(0, rig.ears.failed.stream().filter(f -> f.cluster().startsWith("live")).count());
      rig.ears.until(
          () -> rig.ears.failed.stream().map(PollFailed::cluster).distinct().count() == 50);
    } finally {
      dead.forEach(RawPeer::close);
    }
  }

  /** One silent, one that hangs up, one where nothing listens, in turn. */
  private static ClusterConfig deadCluster(int i, List<RawPeer> peers) throws IOException {
    RawPeer peer = i % 3 == 0 ? RawPeer.silent() : RawPeer.replying(DELIMITER);
    ProbeAddress address = peer.address();
    if (i % 3 == 2) {
      peer.close();
    } else {
      peers.add(peer);
    }
    return PollerRig.direct("dead" + i, address, SHORT);
  }

  /** Both are polled; the neighbour goes on while the other fails or is odd. */
  private void neighbourDoesNotNotice(ClusterConfig bad) throws Exception {
    rig.deploy(bad, PollerRig.direct("good", neighbour.address()));
    rig.ears.taken("good");
    rig.ears.until(
        () ->
            rig.ears.failed.stream().anyMatch(poll -> poll.failuresInARow() >= 2)
                || rig.ears.takenSoFar(bad.cluster()) >= 2);
    long soFar = rig.ears.takenSoFar("good");
    rig.ears.until(() -> rig.ears.takenSoFar("good") >= soFar + 3);
    assertEquals(0, rig.ears.failed.stream().filter(poll -> poll.cluster().equals("good")).count());
    assertEquals(List.of(), rig.ears.died);
  }
}
