package org.qstatmesh.mesh.add;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTargetTest {
  @ParameterizedTest
  @CsvSource({
    "me@login, me, login, 22",
    "me@login.hpc1.example:2222, me, login.hpc1.example, 2222",
    "x.y-z@10.0.0.1, x.y-z, 10.0.0.1, 22",
    "a@b@login, a@b, login, 22",
    "me@[::1]:23, me, [::1], 23"
  })
  void readsWhatPeopleWrite(String text, String user, String host, int port) {
    assertEquals(new LoginTarget(user, host, port), LoginTarget.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login",
        "me@",
        "@login",
        "me@login:0",
        "me@login:70000",
        "-oProxyCommand=x@login",
        "me@-x",
        "me@lo gin",
        "me@a;b"
      })
  void refusesTheRest(String text) {
    assertThrows(IllegalArgumentException.class, () -> LoginTarget.parse(text));
  }
}
