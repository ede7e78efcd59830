package org.qstatmesh.probe.serve;

import org.qstatmesh.wire.EncodedReply;

/** The way back to whoever sent a request. Used by the thread that answers. */
@FunctionalInterface
interface ReplyPath {

  /** Sends one reply; a peer that is gone gets nothing, and nobody is told. */
  void send(EncodedReply reply);
}
