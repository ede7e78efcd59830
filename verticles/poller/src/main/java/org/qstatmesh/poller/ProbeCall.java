package org.qstatmesh.poller;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

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

    /** PROBE_TIMEOUT, PROBE_PROTOCOL, or PROBE_UNREACHABLE where our own keys are of no use. */
    public FailureCode code() {
      return code;
    }
  }

  private ProbeCall() {}

  /**
   * Asks the cluster's probe, in the way that it speaks and within the cluster's deadline and
   * length of a reply.
   *
   * @param endpoint {@code tcp://host:port} that leads to it
   * @param request what is asked; its id is checked in the reply
   */
  public static Answered ask(ClusterConfig cluster, String endpoint, ProbeRequest request)
      throws CallFailed {
    long begin = System.nanoTime();
    byte[] question = WireCodec.encodeRequest(request);
    byte[] json;
    try {
      json =
          cluster.probe() instanceof ProbeCommand
              ? StreamCall.ask(cluster, endpoint, question)
              : SocketCall.ask(cluster, endpoint, question);
    } catch (IOException e) {
      throw new CallFailed(FailureCode.PROBE_UNREACHABLE, e.getMessage());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Answered(understand(json, request, cluster.maxReplyBytes()), json.length, took);
  }

  static CallFailed silence(ClusterConfig cluster) {
    return new CallFailed(
        FailureCode.PROBE_TIMEOUT, "no answer within " + cluster.pollDeadline().toSeconds() + " s");
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
