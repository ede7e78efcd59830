package org.qstatmesh.tunnel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qstatmesh.bus.FailureCode;

/**
 * The host keys of one known_hosts file (format: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain,
 * hashed, negated and wildcard names, {@code [host]:port}, {@code @revoked}. Lines that cannot be
 * read are remembered by number and trusted for nothing. sshj's own reader is not used: it takes a
 * negated name for a match of every other host, and skips bad lines in silence.
 */
final class KnownHosts {
  private static final int DEFAULT_PORT = 22;
  private static final long MAX_FILE_BYTES = 4 << 20;

  /** What the file says about a host's key. */
  enum Verdict {
    /** The key is the one on file. */
    KNOWN,
    /** No line names this host. */
    UNKNOWN_HOST,
    /** The host is on file with keys of other types only. */
    OTHER_TYPE,
    /** The host is on file with another key of this type. */
    CHANGED,
    /** The file names this very key as never to be accepted. */
    REVOKED
  }

  /** A line that can be used; the key in base64. */
  private record Line(boolean revoked, HostPattern hosts, String type, String key) {}

  private final Path file;
  private final List<Line> lines;
  private final List<String> problems;

  private KnownHosts(Path file, List<Line> lines, List<String> problems) {
    this.file = file;
    this.lines = lines;
    this.problems = problems;
  }

  /** Reads the file; without it no host can be trusted. */
  static KnownHosts read(Path file) throws SshFailure {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new SshFailure(FailureCode.HOST_KEY_MISMATCH, file + " is larger than 4 MiB");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return parse(file, text);
    } catch (NoSuchFileException e) {
      throw new SshFailure(
          FailureCode.HOST_KEY_MISMATCH, "the file of known hosts " + file + " does not exist", e);
    } catch (IOException e) {
      throw new SshFailure(
          FailureCode.HOST_KEY_MISMATCH, "the file of known hosts cannot be read: " + e, e);
    }
  }

  static KnownHosts parse(Path file, String text) {
    List<Line> lines = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String trimmed = line.strip();
      if (trimmed.isEmpty() || trimmed.startsWith("#")) {
        continue;
      }
      try {
        lines.add(parseLine(trimmed));
      } catch (IllegalArgumentException e) {
        problems.add(file + " line " + number + ": " + e.getMessage());
      }
    }
    return new KnownHosts(file, List.copyOf(lines), List.copyOf(problems));
  }

  private static Line parseLine(String line) {
    String[] fields = line.split("\\s+");
    int at = 0;
    boolean revoked = fields[0].equals("@revoked");
    if (revoked) {
      at++;
    } else if (fields[0].startsWith("@")) {
      throw new IllegalArgumentException(fields[0] + " is not supported");
    }
    if (fields.length < at + 3) {
      throw new IllegalArgumentException("not of the form \"host type key\"");
    }
    HostPattern hosts = HostPattern.parse(fields[at]);
    String type = fields[at + 1];
    byte[] key = Base64.getDecoder().decode(fields[at + 2]);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    // A key blob starts with the length of its type's name and the name (RFC 4253, section 6.6).
    int start = Integer.BYTES;
    if (key.length < start + name.length
        || !Arrays.equals(key, start, start + name.length, name, 0, name.length)) {
      throw new IllegalArgumentException("the key is not of type " + type);
    }
    return new Line(revoked, hosts, type, Base64.getEncoder().encodeToString(key));
  }

  Path file() {
    return file;
  }

  /** Lines that could not be read, each with its number and the reason. */
  List<String> problems() {
    return problems;
  }

  /** Types of the keys on file for this host, in the file's order; empty for an unknown host. */
  Set<String> typesOf(String host, int port) {
    String name = nameOf(host, port);
    Set<String> types = new LinkedHashSet<>();
    for (Line line : lines) {
      if (!line.revoked() && line.hosts().matches(name)) {
        types.add(line.type());
      }
    }
    return types;
  }

  /** Judges the key that a host showed. */
  Verdict judge(String host, int port, String type, byte[] key) {
    String name = nameOf(host, port);
    String shown = Base64.getEncoder().encodeToString(key);
    Verdict verdict = Verdict.UNKNOWN_HOST;
    for (Line line : lines) {
      if (!line.hosts().matches(name)) {
        continue;
      }
      boolean same = line.key().equals(shown);
      if (line.revoked()) {
        if (same) {
          return Verdict.REVOKED;
        }
      } else if (same) {
        verdict = Verdict.KNOWN;
      } else if (verdict != Verdict.KNOWN && line.type().equals(type)) {
        verdict = Verdict.CHANGED;
      } else if (verdict == Verdict.UNKNOWN_HOST) {
        verdict = Verdict.OTHER_TYPE;
      }
    }
    return verdict;
  }

  /** The name a host has in such a file. */
  static String nameOf(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return port == DEFAULT_PORT ? lower : "[" + lower + "]:" + port;
  }
}
