package org.qstatmesh.broadcast.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests written byte by byte: clients mend what an attacker would not. */
final class RawHttp {
  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** A response; header names in lower case. */
  static final class Answer {
    final int status;
    final Map<String, String> headers = new TreeMap<>();
    final byte[] body;

    private Answer(byte[] response) {
      String text = new String(response, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new AssertionError("no response head in: " + text);
      }
      String[] lines = text.substring(0, end).split("\r\n", -1);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
      }
      status = Integer.parseInt(lines[0].substring(9, 12));
      body = new byte[response.length - end - 4];
      System.arraycopy(response, end + 4, body, 0, body.length);
    }

    String header(String name) {
      return headers.get(name);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer get(String target, String... headers) throws IOException {
    return exchange("GET", target, "127.0.0.1:" + port, headers);
  }

  Answer exchange(String method, String target, String host, String... headers) throws IOException {
    return raw(head(method, target, host, headers) + "Connection: close\r\n\r\n");
  }

  /** The status of a websocket's handshake. */
  int upgrade(String target, String host, String... headers) throws IOException {
    String request =
        head("GET", target, host, headers)
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
    }
  }

  Answer raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new Answer(socket.getInputStream().readAllBytes());
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String head(String method, String target, String host, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (host != null) {
      head.append("Host: ").append(host).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }
}
