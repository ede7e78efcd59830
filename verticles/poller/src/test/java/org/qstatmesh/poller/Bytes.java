package org.qstatmesh.poller;

import java.nio.charset.StandardCharsets;

/** Text as it goes over the wire. */
final class Bytes {
  private Bytes() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
