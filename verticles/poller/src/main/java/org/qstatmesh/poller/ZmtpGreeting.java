package org.qstatmesh.poller;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;

/**
 * The first 64 bytes that either end of a ZeroMQ connection says (ZMTP 3, RFC 23): they name the
 * security mechanism, and where the two differ both hang up without a word. Reading them tells a
 * probe without CURVE from one that does not know our key.
 */
final class ZmtpGreeting {
  private static final int BYTES = 64;
  private static final int SIGNATURE_END = 9;
  private static final int VERSION_AT = 10;
  private static final int BEGINNING_BYTES = 11;
  private static final int MECHANISM_AT = 12;
  private static final int MECHANISM_BYTES = 20;
  private static final int TIMEOUT_MILLIS = 3_000;

  private ZmtpGreeting() {}

  /** Fails if what listens at {@code endpoint} greets with another mechanism than that. */
  static void insistOn(String mechanism, String endpoint) throws ProbeCall.CallFailed {
    Optional<String> theirs = mechanismAt(ProbeAddress.parse(endpoint));
    if (theirs.isPresent() && !theirs.get().equals(mechanism)) {
      throw new ProbeCall.CallFailed(
          FailureCode.PROBE_PROTOCOL,
          mechanism.equals("CURVE")
              ? "the probe does not ask for keys (mechanism "
                  + theirs.get()
                  + "): start it with serve --curve FILE, or take \"curve\" out of conf/"
              : "the probe asks for keys (mechanism "
                  + theirs.get()
                  + "): \"curve\" is missing in conf/; qstat-mesh add --curve makes a pair");
    }
  }

  /** Empty if nothing there greets as ZeroMQ 4 does, which the question itself will show. */
  private static Optional<String> mechanismAt(ProbeAddress address) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String host = address.host().replaceAll("[\\[\\]]", "");
      socket.connect(new InetSocketAddress(host, address.port()), TIMEOUT_MILLIS);
      socket.getOutputStream().write(beginning());
      byte[] theirs = new byte[BYTES];
      new DataInputStream(socket.getInputStream()).readFully(theirs);
      return mechanism(theirs);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Signature and version: the other end goes on, and does not know our mechanism yet. */
  private static byte[] beginning() {
    byte[] bytes = new byte[BEGINNING_BYTES];
    bytes[0] = (byte) 0xff;
    bytes[SIGNATURE_END] = 0x7f;
    bytes[VERSION_AT] = 3;
    return bytes;
  }

  /** The mechanism that a greeting names. */
  static Optional<String> mechanism(byte[] greeting) {
    boolean zmtp3 =
        greeting[0] == (byte) 0xff && greeting[SIGNATURE_END] == 0x7f && greeting[VERSION_AT] >= 3;
    if (!zmtp3) {
      return Optional.empty();
    }
    byte[] padded = Arrays.copyOfRange(greeting, MECHANISM_AT, MECHANISM_AT + MECHANISM_BYTES);
    return Optional.of(new String(padded, StandardCharsets.US_ASCII).replace("\0", ""));
  }
}
