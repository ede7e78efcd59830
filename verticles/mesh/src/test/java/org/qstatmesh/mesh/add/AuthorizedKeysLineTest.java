package org.qstatmesh.mesh.add;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;

class AuthorizedKeysLineTest {
  private static final String KEY = "ssh-ed25519 AAAA qstat-mesh-hpc1";

  @Test
  void aPortIsOpenedAndNothingElse() {
    assertEquals(
        "restrict,port-forwarding,permitopen=\"127.0.0.1:7621\",permitlisten=\"127.0.0.1:1\","
            + "command=\"/usr/sbin/nologin\" "
            + KEY,
        AuthorizedKeysLine.leadingTo(new ProbeAddress("127.0.0.1", 7621), KEY));
  }

  @Test
  void aCommandIsForcedAndItsQuotesDoNotEndIt() {
    assertEquals(
        "restrict,command=\"qstat-probe serve --stdio\" " + KEY,
        AuthorizedKeysLine.leadingTo(ProbeCommand.STANDARD, KEY));
    assertEquals(
        "restrict,command=\"\\\"/opt/a b/qstat-probe\\\" serve --stdio\" " + KEY,
        AuthorizedKeysLine.leadingTo(
            new ProbeCommand("\"/opt/a b/qstat-probe\" serve --stdio"), KEY));
  }
}
