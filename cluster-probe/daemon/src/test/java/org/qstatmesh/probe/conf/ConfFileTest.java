package org.qstatmesh.probe.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ConfFileTest {
  @TempDir Path folder;

  @Test
  void readsValuesOfEveryKind() throws Exception {
    ConfFile conf =
        read("{\"n\": 5, \"b\": true, \"t\": \"x\", \"l\": [\"a\", \"b\"], \"o\": {\"k\": \"v\"}}");
    assertEquals(Optional.of(5), conf.root().integer("n", 0, 5));
    assertEquals(Optional.of(true), conf.root().flag("b"));
    assertEquals(Optional.of("x"), conf.root().text("t"));
    assertEquals(Optional.of(Set.of("a", "b")), conf.root().texts("l"));
    assertEquals(List.of("k"), conf.root().object("o").orElseThrow().keys());
    assertEquals(Optional.empty(), conf.root().flag("absent"));
    conf.check();
  }

  @Test
  void saysEveryProblemWithItsPlace() throws Exception {
    ConfFile conf =
        read("{\"n\": 6, \"b\": 1, \"t\": [], \"l\": [\"a\", 2, \"\"], \"b\": null, \"u\": {}}");
    conf.root().integer("n", 0, 5);
    conf.root().flag("b");
    conf.root().text("t");
    conf.root().texts("l");
    conf.root().object("o");
    String at = folder.resolve("f") + "#/";
    assertEquals(
        List.of(
            at + "b: is given twice",
            at + "n: must be a whole number from 0 to 5",
            at + "b: must be true or false",
            at + "t: must be a string",
            at + "l/1: must be a string that is not empty",
            at + "l/2: must be a string that is not empty",
            at + "o: is missing",
            at + "u: is unknown; known are n, b, t, l, o"),
        assertThrows(ConfigurationException.class, conf::check).problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ''           ; is empty
          {"a": "sec   ; is no JSON at line 1, column 11
          [1]          ; is no JSON object
          nonsense     ; is no JSON at line 1, column 9
          {} {}        ; goes on after its end
          """)
  void refusesWhatIsNoObject(String text, String problem) throws Exception {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> read(text).check());
    assertEquals(List.of(folder.resolve("f") + ": " + problem), refused.problems());
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> ConfFile.read(missing, FileRights.BINDING));
    assertEquals(List.of(missing + ": there is no such file"), refused.problems());
  }

  @Test
  void refusesWhatNestsWithoutEnd() {
    String deep = "{\"a\":".repeat(20) + "1" + "}".repeat(20);
    ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(deep));
    assertEquals(
        List.of(folder.resolve("f") + ": cannot be read: nested too deeply"), refused.problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void refusesABindingFileThatOthersMayWrite(String rights) throws Exception {
    Path file = write("{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    ConfFile conf = ConfFile.read(file, FileRights.BINDING);
    assertEquals(
        List.of(file + ": can be written by others than its owner: chmod go-w " + file),
        assertThrows(ConfigurationException.class, conf::check).problems());
  }

  /** Root's own files and the probe's are taken; the owner of this one is made to be neither. */
  @Test
  void refusesABindingFileOfAThirdUser() throws Exception {
    Path file = write("{}");
    long owner = FileRights.ownUserId();
    ConfFile.read(file, FileRights.BINDING, owner).check();
    if (owner == 0) {
      owner = 12_345;
      Files.setAttribute(file, "unix:uid", (int) owner);
      ConfFile.read(file, FileRights.BINDING, owner).check();
    }
    ConfFile foreign = ConfFile.read(file, FileRights.BINDING, owner + 1);
    List<String> problems = assertThrows(ConfigurationException.class, foreign::check).problems();
    assertTrue(
        problems.get(0).contains("must belong to root or to the probe's user"), problems::toString);
  }

  private ConfFile read(String text) throws IOException, ConfigurationException {
    return ConfFile.read(write(text), FileRights.BINDING);
  }

  private Path write(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
