package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;

/** A poller behind a tunnel stage that a test plays. */
@Timeout(60)
class TunnelsTest {
  private static final ClusterConfig HPC1 = PollerRig.behindSsh("hpc1", Duration.ofMillis(2_500));

  private PollerRig rig;
  private final AtomicReference<TunnelState> state = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void open() {
    rig = new PollerRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void withoutATunnelStageItSaysSo() throws Exception {
    rig.deploy(HPC1);
    PollFailed failed = rig.ears.failed("hpc1", FailureCode.SSH_UNREACHABLE);
    assertEquals("tunnel stage is not running here", failed.failure().detail());
    assertTrue(failed.failure().hint().contains("login.hpc1"), failed.failure().hint());
  }

  @Test
  void theTunnelsFailureIsThePollsFailure() throws Exception {
    tunnelStage();
    be(Status.BACKING_OFF, "tcp://127.0.0.1:9", FailureCode.SSH_AUTH_REFUSED, "key refused");
    rig.deploy(HPC1);
    PollFailed failed = rig.ears.failed("hpc1", FailureCode.SSH_AUTH_REFUSED);
    assertEquals("key refused", failed.failure().detail());
  }

  @Test
  void silenceBehindATunnelThatKnowsWhyIsExplainedByTheTunnel() throws Exception {
    tunnelStage();
    try (RawPeer silent = RawPeer.silent()) {
      String endpoint = silent.address().toString();
      be(Status.OPEN, endpoint, FailureCode.PROBE_UNREACHABLE, "connection refused over there");
      rig.deploy(HPC1);
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_UNREACHABLE);
      assertEquals("connection refused over there", failed.failure().detail());

      be(Status.OPEN, endpoint, null, null);
      rig.ears.failed("hpc1", FailureCode.PROBE_TIMEOUT);

      be(Status.CONNECTING, endpoint, null, null);
      rig.ears.failed("hpc1", FailureCode.SSH_UNREACHABLE);
    }
  }

  @Test
  void aWayThatBreaksEndsTheWaitForAReply() throws Exception {
    tunnelStage();
    // A deadline that no test outlives.
    ClusterConfig patient = PollerRig.behindSsh("hpc1", Duration.ofMinutes(10));
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeProbe silent =
        FakeProbe.answering(
            request -> {
              asked.countDown();
              return List.of();
            })) {
      be(Status.OPEN, silent.address().toString(), null, null);
      rig.deploy(patient);
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      be(Status.CLOSED, null, null, null);
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.SSH_UNREACHABLE);
      assertEquals("the tunnel is CLOSED", failed.failure().detail());
    }
  }

  @Test
  void aTunnelThatIsMadeAnewIsFollowedToItsNewPort() throws Exception {
    tunnelStage();
    try (FakeProbe first = FakeProbe.of(Snapshots.small("first"))) {
      be(Status.OPEN, first.address().toString(), null, null);
      // Long enough for JeroMQ to mend a connect that it loses.
      rig.deploy(PollerRig.behindSsh("hpc1", Duration.ofSeconds(6)));
      rig.ears.taken("hpc1", row -> row.snapshotId().equals("first"));
      try (FakeProbe second = FakeProbe.of(Snapshots.small("second"))) {
        be(Status.OPEN, second.address().toString(), null, null);
        rig.ears.taken("hpc1", row -> row.snapshotId().equals("second"));
        assertEquals(0, rig.ears.failed.size());
        assertTrue(first.requests() > 0 && second.requests() > 0);
      }
    }
  }

  @Test
  void whenTheWayOpensItDoesNotWaitForItsTurn() throws Exception {
    tunnelStage();
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      String endpoint = probe.address().toString();
      be(Status.BACKING_OFF, endpoint, FailureCode.SSH_UNREACHABLE, "no route");
      // Tries again in an hour by itself.
      ClusterConfig patient =
          new ClusterConfig(
              "hpc1",
              "HPC 1",
              0,
              new ProbeAddress("127.0.0.1", 7621),
              Duration.ofHours(1),
              Duration.ofSeconds(6),
              1 << 20,
              HPC1.ssh());
      PollerTimings patience =
          new PollerTimings(
              Duration.ofMillis(200),
              Duration.ofMillis(500),
              Duration.ofMillis(20),
              Duration.ofHours(1),
              Duration.ofSeconds(10),
              Duration.ofMinutes(15),
              Duration.ofMillis(1));
      rig.deploy(patience, patient);
      rig.ears.failed("hpc1", FailureCode.SSH_UNREACHABLE);
      be(Status.OPEN, endpoint, null, null);
      // Another node's tunnel is no business of ours, and would not have opened the way.
      publish("node-b", Status.BACKING_OFF);
      rig.ears.taken("hpc1");
      assertEquals(1, rig.ears.failed.size());
    }
  }

  @Test
  void aClusterWithoutSshNeedsNoTunnelStage() throws Exception {
    tunnelStage();
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      rig.deploy(PollerRig.direct("near", probe.address()));
      rig.ears.taken("near");
      assertEquals(0, asked.get());
    }
  }

  private void tunnelStage() {
    Addresses.TUNNEL_OPEN.serve(
        rig.vertx,
        wanted -> {
          asked.incrementAndGet();
          return Future.succeededFuture(state.get());
        });
  }

  private void be(Status status, String endpoint, FailureCode code, String detail) {
    Failure failure = code == null ? null : Failure.of(code, detail, 1, HPC1);
    state.set(new TunnelState(PollerRig.NODE, "hpc1", status, endpoint, 1, failure));
    Addresses.TUNNEL_STATE.publish(rig.vertx, state.get());
  }

  private void publish(String node, Status status) {
    Addresses.TUNNEL_STATE.publish(rig.vertx, new TunnelState(node, "hpc1", status, null, 1, null));
  }
}
