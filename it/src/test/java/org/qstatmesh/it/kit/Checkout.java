package org.qstatmesh.it.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is tested, and where. */
public final class Checkout {
  /** Small Javas: a dozen of them stand side by side. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** One for the whole JVM, which is what has ports of its own. */
  private static final FreePorts PORTS = FreePorts.claim();

  private Checkout() {}

  /** The checkout. */
  public static Path root() {
    return Path.of(System.getProperty("qstatmesh.root", "..")).toAbsolutePath().normalize();
  }

  /** Where tests leave pictures and figures. */
  public static Path target() throws IOException {
    return Files.createDirectories(Path.of("target").toAbsolutePath());
  }

  /** The command line of the packaged probe. */
  public static List<String> probe(List<String> arguments) {
    return java(root().resolve("cluster-probe/daemon/target/qstat-probe.jar"), 128, arguments);
  }

  /** The command line of the packaged mesh. */
  public static List<String> mesh(List<String> arguments) {
    return java(root().resolve("verticles/mesh/target/qstat-mesh.jar"), 512, arguments);
  }

  private static List<String> java(Path jar, int heapMegabytes, List<String> arguments) {
    if (!Files.isReadable(jar)) {
      throw new AssertionError(jar + " is missing; build it with mvn -q -DskipTests package");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.addAll(JVM_OPTIONS);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  /** A port of loopback that nobody listened at a moment ago, and that nobody else is given. */
  public static int freePort() throws IOException {
    return PORTS.next();
  }

  /** Copies a resource of the tests; its path starts at src/test/resources. */
  public static void copyResource(String resource, Path to) throws IOException {
    try (InputStream in = Checkout.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new AssertionError("no resource " + resource);
      }
      Files.copy(in, to);
    }
  }

  /** Deletes a directory and all that is in it. */
  public static void deleteTree(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
