package org.qstatmesh.it.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What conf/packaging/Containerfile says, instruction by instruction. */
final class ContainerFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OPTIONS = Pattern.compile("^(--\\S+\\s+)+");

  private final List<String> lines;

  private ContainerFile(List<String> lines) {
    this.lines = lines;
  }

  static ContainerFile read(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String text : Files.readAllLines(file)) {
      if (!text.startsWith("#")) {
        boolean goesOn = text.endsWith("\\");
        line.append(goesOn ? text.substring(0, text.length() - 1) : text);
        if (!goesOn) {
          lines.add(line.toString());
          line.setLength(0);
        }
      }
    }
    return new ContainerFile(lines);
  }

  /** What stands behind an instruction that is there once. */
  String only(String instruction) {
    List<String> found =
        lines.stream()
            .filter(line -> line.startsWith(instruction + " "))
            .map(line -> line.substring(instruction.length() + 1).strip())
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(instruction + " is there " + found.size() + " times");
    }
    return found.get(0);
  }

  /** The shell's part of RUN. */
  String script() {
    return OPTIONS.matcher(only("RUN")).replaceFirst("").strip();
  }

  /** The value of an option of RUN's mount. */
  String mount(String key) {
    return Arrays.stream(only("RUN").split("[ ,]"))
        .filter(word -> word.startsWith(key + "="))
        .map(word -> word.substring(key.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The words of an instruction that is a list. */
  List<String> words(String instruction) throws IOException {
    String text = only(instruction);
    return List.of(JSON.readValue(text.substring(text.indexOf('[')), String[].class));
  }
}
