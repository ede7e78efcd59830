package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qstatmesh.wire.ProbeErrorCode;

class FailureCodeTest {
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void hintIsFilledInForAClusterBehindSsh(FailureCode code) {
    String hint = code.hint(Samples.CLUSTER);
    assertFalse(hint.contains("{"), hint);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = "SSH_.*|HOST_.*|NO_POLLER")
  void hintIsFilledInForDirectTcp(FailureCode code) {
    ClusterConfig direct =
        new ClusterConfig(
            "near",
            "Near",
            1,
            ProbeAddress.parse("tcp://10.0.0.7:7621"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            1 << 20,
            null);
    String hint = code.hint(direct);
    assertFalse(hint.contains("{"), hint);
    assertFalse(hint.contains("authorized_keys"), hint);
    assertTrue(hint.contains("10.0.0.7") || code == FailureCode.PROBE_PROTOCOL, hint);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void hintIsFilledInForAProbeThatACommandStarts(FailureCode code) {
    ClusterConfig stdio =
        new ClusterConfig(
            "hpc1",
            "HPC 1",
            0,
            new ProbeCommand("/opt/qstat-probe serve --stdio"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            1 << 20,
            Samples.CLUSTER.ssh());
    String hint = code.hint(stdio);
    assertFalse(hint.contains("{"), hint);
    assertFalse(hint.contains("permitopen"), hint);
    if (code == FailureCode.PROBE_UNREACHABLE || code == FailureCode.PROBE_PROTOCOL) {
      assertTrue(hint.contains("/opt/qstat-probe serve --stdio"), hint);
    }
  }

  @Test
  void silenceOfAProbeWithKeysPointsToThem() {
    ClusterConfig curve =
        new ClusterConfig(
            "near",
            "Near",
            1,
            ProbeAddress.parse("tcp://10.0.0.7:7621"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            1 << 20,
            null,
            new CurveConfig("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", Path.of("keys/near.curve")),
            Set.of());
    String hint = FailureCode.PROBE_TIMEOUT.hint(curve);
    assertTrue(hint.endsWith("do the keys match? qstat-mesh check near"), hint);
  }

  @Test
  void whereNobodyMayPollTheLabelsWantedAreNamed() {
    ClusterConfig near = Samples.CLUSTER;
    ClusterConfig pinned =
        new ClusterConfig(
            near.cluster(),
            near.title(),
            near.order(),
            near.probe(),
            near.pollInterval(),
            near.pollDeadline(),
            near.maxReplyBytes(),
            near.ssh(),
            null,
            Set.of("site-b", "site-a"));
    String hint = FailureCode.NO_POLLER.hint(pinned);
    assertTrue(hint.endsWith("its node.labels must have one of: site-a, site-b"), hint);
    assertTrue(FailureCode.NO_POLLER.hint(near).endsWith("name hpc1?"));
  }

  @Test
  void sshHintIsALineToPaste() {
    assertEquals(
        "is login.hpc1.example up? from here: ssh -p 2222 qstat@login.hpc1.example",
        FailureCode.SSH_UNREACHABLE.hint(Samples.CLUSTER));
  }

  @Test
  void everySchedulerErrorOfAProbeHasItsCode() {
    for (ProbeErrorCode code : ProbeErrorCode.values()) {
      if (code.name().startsWith("DRMS_")) {
        assertEquals(code.name(), FailureCode.ofProbe(code.name()).name());
      }
    }
    assertEquals(FailureCode.PROBE_PROTOCOL, FailureCode.ofProbe("SOMETHING_NEW"));
    assertEquals(FailureCode.PROBE_PROTOCOL, FailureCode.ofProbe(null));
  }

  @Test
  void detailIsOneHarmlessLine() {
    Failure failure =
        Failure.of(FailureCode.PROBE_PROTOCOL, "a\nb\u001b[31m\u202e", 1, Samples.CLUSTER);
    assertEquals("a\\u000ab\\u001b[31m\\u202e", failure.detail());
  }
}
