package org.qstatmesh.it.page;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.PythonPeer;
import org.qstatmesh.it.kit.RunningProcess;

/** A mesh whose clusters {@code v0}, {@code v1} … have eight vectors each for all their names. */
final class HostileGrid implements AutoCloseable {
  /** As many as a donut has places for. */
  static final int EACH = 8;

  private static final Pattern LISTENS = Pattern.compile("listening on (tcp://\\S+)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|([nrt\\\\]))");

  private final RunningProcess probes;
  private final MeshProcess mesh;
  private final Path flag;
  private final List<String> clusters = new ArrayList<>();

  private HostileGrid(Path directory) throws Exception {
    flag = directory.resolve("happened");
    Path vectors = directory.resolve("vectors.txt");
    Checkout.copyResource("hostile/vectors.txt", vectors);
    probes =
        RunningProcess.start(
            "hostile probes",
            List.of(
                "/usr/bin/python3",
                PythonPeer.script(directory, "hostile_grid.py").toString(),
                vectors.toString(),
                flag.toString(),
                Integer.toString(EACH)));
    probes.awaitLine("all listen");
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
    for (String line : probes.linesAfter(0)) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        clusters.add("v" + clusters.size());
        conf.direct(clusters.get(clusters.size() - 1), listens.group(1));
      }
    }
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  static HostileGrid start(Path directory) throws Exception {
    return new HostileGrid(directory);
  }

  /** The vectors, as they are sent. */
  static List<String> vectors() throws IOException {
    try (var in = HostileGrid.class.getResourceAsStream("/hostile/vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(HostileGrid::unescape)
          .toList();
    }
  }

  private static String unescape(String line) {
    return ESCAPE
        .matcher(line)
        .replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(1), found.group(2))));
  }

  private static String meaning(String hex, String letter) {
    if (hex != null) {
      return Character.toString(Integer.parseInt(hex, 16));
    }
    return switch (letter) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> letter;
    };
  }

  /** What looks for executions, for a context's init script. */
  static String detector() throws IOException {
    try (var in = HostileGrid.class.getResourceAsStream("/hostile/detect.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  URI page() {
    return mesh.page();
  }

  List<String> clusters() {
    return clusters;
  }

  /** From now on more jobs run, and every node is down. */
  void happen() throws IOException {
    Files.createFile(flag);
  }

  @Override
  public void close() {
    mesh.close();
    probes.close();
  }
}
