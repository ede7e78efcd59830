package org.qstatmesh.tunnel;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.BaseFileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyFormat;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.qstatmesh.bus.FailureCode;

/**
 * Reads a private key: ed25519, ecdsa or rsa, in OpenSSH's own form or PEM, with a passphrase or
 * without. The key is decrypted at once, before a connection is made for it, and a {@code .pub}
 * beside it is not looked at: a stale one would be sent in the key's place.
 */
final class IdentityFile {
  private static final long MAX_FILE_BYTES = 64 << 10;

  private IdentityFile() {}

  /**
   * @param passphraseFile its first line opens the key; null for none
   * @throws SshFailure SSH_AUTH_REFUSED, naming the file that cannot be used
   */
  static KeyProvider load(Path identityFile, Path passphraseFile) throws SshFailure {
    SshAlgorithms.useJdkCryptography();
    String text = read("key file", identityFile);
    String passphrase =
        passphraseFile == null ? null : firstLine(read("passphrase file", passphraseFile));
    BaseFileKeyProvider reader = readerFor(identityFile, text);
    PasswordFinder finder =
        passphrase == null ? null : PasswordUtils.createOneOff(passphrase.toCharArray());
    try {
      reader.init(text, null, finder);
      KeyPair pair = new KeyPair(reader.getPublic(), reader.getPrivate());
      if (KeyType.fromKey(pair.getPublic()) == KeyType.UNKNOWN) {
        throw new IOException("not an ed25519, ecdsa or rsa key");
      }
      return new KeyPairWrapper(pair);
    } catch (IOException | SSHRuntimeException | IllegalStateException e) {
      throw refused(unusable(identityFile, text, passphraseFile, e), e);
    }
  }

  private static BaseFileKeyProvider readerFor(Path file, String text) throws SshFailure {
    KeyFormat format;
    try {
      format = KeyProviderUtil.detectKeyFileFormat(text, false);
    } catch (IOException e) {
      throw refused("key file " + file + " is empty", e);
    }
    return switch (format) {
      case OpenSSHv1 -> new OpenSSHKeyV1KeyFile();
      case PKCS8, OpenSSH -> new PKCS8KeyFile();
      case PuTTY, Unknown ->
          throw refused("key file " + file + " is neither an OpenSSH nor a PEM private key", null);
    };
  }

  private static String unusable(Path file, String text, Path passphraseFile, Exception cause) {
    boolean encrypted = text.contains("ENCRYPTED") || mentionsDecryption(cause);
    if (encrypted && passphraseFile == null) {
      return "key file " + file + " is encrypted and no passphraseFile is configured";
    }
    if (encrypted) {
      return "the passphrase in " + passphraseFile + " does not open key file " + file;
    }
    return "key file " + file + " cannot be used: " + cause.getMessage();
  }

  private static boolean mentionsDecryption(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof KeyDecryptionFailedException) {
        return true;
      }
    }
    return false;
  }

  private static String read(String what, Path file) throws SshFailure {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw refused(what + " " + file + " is larger than 64 KiB", null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw refused(what + " " + file + " does not exist", e);
    } catch (IOException e) {
      throw refused(what + " " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static SshFailure refused(String detail, Throwable cause) {
    return new SshFailure(FailureCode.SSH_AUTH_REFUSED, detail, cause);
  }
}
