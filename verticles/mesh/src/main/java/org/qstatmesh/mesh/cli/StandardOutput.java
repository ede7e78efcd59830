package org.qstatmesh.mesh.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process's standard output for long tables: unlike {@link System#out} it tells when nobody
 * reads any more.
 */
final class StandardOutput extends OutputStream {
  private static final Path ITSELF = Path.of("/proc/self/fd/1");

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private boolean failed;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** Whether it failed because its reader, such as {@code head}, has enough. */
  boolean isClosedByReader() {
    return failed && isPipe();
  }

  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(ITSELF).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }
}
