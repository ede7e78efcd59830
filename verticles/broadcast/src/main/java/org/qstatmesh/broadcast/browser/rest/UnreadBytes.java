package org.qstatmesh.broadcast.browser.rest;

/** Bytes of answers on their way, of all connections. Browsers' event loop. */
final class UnreadBytes {
  private final long most;
  private long bytes;

  UnreadBytes(long most) {
    this.most = most;
  }

  boolean hasRoom(int length) {
    return bytes + length <= most;
  }

  void add(int length) {
    bytes += length;
  }

  void take(int length) {
    bytes -= length;
  }
}
