package org.qstatmesh.demo.login;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** Key pairs and the files of OpenSSH they are kept in. */
final class LoginKeys {
  private static final int ED25519_BITS = 256;

  private LoginKeys() {}

  static KeyPair newEd25519() {
    try {
      return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ed25519 needs Bouncy Castle on the class path", e);
    }
  }

  /** Writes a private key without passphrase, mode 0600. */
  static void writePrivate(KeyPair pair, Path file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "qstat-mesh demo", null, text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key without passphrase needs no encryption", e);
    }
    // created with its mode: between a creation and a chmod others could open it
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, text.toByteArray());
  }

  /** A line of known_hosts for a server on 127.0.0.1. */
  static String knownHostsLine(PublicKey hostKey, int port) {
    StringBuilder line = new StringBuilder("[127.0.0.1]:" + port + " ");
    try {
      PublicKeyEntry.appendPublicKeyEntry(line, hostKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.append('\n').toString();
  }
}
