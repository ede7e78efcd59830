package org.qstatmesh.store.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A file that appears when it is whole and on disk, or not at all; readable by its owner alone,
 * because it says who ran what; never in the place of another. Messages are for the person who
 * named it.
 */
public final class NewFile implements Closeable {
  private final Path file;
  private final Path draft;

  private NewFile(Path file, Path draft) {
    this.file = file;
    this.draft = draft;
  }

  /** Makes an empty draft beside {@code file}. */
  public static NewFile of(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file + " is there already, and nothing is overwritten");
    }
    Path directory = Objects.requireNonNull(absolute.getParent(), "only / has none");
    try {
      Path draft =
          Files.createTempFile(
              directory,
              "." + absolute.getFileName() + "-",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      // A person who presses Ctrl-C wants no half of it.
      draft.toFile().deleteOnExit();
      return new NewFile(absolute, draft);
    } catch (NoSuchFileException e) {
      throw new IOException("the directory " + directory + " is not there", e);
    } catch (AccessDeniedException e) {
      throw new IOException("the directory " + directory + " may not be written", e);
    }
  }

  /** Where to write. */
  public Path draft() {
    return draft;
  }

  /** Puts what was written to disk and under its name. */
  public void publish() throws IOException {
    try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(draft, file);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(draft);
  }
}
