package org.qstatmesh.poller;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.qstatmesh.bus.CurveConfig;
import org.zeromq.ZMQ;

/**
 * The keys of a CURVE client: only a probe that has {@code serverKey}'s secret can answer it, and
 * only one that lists our public key will.
 */
final class CurveKeys implements Mechanism {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-zA-Z.\\-:+=^!/*?&<>()\\[\\]{}@%$#]{40}");
  private static final String PUBLIC_KEY = "publicKey";
  private static final String SECRET_KEY = "secretKey";
  private static final long MAX_FILE_BYTES = 4_096;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final byte[] serverKey;
  private final String publicKey;
  private final byte[] secretKey;

  private CurveKeys(byte[] serverKey, String publicKey, byte[] secretKey) {
    this.serverKey = serverKey;
    this.publicKey = publicKey;
    this.secretKey = secretKey;
  }

  /**
   * Reads our pair; blocks.
   *
   * @throws IOException something is wrong with it; the message says what, and no secret
   */
  static CurveKeys read(CurveConfig config) throws IOException {
    JsonObject pair = json(config.keyFile());
    check(pair, config.keyFile());
    check(config.serverKey(), "serverKey");
    return new CurveKeys(
        ZMQ.Curve.z85Decode(config.serverKey()),
        pair.getString(PUBLIC_KEY),
        ZMQ.Curve.z85Decode(pair.getString(SECRET_KEY)));
  }

  /** Throws if the file does not hold a pair; the message says why, and no secret. */
  static void check(Path file) throws IOException {
    check(json(file), file);
  }

  private static void check(JsonObject pair, Path file) throws IOException {
    for (String field : List.of(PUBLIC_KEY, SECRET_KEY)) {
      if (!(pair.getValue(field) instanceof String key)) {
        throw new IOException(file + " has no " + field);
      }
      check(key, file + ": " + field);
    }
  }

  private static JsonObject json(Path file) throws IOException {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException(file + (Files.exists(file) ? " is no key file" : " does not exist"));
      }
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        if (OTHERS.contains(permission)) {
          throw new IOException(file + " is open to others: chmod 600 " + file);
        }
      }
      return new JsonObject(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read", e);
    } catch (DecodeException e) {
      // Its message quotes the file, which may hold a secret.
      throw new IOException(file + " is no JSON object with publicKey and secretKey");
    }
  }

  /** Throws if that is no key; {@code what} begins the message. */
  static void check(String z85, String what) throws IOException {
    // Five characters can say more than four bytes hold: then they do not come back.
    if (!FORM.matcher(z85).matches()
        || !z85.equals(ZMQ.Curve.z85Encode(ZMQ.Curve.z85Decode(z85)))) {
      throw new IOException(what + " is no key: 40 characters of Z85 (ZeroMQ RFC 32)");
    }
  }

  /** Ours, for the probe's list. */
  String publicKey() {
    return publicKey;
  }

  @Override
  public void applyTo(ZMQ.Socket socket) {
    socket.setCurveServerKey(serverKey);
    socket.setCurvePublicKey(ZMQ.Curve.z85Decode(publicKey));
    socket.setCurveSecretKey(secretKey);
  }

  /** The public half alone. */
  @Override
  public String toString() {
    return "CURVE client " + publicKey;
  }
}
