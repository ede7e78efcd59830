package org.qstatmesh.probe.serve;

/** The way back to whoever sent a request. Used by the thread that answers. */
@FunctionalInterface
interface ReplyPath {

  /** Sends one encoded reply; a peer that is gone gets nothing, and nobody is told. */
  void send(byte[] reply);
}
