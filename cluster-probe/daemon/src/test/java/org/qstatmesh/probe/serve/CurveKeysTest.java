package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.zeromq.ZMQ;
import zmq.util.Z85;

@Timeout(20)
class CurveKeysTest {
  private final ZMQ.Curve.KeyPair probe = ZMQ.Curve.generateKeyPair();
  private final ZMQ.Curve.KeyPair mesh = ZMQ.Curve.generateKeyPair();

  @TempDir Path folder;

  @Test
  void knowsItsClients() throws Exception {
    CurveKeys keys = CurveKeys.read(CurveFiles.write(file(), probe, mesh.publicKey));
    assertEquals(Optional.of("mesh"), keys.client(Z85.decode(mesh.publicKey)));
    assertEquals(Optional.empty(), keys.client(Z85.decode(probe.publicKey)));
    assertEquals(Optional.empty(), keys.client(new byte[0]));
    assertArrayEquals(Z85.decode(probe.secretKey), keys.secretKey());
    assertEquals("CurveKeys[clients=[mesh]]", keys.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void refusesAFileThatOthersMayReadOrWrite(String rights) throws Exception {
    CurveFiles.write(file(), probe, mesh.publicKey);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(rights));
    assertEquals(
        List.of(
            file()
                + ": holds a secret key and is open to others than its owner: chmod 600 "
                + file()),
        problems());
  }

  @Test
  void saysAllThatIsWrongAtOnceAndShowsNoKey() throws Exception {
    CurveFiles.write(
        file(),
        """
        {"publicKey": "short", "secretKey": "%s~", "secret": "%s", "clients": {"a": 1, "b": "%s"}}
        """
            .formatted(probe.secretKey.substring(1), probe.secretKey, "#".repeat(40)));
    List<String> problems = problems();
    assertEquals(5, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith(file() + "#/publicKey: is no CURVE key"), problems::toString);
    assertTrue(problems.get(0).contains("qstat-mesh add ID USER@HOST --curve"), problems::toString);
    assertTrue(problems.get(1).startsWith(file() + "#/secretKey: "), problems::toString);
    assertTrue(problems.get(2).startsWith(file() + "#/clients/a: "), problems::toString);
    assertTrue(problems.get(3).startsWith(file() + "#/clients/b: "), problems::toString);
    assertTrue(problems.get(4).startsWith(file() + "#/secret: is unknown"), problems::toString);
    assertFalse(problems.toString().contains(probe.secretKey.substring(1)), problems.toString());
  }

  @Test
  void refusesAPairThatIsNone() throws Exception {
    ZMQ.Curve.KeyPair other = ZMQ.Curve.generateKeyPair();
    CurveFiles.write(
        file(),
        "{\"publicKey\": \"%s\", \"secretKey\": \"%s\", \"clients\": {\"mesh\": \"%s\"}}"
            .formatted(other.publicKey, probe.secretKey, mesh.publicKey));
    assertEquals(1, problems().size());
    assertTrue(problems().get(0).contains("does not belong to secretKey"), problems()::toString);
  }

  @Test
  void refusesAnEmptyList() throws Exception {
    CurveFiles.write(
        file(),
        "{\"publicKey\": \"%s\", \"secretKey\": \"%s\", \"clients\": {}}"
            .formatted(probe.publicKey, probe.secretKey));
    assertTrue(problems().get(0).contains("nobody could be let in"), problems()::toString);
  }

  private Path file() {
    return folder.resolve("probe-curve.json");
  }

  private List<String> problems() {
    return assertThrows(ConfigurationException.class, () -> CurveKeys.read(file())).problems();
  }
}
