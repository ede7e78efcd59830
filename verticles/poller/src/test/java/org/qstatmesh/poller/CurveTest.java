package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.poller.ProbeCall.CallFailed;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.zeromq.ZMQ;

/** Probes that let in only whom they know. */
@Timeout(90)
class CurveTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path keys;
  private final ZMQ.Curve.KeyPair probeKeys = ZMQ.Curve.generateKeyPair();
  private Path keyFile;
  private String ours;
  private PollerRig rig;

  @BeforeEach
  void makeKeys() throws IOException {
    keyFile = keys.resolve("hpc1.curve");
    CurveKeyFile.generate(keyFile, keys.resolve("hpc1.probe-curve.json"));
    ours = CurveKeyFile.publicKey(curve());
    rig = new PollerRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private CurveConfig curve() {
    return new CurveConfig(probeKeys.publicKey, keyFile);
  }

  private ClusterConfig cluster(ProbeAddress probe, Duration deadline, CurveConfig curve) {
    ClusterConfig direct = PollerRig.direct("hpc1", probe, deadline);
    return new ClusterConfig(
        "hpc1", "HPC 1", 0, probe, direct.pollInterval(), deadline, 1 << 20, null, curve, Set.of());
  }

  private FakeProbe probe(Set<String> clients) {
    return FakeProbe.withCurve(
        probeKeys,
        clients,
        request -> FakeProbe.snapshot(request, Snapshots.small("s-" + request.id())));
  }

  @Test
  void aListedKeyIsLetIn() throws Exception {
    try (FakeProbe probe = probe(Set.of(ours))) {
      rig.deploy(cluster(probe.address(), LONG, curve()));
      rig.ears.taken("hpc1");
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 3);
      assertEquals(List.of(), rig.ears.failed);
      assertEquals(0, rig.count("qstatmesh.poller.replies.dropped"));
    }
  }

  @Test
  void anIdleConnectionOutlivesItsHeartbeats() throws Exception {
    try (FakeProbe probe = probe(Set.of(ours))) {
      SocketGroup group = new SocketGroup(99);
      ProbeSocket socket =
          new ProbeSocket(1, group, probe.address().toString(), 1 << 20, CurveKeys.read(curve()));
      askOnce(group, socket);
      long after = System.nanoTime() + Duration.ofSeconds(17).toNanos();
      rig.ears.until(() -> System.nanoTime() > after);
      askOnce(group, socket);
      assertEquals(0, socket.stray());
      group.close();
    }
  }

  private static void askOnce(SocketGroup group, ProbeSocket socket) {
    socket.send(WireCodec.encodeRequest(ProbeRequest.snapshot("1", null)));
    long end = System.nanoTime() + LONG.toNanos();
    try (ZMQ.Poller poller = group.poller()) {
      while (socket.turn() != ProbeSocket.Turn.REPLY) {
        assertTrue(System.nanoTime() < end, "no reply");
        poller.register(socket.socket(), socket.interest());
        poller.poll(100);
        poller.unregister(socket.socket());
      }
    }
  }

  @Test
  void aKeyThatIsNotListedGetsNothing() throws Exception {
    try (FakeProbe probe = probe(Set.of())) {
      rig.deploy(cluster(probe.address(), SHORT, curve()));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_TIMEOUT);
      assertTrue(failed.failure().hint().contains("do the keys match?"), failed.toString());
      assertEquals(0, probe.requests());
    }
  }

  @Test
  void aProbeWithAnotherKeyIsNotBelieved() throws Exception {
    try (FakeProbe probe = probe(Set.of(ours))) {
      String another = ZMQ.Curve.generateKeyPair().publicKey;
      rig.deploy(cluster(probe.address(), SHORT, new CurveConfig(another, keyFile)));
      rig.ears.failed("hpc1", FailureCode.PROBE_TIMEOUT);
      assertEquals(0, probe.requests());
    }
  }

  @Test
  void aProbeWithoutKeysIsNotAskedWhereKeysAreWanted() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("forged"))) {
      rig.deploy(cluster(probe.address(), SHORT, curve()));
      rig.ears.failed("hpc1", FailureCode.PROBE_TIMEOUT);
      assertEquals(0, probe.requests());
      assertEquals(0, rig.ears.taken.size());
    }
  }

  @Test
  void theLimitOfAReplyHoldsUnderCurveToo() throws Exception {
    try (FakeProbe probe =
        FakeProbe.withCurve(
            probeKeys, Set.of(ours), request -> List.of(new byte[(1 << 20) + 100]))) {
      rig.deploy(cluster(probe.address(), LONG, curve()));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_PROTOCOL);
      assertTrue(failed.failure().detail().contains("maxReplyBytes"), failed.toString());
    }
  }

  @Test
  void changedKeysAreTakenUpAndAMissingFileIsNamed() throws Exception {
    Files.move(keyFile, keys.resolve("away"));
    try (FakeProbe probe = probe(Set.of(ours))) {
      rig.deploy(cluster(probe.address(), LONG, curve()));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_UNREACHABLE);
      assertEquals("keys: " + keyFile + " does not exist", failed.failure().detail());
      Files.move(keys.resolve("away"), keyFile);
      rig.ears.taken("hpc1");
    }
  }

  @Test
  void aCallTellsWhichEndHasNoKeys() throws Exception {
    ProbeRequest question = ProbeRequest.snapshot("1", null);
    try (FakeProbe plain = FakeProbe.of(Snapshots.small("s-1"));
        FakeProbe guarded = probe(Set.of(ours))) {
      ClusterConfig wantsKeys = cluster(guarded.address(), LONG, curve());
      ClusterConfig wantsNone = cluster(guarded.address(), LONG, null);
      ProbeCall.Answered answered =
          ProbeCall.ask(wantsKeys, guarded.address().toString(), question);
      assertTrue(answered.reply() instanceof ProbeReply.OfSnapshot);
      CallFailed failed =
          assertThrows(
              CallFailed.class,
              () -> ProbeCall.ask(wantsNone, guarded.address().toString(), question));
      assertEquals(FailureCode.PROBE_PROTOCOL, failed.code());
      assertTrue(failed.getMessage().contains("add --curve"), failed.getMessage());
      failed =
          assertThrows(
              CallFailed.class,
              () -> ProbeCall.ask(wantsKeys, plain.address().toString(), question));
      assertEquals(FailureCode.PROBE_PROTOCOL, failed.code());
      assertTrue(failed.getMessage().contains("serve --curve"), failed.getMessage());
    }
  }

  @Test
  void bothFilesFitEachOtherAndAreTheirOwnersAlone() throws Exception {
    Path mesh = keys.resolve("a.curve");
    Path probe = keys.resolve("a.probe-curve.json");
    String serverKey = CurveKeyFile.generate(mesh, probe);
    assertEquals(serverKey, CurveKeyFile.serverKey(probe));
    JsonObject theirs = new JsonObject(Files.readString(probe));
    String client = CurveKeyFile.publicKey(new CurveConfig(serverKey, mesh));
    assertEquals(new JsonObject().put("mesh", client), theirs.getJsonObject("clients"));
    assertEquals(serverKey, theirs.getString("publicKey"));
    for (Path file : List.of(mesh, probe)) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertThrows(FileAlreadyExistsException.class, () -> CurveKeyFile.generate(mesh, probe));
    assertEquals(Optional.empty(), CurveKeyFile.problem(mesh));
    assertEquals(Optional.empty(), CurveKeyFile.problem(serverKey));
    CurveKeys read = CurveKeys.read(new CurveConfig(serverKey, mesh));
    String secret = new JsonObject(Files.readString(mesh)).getString("secretKey");
    assertFalse(read.toString().contains(secret));
  }

  @Test
  void aFileOpenToOthersIsRefusedWithTheCommandThatMendsIt() throws Exception {
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(
        Optional.of(keyFile + " is open to others: chmod 600 " + keyFile),
        CurveKeyFile.problem(keyFile));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"SECRET\"",
        "{}",
        "{\"publicKey\":\"SECRET\",\"secretKey\":\"SECRET\"}",
        "{\"publicKey\":7,\"secretKey\":\"SECRET\"}",
        "{\"publicKey\":\"0000000000000000000000000000000000000000\",\"secretKey\":\"SECRET\"}",
        "{\"publicKey\":\"0000000000000000000000000000000000000000\",\"secretKey\":[\"SECRET\"]}",
        "{\"secretKey\":\"SECRET\" oops}"
      })
  void aFileThatHoldsNoPairIsNamedWithoutWhatItHolds(String content) throws Exception {
    Files.write(keyFile, content.getBytes(StandardCharsets.UTF_8));
    String problem = CurveKeyFile.problem(keyFile).orElseThrow();
    assertTrue(problem.startsWith(keyFile.toString()), problem);
    assertFalse(problem.contains("SECRET"), problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "too short",
        "########################################",
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7x",
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]y~7",
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yé7"
      })
  void whatIsNoKeyIsSaid(String key) {
    assertTrue(CurveKeyFile.problem(key).orElseThrow().contains("40 characters of Z85"));
  }
}
