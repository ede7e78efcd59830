package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Makes login keys, in the form that ssh-keygen writes. Blocks; not for an event loop. */
public final class KeyPairFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyPairFile() {}

  /**
   * Writes a new ed25519 key without passphrase to {@code privateFile} (mode 0600) and its public
   * line to {@code privateFile.pub}.
   *
   * @param comment ends the public line; one line of printable characters
   * @return the public line, {@code ssh-ed25519 AAAA… comment}
   * @throws java.nio.file.FileAlreadyExistsException one of the files exists; nothing is
   *     overwritten
   */
  public static String generateEd25519(Path privateFile, String comment) throws IOException {
    if (comment.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a comment has no control characters");
    }
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
    StringWriter pem = new StringWriter();
    try (PemWriter writer = new PemWriter(pem)) {
      writer.writeObject(
          new PemObject("OPENSSH PRIVATE KEY", OpenSSHPrivateKeyUtil.encodePrivateKey(key)));
    }
    byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
    String line = publicLine(blob, comment);
    createOwnerOnly(privateFile, pem.toString().replace("\r\n", "\n"));
    Path publicFile = privateFile.resolveSibling(privateFile.getFileName() + ".pub");
    Files.writeString(publicFile, line + "\n", StandardOpenOption.CREATE_NEW);
    return line;
  }

  /**
   * The public line of a private key that is there already.
   *
   * @param passphraseFile file whose first line opens the key; null for a key without one
   * @throws IOException the key cannot be used; the message names the file and says why
   */
  public static String publicLine(Path privateFile, Path passphraseFile, String comment)
      throws IOException {
    try {
      return publicLine(
          HostKeySeen.blob(IdentityFile.load(privateFile, passphraseFile).getPublic()), comment);
    } catch (SshFailure e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String publicLine(byte[] blob, String comment) {
    String key = HostKeySeen.typeOf(blob) + " " + Base64.getEncoder().encodeToString(blob);
    return comment.isEmpty() ? key : key + " " + comment;
  }

  private static void createOwnerOnly(Path file, String text) throws IOException {
    // Created with its mode: between a creation and a chmod others could open it.
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
