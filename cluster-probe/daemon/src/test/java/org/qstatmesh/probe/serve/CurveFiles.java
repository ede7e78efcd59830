package org.qstatmesh.probe.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.zeromq.ZMQ;

/** Key pairs, and the file of {@code serve --curve}. */
public final class CurveFiles {
  private CurveFiles() {}

  /** The file for a probe that lets one client in, for nobody else to read. */
  public static Path write(Path file, ZMQ.Curve.KeyPair probe, String clientPublicKey)
      throws IOException {
    return write(
        file,
        """
        {"publicKey": "%s",
         "secretKey": "%s",
         "clients": {"mesh": "%s"}}
        """
            .formatted(probe.publicKey, probe.secretKey, clientPublicKey));
  }

  /** A file of that name and text, for nobody else to read. */
  public static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
