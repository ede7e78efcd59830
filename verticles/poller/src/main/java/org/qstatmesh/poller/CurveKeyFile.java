package org.qstatmesh.poller;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.qstatmesh.bus.CurveConfig;
import org.zeromq.ZMQ;

/** Makes and checks the files of CURVE keys, for commands. Blocks; not for an event loop. */
public final class CurveKeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The name under which the probe lists us. */
  private static final String CLIENT_NAME = "mesh";

  private CurveKeyFile() {}

  /**
   * Makes the pairs of both ends and writes them, mode 0600: ours to {@code meshFile}, the probe's
   * with our public key on its list to {@code probeFile}.
   *
   * @return the probe's public key
   * @throws java.nio.file.FileAlreadyExistsException one of the files exists; nothing is
   *     overwritten
   */
  public static String generate(Path meshFile, Path probeFile) throws IOException {
    ZMQ.Curve.KeyPair mesh = ZMQ.Curve.generateKeyPair();
    ZMQ.Curve.KeyPair probe = ZMQ.Curve.generateKeyPair();
    JsonObject clients = new JsonObject().put(CLIENT_NAME, mesh.publicKey);
    write(probeFile, pair(probe).put("clients", clients));
    write(meshFile, pair(mesh));
    return probe.publicKey;
  }

  /** The probe's public key, from a file that {@link #generate} wrote for it. */
  public static String serverKey(Path probeFile) throws IOException {
    try {
      String key = new JsonObject(Files.readString(probeFile)).getString("publicKey", "");
      CurveKeys.check(key, probeFile + ": publicKey");
      return key;
    } catch (DecodeException | ClassCastException e) {
      // Its message quotes the file, which holds a secret.
      throw new IOException(probeFile + " is no file of a probe's keys");
    }
  }

  /** Our public key; throws with what is wrong with the file or the probe's key. */
  public static String publicKey(CurveConfig config) throws IOException {
    return CurveKeys.read(config).publicKey();
  }

  /** What is wrong with the pair in {@code keyFile}; empty if nothing is. */
  public static Optional<String> problem(Path keyFile) {
    try {
      CurveKeys.check(keyFile);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** What is wrong with a probe's public key; empty if nothing is. */
  public static Optional<String> problem(String serverKey) {
    try {
      CurveKeys.check(serverKey, serverKey);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static JsonObject pair(ZMQ.Curve.KeyPair keys) {
    return new JsonObject().put("publicKey", keys.publicKey).put("secretKey", keys.secretKey);
  }

  private static void write(Path file, JsonObject content) throws IOException {
    // Created with its mode: between a creation and a chmod others could open it.
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(file, (content.encodePrettily() + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
