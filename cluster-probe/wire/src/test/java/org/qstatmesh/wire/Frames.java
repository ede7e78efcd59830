package org.qstatmesh.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The golden frames, {@code src/test/resources/frames}; foreign-* are not ours and only read. */
final class Frames {
  private static final Path FOLDER = Path.of("src", "test", "resources", "frames");

  private Frames() {}

  static byte[] read(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(read(name), UTF_8);
  }

  /**
   * With -Dfixtures.update=true the frame becomes what we write, and its diff is what a reviewer
   * sees.
   */
  static void updateIfAsked(String name, byte[] frame) throws IOException {
    if (Boolean.getBoolean("fixtures.update")) {
      Files.write(FOLDER.resolve(name + ".json"), frame);
    }
  }

  static List<String> names(String prefix) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reply around the text of a snapshot. */
  static byte[] reply(String snapshot) {
    return bytes("{\"protocol\":\"qstat-mesh/1\",\"id\":\"7\",\"snapshot\":" + snapshot + "}");
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The snapshot in the text. */
  static Snapshot snapshot(String text) throws WireException {
    ProbeReply reply = WireCodec.decodeReply(reply(text), WireLimits.REPLY);
    return ((ProbeReply.OfSnapshot) reply).snapshot();
  }

  /** A snapshot of a foreign probe with these arrays' insides. */
  static Snapshot snapshot(String jobs, String nodes, String more) throws WireException {
    return snapshot(
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":["
            + jobs
            + "],\"nodes\":["
            + nodes
            + "]"
            + more
            + "}");
  }
}
