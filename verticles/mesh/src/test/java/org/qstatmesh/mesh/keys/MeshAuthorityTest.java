package org.qstatmesh.mesh.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.mesh.keys.MeshAuthority.NodeFiles;

class MeshAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path directory;

  private MeshAuthority authority(String name) throws IOException, GeneralSecurityException {
    return MeshAuthority.in(directory.resolve(name), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void oneAuthoritySignsEveryNodeAndItsKeyIsForItsOwnerAlone() throws Exception {
    NodeFiles first = authority("a").makeNode("n1", List.of("10.0.0.5", "n1.example"), YEAR);
    NodeFiles second = authority("a").makeNode("n2", List.of(), YEAR);
    for (NodeFiles files : List.of(first, second)) {
      NodeCertificate dates = NodeCertificate.checked(files.certificate(), first.authority(), NOW);
      assertEquals(NOW.plus(YEAR), dates.notAfter());
      assertTrue(dates.notBefore().isBefore(NOW), "the other node's clock may be slow");
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("a/mesh-ca.key"))));
  }

  @Test
  void nothingThatIsThereIsWrittenOver() throws Exception {
    NodeFiles files = authority("a").makeNode("n1", List.of(), YEAR);
    String key = Files.readString(files.key());
    assertThrows(
        FileAlreadyExistsException.class, () -> authority("a").makeNode("n1", List.of(), YEAR));
    assertEquals(key, Files.readString(files.key()));
  }

  @Test
  void halfAnAuthorityIsNotMadeAnew() throws Exception {
    authority("a");
    Files.delete(directory.resolve("a/mesh-ca.key"));
    IOException refusal = assertThrows(IOException.class, () -> authority("a"));
    assertTrue(refusal.getMessage().contains("mesh-ca.crt"), refusal.getMessage());
  }

  @Test
  void acceptsNeitherAnotherAuthorityNorWhatHasEnded() throws Exception {
    NodeFiles own = authority("a").makeNode("n1", List.of(), YEAR);
    NodeFiles foreign = authority("b").makeNode("n1", List.of(), YEAR);
    IOException unsigned =
        assertThrows(
            IOException.class,
            () -> NodeCertificate.checked(foreign.certificate(), own.authority(), NOW));
    assertTrue(unsigned.getMessage().contains("was not signed by"), unsigned.getMessage());
    IOException ended =
        assertThrows(
            IOException.class,
            () ->
                NodeCertificate.checked(
                    own.certificate(), own.authority(), NOW.plus(YEAR).plusSeconds(1)));
    assertTrue(ended.getMessage().contains("renew it"), ended.getMessage());
  }
}
