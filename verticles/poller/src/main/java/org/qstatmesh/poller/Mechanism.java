package org.qstatmesh.poller;

import org.zeromq.ZMQ;

/** How the two ends of a ZeroMQ connection make sure of each other, before it is made. */
interface Mechanism {
  /** They do not. */
  Mechanism NULL = socket -> {};

  /** Sets the socket's options; on the thread that owns it. */
  void applyTo(ZMQ.Socket socket);
}
