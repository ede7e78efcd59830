package org.qstatmesh.tunnel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;

/**
 * A host key as a server showed it; that it was shown says nothing about trust.
 *
 * @param type name of its type, as {@code ssh-ed25519}
 * @param sha256Fingerprint as {@code ssh-keygen -l} prints it, {@code SHA256:…}
 * @param knownHostsLine the line that makes it trusted, without line end
 */
public record HostKeySeen(String type, String sha256Fingerprint, String knownHostsLine) {

  static HostKeySeen of(String host, int port, PublicKey key) {
    byte[] blob = blob(key);
    String type = typeOf(blob);
    String line =
        KnownHosts.nameOf(host, port) + " " + type + " " + Base64.getEncoder().encodeToString(blob);
    return new HostKeySeen(type, fingerprint(blob), line);
  }

  /** The key in the form of RFC 4253, section 6.6. */
  static byte[] blob(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }

  /** The name of its type, which is the first string in a blob. */
  static String typeOf(byte[] blob) {
    int length = ByteBuffer.wrap(blob).getInt();
    return new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
  }

  static String fingerprint(byte[] blob) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
