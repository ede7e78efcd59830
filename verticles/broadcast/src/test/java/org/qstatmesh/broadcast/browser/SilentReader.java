package org.qstatmesh.broadcast.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A websocket that sends what it is told and reads nothing after the handshake. */
final class SilentReader implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 4 * 1_024;
  private static final byte TEXT = (byte) 0x81;
  private static final byte PING = (byte) 0x89;
  private static final byte CLOSE = (byte) 0x88;

  private final Socket socket = new Socket();
  private final OutputStream out;

  SilentReader(int port) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(10_000);
    out = socket.getOutputStream();
    out.write(
        ("GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed in the handshake: " + head);
      }
      head.append((char) octet);
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(head.toString());
    }
  }

  void send(String frame) throws IOException {
    write(TEXT, frame.getBytes(StandardCharsets.UTF_8));
  }

  /** A ping of the websocket itself, which is answered below the bridge. */
  void sendPing() throws IOException {
    write(PING, new byte[100]);
  }

  /** Says goodbye, and still reads nothing. */
  void sendClose() throws IOException {
    write(CLOSE, new byte[] {3, (byte) 0xe8});
  }

  /** Masked with zeros, which leaves the payload as it is. */
  private void write(byte opcode, byte[] payload) throws IOException {
    byte[] frame = new byte[payload.length + 8];
    frame[0] = opcode;
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 8, payload.length);
    if (payload.length < 126) {
      byte[] small = new byte[payload.length + 6];
      small[0] = opcode;
      small[1] = (byte) (0x80 | payload.length);
      System.arraycopy(payload, 0, small, 6, payload.length);
      frame = small;
    }
    out.write(frame);
    out.flush();
  }

  /** Whether the server has cut the connection, told by a frame that cannot be sent. */
  boolean isCut() {
    try {
      send("{\"type\":\"ping\"}");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
