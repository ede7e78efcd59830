package org.qstatmesh.probe.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;

@Timeout(10)
class CommandPathTest {
  @TempDir Path folder;

  @Test
  void searchesTheAbsoluteFoldersOfPathOnly() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    new FakeCommands(second).command("qstat-of-test", "exit 0");
    CommandPath path =
        CommandPath.ofSystem(
            Map.of("PATH", "relative:.::" + first + ":" + second, "PBS_EXEC", "/x/pbs"));
    assertEquals(second.resolve("qstat-of-test"), path.find("qstat-of-test"));
    assertTrue(
        path.searched().startsWith(first + ", " + second + ", /x/pbs/bin, "), path.searched());
    assertTrue(path.searched().contains("/opt/pbs/bin"), path.searched());
    assertFalse(path.searched().contains("relative"), path.searched());
  }

  @Test
  void searchesNothingBesidesTheFolderItWasGiven() {
    CommandPath path = CommandPath.only(folder);
    assertThrows(CommandMissingException.class, () -> path.find("sh"));
    assertFalse(path.has("sh"));
  }

  @Test
  void refusesAWayOutOfTheFolder() {
    CommandPath path = CommandPath.only(folder);
    assertThrows(CommandMissingException.class, () -> path.find("../../bin/sh"));
    assertThrows(CommandMissingException.class, () -> path.find("/bin/sh"));
    assertThrows(CommandMissingException.class, () -> path.find(""));
  }
}
