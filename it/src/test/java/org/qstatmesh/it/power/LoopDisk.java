package org.qstatmesh.it.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * A disk whose power can be cut: ext4 in a loop file. At the cut the file system is told to shut
 * down as it is ({@code FS_IOC_SHUTDOWN} without flushing its log, ioctl of ext4 and xfs that file
 * system tests use for just this): what nobody synced is dropped, and the next mount finds what a
 * machine finds when its power is back. Needs root.
 */
final class LoopDisk implements AutoCloseable {
  private static final int MEGABYTES = 96;

  /** {@code FS_IOC_SHUTDOWN} is {@code _IOR('X', 125, __u32)}; 2 stands for no log flush. */
  private static final String SHUTDOWN =
      "import fcntl, os, struct, sys\n"
          + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))";

  private final Path image;
  private final Path mounted;

  /** A new one, empty and with power. */
  LoopDisk(Path directory) throws Exception {
    image = Files.createDirectories(directory).resolve("disk.img");
    mounted = Files.createDirectory(directory.resolve("disk"));
    RunningProcess.run(
        "dd", "if=/dev/zero", "of=" + image, "bs=1M", "count=" + MEGABYTES, "conv=fsync");
    // Tables are written now, not by the kernel later.
    RunningProcess.run(
        "/usr/sbin/mkfs.ext4",
        "-q",
        "-F",
        "-E",
        "lazy_itable_init=0,lazy_journal_init=0",
        image.toString());
    mount();
  }

  /** Why there can be none here; null when there can. */
  static String whyNot(Path directory) {
    try (LoopDisk disk = new LoopDisk(directory)) {
      disk.cut();
      return null;
    } catch (Exception e) {
      return "no disk can be made here whose power can be cut: " + e.getMessage();
    }
  }

  private void mount() throws Exception {
    // The kernel's own commit every five seconds would save what nobody asked to be saved.
    RunningProcess.run(
        "mount", "-t", "ext4", "-o", "loop,commit=600", image.toString(), mounted.toString());
  }

  /** Where a program may write. */
  Path path() {
    return mounted;
  }

  /** Cuts the power and turns it on again. Nobody may have a file open any more. */
  void cut() throws Exception {
    RunningProcess.run("/usr/bin/python3", "-c", SHUTDOWN, mounted.toString());
    RunningProcess.run("umount", mounted.toString());
    mount();
  }

  @Override
  public void close() throws IOException {
    try {
      // Also when somebody is in it.
      RunningProcess.run("umount", "-l", mounted.toString());
    } catch (Exception e) {
      System.out.println(mounted + " stays mounted: " + e.getMessage());
    }
    Files.deleteIfExists(image);
  }
}
