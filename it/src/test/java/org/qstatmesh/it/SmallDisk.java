package org.qstatmesh.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.qstatmesh.it.kit.RunningProcess;

/** A file system of some megabytes, in memory, that can be full. Needs root. */
final class SmallDisk implements AutoCloseable {
  private static final byte[] BLOCK = new byte[4_096];
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path path;
  private volatile boolean full;
  private Thread filler;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one. */
  static SmallDisk mount(Path path, int megabytes) throws Exception {
    Files.createDirectories(path);
    RunningProcess.run(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString());
    return new SmallDisk(path);
  }

  /** Why there can be none here; null when there can. */
  static String whyNot(Path path) throws IOException {
    try {
      mount(path, 1).close();
      return null;
    } catch (Exception e) {
      return "no file system may be mounted here: " + e.getMessage();
    }
  }

  Path path() {
    return path;
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  /** From now on it is full, whatever others delete. */
  void fill() {
    full = true;
    filler = new Thread(this::takeWhatIsFree, "filler");
    filler.setDaemon(true);
    filler.start();
  }

  private void takeWhatIsFree() {
    while (full) {
      try (OutputStream out =
          Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (full) {
          out.write(BLOCK);
        }
      } catch (IOException e) {
        // Full: until somebody deletes something.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** From now on there is room again. */
  void free() throws Exception {
    full = false;
    filler.join();
    Files.delete(ballast());
  }

  @Override
  public void close() {
    full = false;
    try {
      RunningProcess.run("umount", "-l", path.toString());
    } catch (Exception e) {
      System.out.println(path + " stays mounted: " + e.getMessage());
    }
  }
}
