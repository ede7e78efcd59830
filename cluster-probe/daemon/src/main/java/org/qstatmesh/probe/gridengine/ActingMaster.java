package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The host of the server, which Grid Engine's clients read from {@code
 * $SGE_ROOT/$SGE_CELL/common/act_qmaster} and no listing tells. A shadow master writes its own name
 * there when it takes over, so the file is read each time.
 */
final class ActingMaster {
  /** Where Debian's wrappers put it when the environment does not say. */
  private static final String DEBIAN_ROOT = "/var/lib/gridengine";

  private static final int LONGEST_FILE = 1_024;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

  private final Path file;

  private ActingMaster(Path file) {
    this.file = file;
  }

  /** The one that commands with this environment ask. */
  static ActingMaster of(Map<String, String> environment) {
    String root = environment.getOrDefault("SGE_ROOT", DEBIAN_ROOT);
    String cell = environment.getOrDefault("SGE_CELL", "default");
    return new ActingMaster(Path.of(root, cell, "common", "act_qmaster"));
  }

  /** Its name; null when the file is not there or holds none. */
  String hostName() {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
        return null;
      }
      String name = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return HOST.matcher(name).matches() ? name : null;
    } catch (IOException unreadable) {
      return null;
    }
  }
}
