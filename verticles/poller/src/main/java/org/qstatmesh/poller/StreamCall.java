package org.qstatmesh.poller;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.FailureCode;

/** One question over a stream of frames; blocks. */
final class StreamCall {
  private static final long LINK = 1;

  private StreamCall() {}

  /** The reply's JSON. */
  static byte[] ask(ClusterConfig cluster, String endpoint, byte[] question)
      throws ProbeCall.CallFailed {
    Ears ears = new Ears();
    ProbeStreams streams = ProbeStreams.start(ears);
    try {
      streams.open(LINK, endpoint, cluster.maxReplyBytes());
      streams.send(LINK, question);
      return ears.answer.get(cluster.pollDeadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw ProbeCall.silence(cluster);
    } catch (ExecutionException e) {
      throw new ProbeCall.CallFailed(FailureCode.PROBE_PROTOCOL, e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProbeCall.silence(cluster);
    } finally {
      streams.stop().toCompletableFuture().join();
    }
  }

  private static final class Ears implements ProbeTransport.Listener {
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    @Override
    public void replied(long link, byte[] json) {
      answer.complete(json);
    }

    @Override
    public void refused(long link, String why) {
      ended(why);
    }

    @Override
    public void lost(long link, String why) {
      ended(why);
    }

    @Override
    public void stray(long link, int messages) {
      // There is one question only: whatever comes is its answer.
    }

    @Override
    public void ended(String why) {
      answer.completeExceptionally(new IllegalStateException(why));
    }
  }
}
