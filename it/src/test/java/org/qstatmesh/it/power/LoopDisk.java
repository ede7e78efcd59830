package org.qstatmesh.it.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * A disk whose power can be cut: ext4 in a loop file that lies on another ext4 in a loop file. What
 * the inner file system wrote but did not flush is in the page cache of the outer one, as in the
 * volatile cache of a disk, and what it has not even written is in its own: neither is in the outer
 * loop file. A copy of that is what a power cut leaves. Needs root.
 */
final class LoopDisk implements AutoCloseable {
  private static final int DISK_MEGABYTES = 96;
  private static final int PLATTER_MEGABYTES = 128;

  private final Path directory;
  private Mounted platter;
  private Mounted disk;
  private int cuts;

  /** A file system that is mounted. */
  private record Mounted(Path image, Path at) {
    static Mounted of(Path image, Path at, String options) throws Exception {
      Files.createDirectories(at);
      RunningProcess.run("mount", "-t", "ext4", "-o", options, image.toString(), at.toString());
      return new Mounted(image, at);
    }

    void unmount() throws Exception {
      RunningProcess.run("umount", at.toString());
    }

    /** Also when somebody is in it. */
    void detach() {
      try {
        RunningProcess.run("umount", "-l", at.toString());
      } catch (Exception e) {
        System.out.println(at + " stays mounted: " + e.getMessage());
      }
    }
  }

  /** A new one, empty and with power. */
  LoopDisk(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    Path image = directory.resolve("platter-0.img");
    // A disk has no journal of its own.
    make(image, PLATTER_MEGABYTES, "-O", "^has_journal");
    platter = Mounted.of(image, directory.resolve("platter-0"), "loop,noatime");
    try {
      Path inner = platter.at().resolve("disk.img");
      make(inner, DISK_MEGABYTES);
      mountDisk();
    } catch (Exception e) {
      platter.detach();
      throw e;
    }
  }

  /** Why there can be none here; null when there can. */
  static String whyNot(Path directory) {
    try {
      new LoopDisk(directory).close();
      return null;
    } catch (Exception e) {
      return "no loop device may be mounted here: " + e.getMessage();
    }
  }

  private static void make(Path image, int megabytes, String... options) throws Exception {
    // Whole, with no holes: writing to it changes no metadata of the file system that it is in.
    RunningProcess.run(
        "dd", "if=/dev/zero", "of=" + image, "bs=1M", "count=" + megabytes, "conv=fsync");
    List<String> command = new ArrayList<>(List.of("/usr/sbin/mkfs.ext4", "-q", "-F"));
    command.addAll(List.of(options));
    // Tables are written now, not by the kernel later.
    command.addAll(List.of("-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString()));
    RunningProcess.run(command.toArray(String[]::new));
    RunningProcess.run("sync", image.toString());
  }

  private void mountDisk() throws Exception {
    // The kernel's own commit every five seconds would save what nobody asked to be saved.
    disk =
        Mounted.of(
            platter.at().resolve("disk.img"), directory.resolve("disk-" + cuts), "loop,commit=600");
  }

  /** Where a program may write. */
  Path path() {
    return disk.at();
  }

  /**
   * Cuts the power and turns it on again: {@link #path} is another now, with what was flushed.
   * Nobody may write any more.
   */
  void cut() throws Exception {
    cuts++;
    Path image = directory.resolve("platter-" + cuts + ".img");
    Files.copy(platter.image(), image, StandardCopyOption.REPLACE_EXISTING);
    disk.unmount();
    platter.unmount();
    Files.delete(platter.image());
    platter = Mounted.of(image, directory.resolve("platter-" + cuts), "loop,noatime");
    mountDisk();
  }

  @Override
  public void close() throws IOException {
    disk.detach();
    platter.detach();
    Files.deleteIfExists(platter.image());
  }
}
