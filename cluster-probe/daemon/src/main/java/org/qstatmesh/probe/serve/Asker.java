package org.qstatmesh.probe.serve;

/** Whom a reply goes to. */
final class Asker {
  private final byte[] identity;
  private final String requestId;

  /**
   * Keeps both.
   *
   * @param identity frame that the ROUTER put in front of the request
   * @param requestId id of the request; null when it could not be read
   */
  Asker(byte[] identity, String requestId) {
    this.identity = identity;
    this.requestId = requestId;
  }

  byte[] identity() {
    return identity;
  }

  String requestId() {
    return requestId;
  }
}
