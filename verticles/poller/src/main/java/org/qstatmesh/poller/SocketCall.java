package org.qstatmesh.poller;

import java.io.IOException;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.FailureCode;
import org.zeromq.ZMQ;

/** One question over ZeroMQ, with CURVE or without; blocks. */
final class SocketCall {
  private SocketCall() {}

  /**
   * The reply's JSON.
   *
   * @throws IOException our keys cannot be used
   */
  static byte[] ask(ClusterConfig cluster, String endpoint, byte[] question)
      throws ProbeCall.CallFailed, IOException {
    CurveConfig curve = cluster.curve();
    Mechanism mechanism = curve == null ? Mechanism.NULL : CurveKeys.read(curve);
    ZmtpGreeting.insistOn(curve == null ? "NULL" : "CURVE", endpoint);
    SocketGroup group = new SocketGroup(0);
    try {
      ProbeSocket socket = new ProbeSocket(0, group, endpoint, cluster.maxReplyBytes(), mechanism);
      return exchange(cluster, group, socket, question);
    } finally {
      group.close();
    }
  }

  private static byte[] exchange(
      ClusterConfig cluster, SocketGroup group, ProbeSocket socket, byte[] question)
      throws ProbeCall.CallFailed {
    long begin = System.nanoTime();
    socket.send(question);
    try (ZMQ.Poller poller = group.poller()) {
      while (System.nanoTime() - begin < cluster.pollDeadline().toNanos()) {
        poller.register(socket.socket(), socket.interest());
        poller.poll(100);
        poller.unregister(socket.socket());
        ProbeSocket.Turn turn = socket.turn();
        if (turn == ProbeSocket.Turn.MALFORMED || socket.refusal() != null) {
          String why = socket.refusal() == null ? "not [empty][JSON]" : socket.refusal();
          throw new ProbeCall.CallFailed(FailureCode.PROBE_PROTOCOL, why);
        }
        if (turn == ProbeSocket.Turn.REPLY) {
          return socket.takeReply();
        }
      }
    }
    throw ProbeCall.silence(cluster);
  }
}
