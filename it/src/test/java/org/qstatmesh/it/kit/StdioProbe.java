package org.qstatmesh.it.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code qstat-probe serve --stdio} as its launcher starts it, asked over its own streams, and what
 * Linux tells of it. One thread.
 */
public final class StdioProbe implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HIGHEST_RESIDENT = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  private final Process process;
  private final Path log;
  private final DataOutputStream requests;
  private final DataInputStream replies;
  private int asked;

  private StdioProbe(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.replies = new DataInputStream(process.getInputStream());
  }

  /** A probe of the commands in one folder, that never waits between two runs. */
  public static StdioProbe start(Path commands, Path log, String... options) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Checkout.root().resolve("conf/packaging/qstat-probe").toString());
    words.addAll(List.of("serve", "--stdio", "--minimum-interval", "0"));
    words.addAll(List.of("--command-path", commands.toString()));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectError(Redirect.to(log.toFile())).start();
    return new StdioProbe(process, log);
  }

  /** Asks, and waits for the reply. */
  public JsonNode ask(String op, String more) throws IOException {
    asked++;
    String request =
        "{\"protocol\":\"qstat-mesh/1\",\"id\":\"%d\",\"op\":\"%s\"%s}".formatted(asked, op, more);
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    requests.writeInt(bytes.length);
    requests.write(bytes);
    requests.flush();
    byte[] reply = new byte[replies.readInt()];
    replies.readFully(reply);
    return JSON.readTree(reply);
  }

  /** Takes a new snapshot: the reply to a request for one. */
  public JsonNode snapshot() throws IOException {
    return ask("snapshot", "");
  }

  /** What it logged. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Most memory that it ever had, in MiB. */
  public long highestResidentMebibytes() throws IOException {
    Matcher found = HIGHEST_RESIDENT.matcher(Files.readString(proc().resolve("status")));
    if (!found.find()) {
      throw new AssertionError("no VmHWM");
    }
    return Long.parseLong(found.group(1)) / 1024;
  }

  /** How many descriptors it has open. */
  public long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(proc().resolve("fd"))) {
      return open.count();
    }
  }

  /** Its children, dead or alive. */
  public List<String> children() throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path each : processes) {
        String stat = stat(each);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length > 1 && fields[1].equals(Long.toString(process.pid()))) {
          found.add(stat.substring(0, stat.lastIndexOf(')') + 3));
        }
      }
    }
    return found;
  }

  private static String stat(Path process) {
    try {
      return Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private Path proc() {
    return Path.of("/proc", Long.toString(process.pid()));
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
