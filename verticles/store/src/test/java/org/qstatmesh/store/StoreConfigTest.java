package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class StoreConfigTest {
  private static final Path DATA = Path.of("/srv/mesh/data");

  @ParameterizedTest
  @CsvSource({
    "jdbc:sqlite:qstat-mesh.db, /srv/mesh/data/qstat-mesh.db",
    "jdbc:sqlite:sub/x.db, /srv/mesh/data/sub/x.db",
    "jdbc:sqlite:sub/../x.db, /srv/mesh/data/x.db",
    "jdbc:sqlite:/var/lib/x.db, /var/lib/x.db",
  })
  void aNameStartsAtTheDataDirectory(String url, Path file) {
    assertEquals(file, new StoreConfig("here", url, DATA).databaseFile());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/mesh, only jdbc:sqlite:",
    "qstat-mesh.db, only jdbc:sqlite:",
    "'jdbc:sqlite:', must name a file",
    "'jdbc:sqlite: ', must name a file",
    "jdbc:sqlite:., must name a file",
    "jdbc:sqlite:/, must name a file",
    "jdbc:sqlite::memory:, must name a file",
    "jdbc:sqlite::resource:http://x/y.db, must name a file",
    "jdbc:sqlite:file:x.db, must name a file",
    "jdbc:sqlite:x.db?synchronous=OFF, parameters",
    "jdbc:sqlite:../x.db, leaves the data directory",
    "jdbc:sqlite:sub/../../data2/x.db, leaves the data directory",
  })
  void anythingElseIsRefusedWithItsReason(String url, String reason) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> new StoreConfig("here", url, DATA));

    assertTrue(refusal.getMessage().startsWith("store.url " + url), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void aPathWithANulIsNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new StoreConfig("here", "jdbc:sqlite:a\u0000b", DATA));
  }
}
