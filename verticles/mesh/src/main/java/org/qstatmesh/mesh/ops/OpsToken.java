package org.qstatmesh.mesh.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that opens the operators' port: 32 hexadecimal digits in a file of mode 0600. */
public final class OpsToken {
  private static final String FILE = "ops.token";
  private static final int BYTES = 16;

  private final String value;

  private OpsToken(String value) {
    this.value = value;
  }

  /**
   * Reads the token, or makes one where there is none; the data directory is the caller's alone.
   */
  public static OpsToken ofServer(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (Files.exists(file)) {
      return read(data);
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    // Moved into place when it is whole: half a token is what a full disk or a kill would leave.
    Path draft = data.resolve(FILE + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return read(data);
  }

  /** Reads the token of a node that runs, or ran, with this data directory. */
  public static OpsToken read(Path data) throws IOException {
    String value = Files.readString(data.resolve(FILE)).strip();
    if (value.isEmpty()) {
      throw new IOException(data.resolve(FILE) + " is empty: remove it and start the mesh again");
    }
    return new OpsToken(value);
  }

  /** Value of the Authorization header of a request. */
  String header() {
    return "Bearer " + value;
  }

  /** Compares in constant time. */
  boolean accepts(String header) {
    return header != null
        && MessageDigest.isEqual(
            header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }
}
