package org.qstatmesh.poller;

import java.io.Serial;
import java.time.Duration;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;
import org.zeromq.ZMQ;

/** One question to one probe, for commands; blocks its caller, so never on an event loop. */
public final class ProbeCall {

  /**
   * What came back.
   *
   * @param reply the answer, understood
   * @param replyBytes its length on the wire
   * @param took from sending to the last byte
   */
  public record Answered(ProbeReply reply, int replyBytes, Duration took) {}

  /** Nothing came back that could be understood; says which failure that is. */
  public static final class CallFailed extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final FailureCode code;

    CallFailed(FailureCode code, String message) {
      super(message);
      this.code = code;
    }

    /** PROBE_TIMEOUT or PROBE_PROTOCOL. */
    public FailureCode code() {
      return code;
    }
  }

  private ProbeCall() {}

  /**
   * Asks the probe that listens at {@code endpoint}.
   *
   * @param endpoint {@code tcp://host:port}
   * @param request what is asked; its id is checked in the reply
   * @param deadline longest wait, connecting included
   * @param maxReplyBytes longest reply accepted
   */
  public static Answered ask(
      String endpoint, ProbeRequest request, Duration deadline, int maxReplyBytes)
      throws CallFailed {
    SocketGroup group = new SocketGroup(0);
    try {
      ProbeSocket socket = new ProbeSocket(0, group, endpoint, maxReplyBytes);
      return exchange(group, socket, request, deadline, maxReplyBytes);
    } finally {
      group.close();
    }
  }

  private static Answered exchange(
      SocketGroup group,
      ProbeSocket socket,
      ProbeRequest request,
      Duration deadline,
      int maxReplyBytes)
      throws CallFailed {
    long begin = System.nanoTime();
    int stray = socket.send(WireCodec.encodeRequest(request));
    try (ZMQ.Poller poller = group.poller()) {
      while (System.nanoTime() - begin < deadline.toNanos()) {
        poller.register(socket.socket(), socket.interest());
        poller.poll(100);
        poller.unregister(socket.socket());
        ProbeSocket.Turn turn = socket.turn();
        if (turn == ProbeSocket.Turn.MALFORMED || socket.refusal() != null) {
          String why = socket.refusal() == null ? "not [empty][JSON]" : socket.refusal();
          throw new CallFailed(FailureCode.PROBE_PROTOCOL, why);
        }
        if (turn == ProbeSocket.Turn.REPLY) {
          byte[] json = socket.takeReply();
          Duration took = Duration.ofNanos(System.nanoTime() - begin);
          return new Answered(understand(json, request, maxReplyBytes), json.length, took);
        }
      }
    }
    throw new CallFailed(
        FailureCode.PROBE_TIMEOUT,
        "no answer within " + deadline.toSeconds() + " s" + (stray > 0 ? ", only strays" : ""));
  }

  private static ProbeReply understand(byte[] json, ProbeRequest request, int maxReplyBytes)
      throws CallFailed {
    try {
      ProbeReply reply = WireCodec.decodeReply(json, WireLimits.REPLY.withMaxBytes(maxReplyBytes));
      if (!request.id().equals(reply.id())) {
        throw new CallFailed(
            FailureCode.PROBE_PROTOCOL, "the reply has another id than the request");
      }
      return reply;
    } catch (WireException e) {
      throw new CallFailed(FailureCode.PROBE_PROTOCOL, e.getMessage());
    }
  }
}
