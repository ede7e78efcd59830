package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fixture folder gives exactly its {@code expected.json}. {@code -Dfixtures.update=true}
 * writes the file anew; the difference is then read line by line before it is committed.
 */
@Timeout(60)
class GoldenTest {

  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void folderGivesItsSnapshot(Fixture fixture) throws Exception {
    Path file = fixture.folder().resolve("expected.json");
    String json = fixture.snapshotJson();
    if (Boolean.getBoolean("fixtures.update")) {
      Files.writeString(file, json);
    }
    assertEquals(Files.readString(file, StandardCharsets.UTF_8), json);
  }

  @Test
  void foldersOfAllSchedulersAreFound() {
    assertTrue(fixtures().size() >= 11, "too few fixture folders: " + fixtures());
  }
}
