package org.qstatmesh.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.RunningProcess;

/** The installer below a folder, as who makes a package runs it. */
@Timeout(180)
class InstallerIT {
  @TempDir private Path directory;
  private Path archive;
  private Path root;

  @BeforeEach
  void unpack() throws Exception {
    archive = ServerArchive.unpack(Files.createDirectory(directory.resolve("un packed")));
    root = Files.createDirectory(directory.resolve("some root"));
  }

  @Test
  void putsEverythingToItsPlace() throws Exception {
    install(archive, "--root", root.toString());
    String version = Files.readString(archive.resolve("VERSION")).strip();
    String home = "opt/qstat-mesh-" + version;
    Set<String> found = files();
    for (String wanted :
        List.of(
            home + "/bin/qstat-mesh",
            home + "/lib/qstat-mesh.jar",
            home + "/conf/README.md",
            home + "/install",
            home + "/README",
            home + "/LICENSE",
            "opt/qstat-mesh",
            "usr/local/bin/qstat-mesh",
            "usr/local/lib/systemd/system/qstat-mesh.service",
            "usr/local/lib/systemd/system/qstat-mesh@.service",
            "etc/qstat-mesh/mesh.json",
            "etc/qstat-mesh/clusters.json",
            "etc/qstat-mesh/schema/mesh.schema.json")) {
      assertTrue(found.contains(wanted), wanted + " is not among " + found);
    }
    assertEquals("rwx------", mode("etc/qstat-mesh/keys"));
    assertEquals("rwx------", mode("var/lib/qstat-mesh"));
    assertEquals(
        "qstat-mesh " + version,
        RunningProcess.run(root.resolve(home + "/bin/qstat-mesh").toString(), "--version"));
  }

  @Test
  void anotherVersionLeavesConfigurationAndTheOneBefore() throws Exception {
    install(archive, "--root", root.toString());
    String first = link();
    // Somebody has put all into one file: the two that came must not come back beside it.
    Path conf = root.resolve("etc/qstat-mesh");
    Files.delete(conf.resolve("mesh.json"));
    Files.move(conf.resolve("clusters.json"), conf.resolve("ours.json"));
    Files.writeString(archive.resolve("VERSION"), "9.9.9\n");
    install(archive, "--root", root.toString());
    assertEquals("qstat-mesh-9.9.9", link());
    assertTrue(Files.exists(root.resolve("opt").resolve(first).resolve("lib/qstat-mesh.jar")));
    try (Stream<Path> left = Files.list(conf)) {
      assertEquals(
          Set.of("ours.json", "keys", "schema"),
          left.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    // The one before, from where it lies: that is the way back.
    install(root.resolve("opt").resolve(first), "--root", root.toString());
    assertEquals(first, link());
  }

  @Test
  void againIsTheSame() throws Exception {
    install(archive, "--root", root.toString());
    Set<String> before = files();
    install(archive, "--root", root.toString());
    assertEquals(before, files());
  }

  @Test
  void goesWithoutTakingConfigurationOrHistory() throws Exception {
    install(archive, "--root", root.toString());
    Files.writeString(root.resolve("var/lib/qstat-mesh/qstat-mesh.db"), "history");
    Path other = Files.createDirectory(root.resolve("opt/qstat-mesh-notes"));
    String said = install(archive, "--root", root.toString(), "--uninstall");
    assertTrue(said.contains("/etc/qstat-mesh, /var/lib/qstat-mesh"), said);
    Set<String> left = files();
    assertTrue(left.contains("etc/qstat-mesh/mesh.json"), left.toString());
    assertTrue(left.contains("var/lib/qstat-mesh/qstat-mesh.db"), left.toString());
    assertFalse(
        left.stream().anyMatch(file -> file.startsWith("opt/") || file.startsWith("usr/")),
        left.toString());
    assertTrue(Files.isDirectory(other), "not ours");
  }

  @Test
  void usageIs64AndAMissingRootIsSaid() throws Exception {
    try (RunningProcess wrong = start(archive, "--rot", "x")) {
      assertEquals(64, wrong.exitCode(Eventually.PATIENCE));
      assertTrue(wrong.output().contains("--uninstall"), wrong::output);
    }
    try (RunningProcess wrong = start(archive, "--root", root.resolve("none").toString())) {
      assertEquals(1, wrong.exitCode(Eventually.PATIENCE));
      assertTrue(wrong.output().contains("a directory that is there"), wrong::output);
    }
  }

  /** Of the two units only what must differ does: who hardens one hardens the other. */
  @Test
  void bothUnitsAreEquallyHard() throws Exception {
    assertEquals(hardening("qstat-mesh.service"), hardening("qstat-mesh@.service"));
  }

  private static List<String> hardening(String unit) throws Exception {
    List<String> lines = Files.readAllLines(Checkout.root().resolve("conf/packaging/" + unit));
    return lines.subList(lines.indexOf("StateDirectoryMode=0700"), lines.size());
  }

  private static RunningProcess start(Path folder, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(folder.resolve("install").toString()), Stream.of(arguments))
            .toList();
    return RunningProcess.start("install", command);
  }

  private static String install(Path folder, String... arguments) throws Exception {
    try (RunningProcess install = start(folder, arguments)) {
      assertEquals(0, install.exitCode(Eventually.PATIENCE), install::output);
      return install.output();
    }
  }

  private String link() throws Exception {
    return Files.readSymbolicLink(root.resolve("opt/qstat-mesh")).toString();
  }

  private String mode(String path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  /** All files and links. */
  private Set<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> !Files.isDirectory(file) || Files.isSymbolicLink(file))
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
