package org.qstatmesh.mesh.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory a node owns, or a command that does what only one may do at a time: mode 0700.
 * Closing lets the next one in. Blocks.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes it where it is missing, and locks it; throws {@link StartException} that says what to do.
   */
  public static DataDirectory open(Path path) throws StartException {
    try {
      Path absolute = path.toAbsolutePath().normalize();
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      warnIfOthersMayEnter(absolute);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (!lock(channel)) {
        channel.close();
        throw new StartException(
            StartException.UNAVAILABLE, "another mesh runs with --data " + absolute);
      }
      return new DataDirectory(absolute, channel);
    } catch (IOException e) {
      throw new StartException(
          StartException.CONFIGURATION, "the data directory " + path + " cannot be used: " + e, e);
    }
  }

  /** Only said: it may be a directory that was made for more than this. */
  private static void warnIfOthersMayEnter(Path directory) throws IOException {
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(directory);
    if (!PRIVATE.containsAll(granted)) {
      LOG.warn(
          "{} is {}: others can read who runs what, chmod 700 it",
          directory,
          PosixFilePermissions.toString(granted));
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
