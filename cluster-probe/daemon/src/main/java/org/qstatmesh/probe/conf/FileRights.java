package org.qstatmesh.probe.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Who may read, and who may have written, a file that the probe relies on. */
public enum FileRights {
  /** Holds a secret: nobody but its owner reads or writes it. */
  SECRET {
    @Override
    void check(Path file, long probeUserId, ConfProblems problems) throws IOException {
      if (grants(file, EnumSet.of(READ_GROUP, WRITE_GROUP, READ_OTHERS, WRITE_OTHERS))) {
        problems.add("holds a secret key and is open to others than its owner: chmod 600 " + file);
      }
    }
  },
  /** Limits what the probe tells: only root or the probe's own user may have written it. */
  BINDING {
    @Override
    void check(Path file, long probeUserId, ConfProblems problems) throws IOException {
      long owner = ((Number) Files.getAttribute(file, "unix:uid")).longValue();
      if (owner != ROOT && owner != probeUserId) {
        problems.add(
            "belongs to user "
                + Files.getOwner(file).getName()
                + "; it must belong to root or to the probe's user: chown root "
                + file);
      }
      if (grants(file, EnumSet.of(WRITE_GROUP, WRITE_OTHERS))) {
        problems.add("can be written by others than its owner: chmod go-w " + file);
      }
    }
  };

  private static final PosixFilePermission READ_GROUP = PosixFilePermission.GROUP_READ;
  private static final PosixFilePermission WRITE_GROUP = PosixFilePermission.GROUP_WRITE;
  private static final PosixFilePermission READ_OTHERS = PosixFilePermission.OTHERS_READ;
  private static final PosixFilePermission WRITE_OTHERS = PosixFilePermission.OTHERS_WRITE;
  private static final long ROOT = 0;

  /** Notes what is wrong with the rights; symbolic links are followed. */
  abstract void check(Path file, long probeUserId, ConfProblems problems) throws IOException;

  private static boolean grants(Path file, Set<PosixFilePermission> rights) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(rights::contains);
  }

  /** The number of the user this process runs as. */
  static long ownUserId() throws IOException {
    return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
  }
}
