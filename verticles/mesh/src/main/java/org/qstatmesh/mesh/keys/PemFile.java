package org.qstatmesh.mesh.keys;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Keys and certificates as PEM (RFC 7468), which every other tool reads. */
final class PemFile {
  private PemFile() {}

  /** Writes a new file, mode 0600, PKCS #8; fails when it is there. */
  static void write(Path file, PrivateKey key) throws IOException {
    create(file, "rw-------", text(new JcaPKCS8Generator(key, null)));
  }

  /** Writes a new file, mode 0644; fails when it is there. */
  static void write(Path file, X509Certificate certificate) throws IOException {
    create(file, "rw-r--r--", text(certificate));
  }

  /** The first object of a file. */
  static Object read(Path file) throws IOException {
    try (PEMParser parser = new PEMParser(Files.newBufferedReader(file))) {
      Object found = parser.readObject();
      if (found == null) {
        throw new IOException(file + " holds nothing in PEM");
      }
      return found;
    }
  }

  private static String text(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }

  private static void create(Path file, String mode, String text) throws IOException {
    Set<OpenOption> options =
        new HashSet<>(EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    options.add(LinkOption.NOFOLLOW_LINKS);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
