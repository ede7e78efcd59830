package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "jdbc:mysql://db/mesh, only jdbc:sqlite:",
    "jdbc:postgresql:mesh, must be jdbc:postgresql://",
    "jdbc:postgresql://db, must be jdbc:postgresql://",
    "jdbc:postgresql://db/, must be jdbc:postgresql://",
    "jdbc:postgresql://a@db/mesh, must be jdbc:postgresql://",
    "jdbc:postgresql://db/mesh/x, must be jdbc:postgresql://",
    "jdbc:postgresql://db/mesh?socketFactory=java.io.File, parameter socketFactory",
    "jdbc:postgresql://db/mesh?ssl=true&sslfactory=x, parameter sslfactory",
    "jdbc:postgresql://db/mesh?loggerFile=/etc/passwd, parameter loggerFile",
    "jdbc:postgresql://db/mesh?options=-c%20synchronous_commit=off, parameter options",
    "jdbc:postgresql://db/mesh?, parameter ",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/mesh",
        "jdbc:postgresql://db.example.org:5433/mesh",
        "jdbc:postgresql://[::1]:5433/mesh",
        "jdbc:postgresql://a,b:5433/mesh?targetServerType=primary",
        "jdbc:postgresql://db/mesh?sslmode=verify-full&sslrootcert=/etc/ca.pem&currentSchema=a",
      })
  void aServerIsTakenWithHarmlessParameters(String url) {
    assertTrue(new StoreConfig("here", url, DATA).database().toString().startsWith(url));
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotRepeated() {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StoreConfig("here", "jdbc:postgresql://db/mesh?password=opensesame", DATA));

    assertTrue(refusal.getMessage().contains("passwordFile"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("opensesame"), refusal.getMessage());
  }

  @Test
  void aPathWithANulIsNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new StoreConfig("here", "jdbc:sqlite:a\u0000b", DATA));
  }
}
