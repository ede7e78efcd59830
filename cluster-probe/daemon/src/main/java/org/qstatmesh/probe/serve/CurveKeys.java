package org.qstatmesh.probe.serve;

import com.neilalexander.jnacl.crypto.curve25519;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.probe.conf.ConfFile;
import org.qstatmesh.probe.conf.ConfObject;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.probe.conf.FileRights;
import zmq.util.Z85;

/**
 * The probe's own CURVE keys and those of the clients it lets in. Immutable. No method shows the
 * secret key but the one for the socket.
 *
 * @see "https://rfc.zeromq.org/spec/26/, CurveZMQ; https://rfc.zeromq.org/spec/32/, Z85"
 */
public final class CurveKeys {
  private static final int KEY_BYTES = 32;
  private static final int KEY_CHARACTERS = 40;
  private static final String ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
  private static final String HOW_TO_MAKE =
      "qstat-mesh add ID USER@HOST --curve, on the server, makes such a file:"
          + " keys/ID.probe-curve.json";

  private final byte[] publicKey;
  private final byte[] secretKey;
  private final Map<ByteBuffer, String> clients;

  private CurveKeys(byte[] publicKey, byte[] secretKey, Map<ByteBuffer, String> clients) {
    this.publicKey = publicKey;
    this.secretKey = secretKey;
    this.clients = Map.copyOf(clients);
  }

  /**
   * Reads {@code {"publicKey":…,"secretKey":…,"clients":{"mesh":…}}}, each key as Z85.
   *
   * @throws ConfigurationException when others may read the file, or it does not hold such keys
   */
  public static CurveKeys read(Path file) throws ConfigurationException {
    ConfFile conf = ConfFile.read(file, FileRights.SECRET);
    byte[] publicKey = key(conf.root(), "publicKey");
    byte[] secretKey = key(conf.root(), "secretKey");
    if (publicKey != null && secretKey != null && !belong(publicKey, secretKey)) {
      conf.root().problem("publicKey", "does not belong to secretKey. " + HOW_TO_MAKE);
    }
    Map<ByteBuffer, String> clients = new HashMap<>();
    Optional<ConfObject> listed = conf.root().object("clients");
    listed.ifPresent(
        object -> {
          for (String name : object.keys()) {
            byte[] client = key(object, name);
            if (client != null) {
              clients.put(ByteBuffer.wrap(client), name);
            }
          }
          if (object.keys().isEmpty()) {
            conf.root().problem("clients", "is empty: nobody could be let in. " + HOW_TO_MAKE);
          }
        });
    conf.check();
    return new CurveKeys(publicKey, secretKey, clients);
  }

  private static byte[] key(ConfObject object, String name) {
    Optional<String> text = object.text(name);
    if (text.isEmpty()) {
      return null;
    }
    byte[] key = decode(text.get());
    if (key == null) {
      object.problem(name, "is no CURVE key: 40 characters of Z85. " + HOW_TO_MAKE);
    }
    return key;
  }

  /** The key's bytes; null when it is no key. Five characters may name more than four bytes. */
  private static byte[] decode(String text) {
    if (text.length() != KEY_CHARACTERS || !text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      return null;
    }
    byte[] key = Z85.decode(text);
    return text.equals(Z85.encode(key, KEY_BYTES)) ? key : null;
  }

  private static boolean belong(byte[] publicKey, byte[] secretKey) {
    byte[] computed = new byte[KEY_BYTES];
    curve25519.crypto_scalarmult_base(computed, secretKey);
    return ByteBuffer.wrap(computed).equals(ByteBuffer.wrap(publicKey));
  }

  /** What the clients must know of the probe. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** For the socket. */
  byte[] secretKey() {
    return secretKey.clone();
  }

  /** Whose public key this is; empty for a stranger's. */
  Optional<String> client(byte[] key) {
    return Optional.ofNullable(clients.get(ByteBuffer.wrap(key)));
  }

  /** Says nothing of the keys. */
  @Override
  public String toString() {
    return "CurveKeys[clients=" + clients.values() + "]";
  }
}
