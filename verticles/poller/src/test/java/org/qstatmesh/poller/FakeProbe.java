package org.qstatmesh.poller;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A ROUTER on loopback that answers each request with the messages a test wants. */
final class FakeProbe implements AutoCloseable {
  private final Function<ProbeRequest, List<byte[]>> answers;
  private final AtomicInteger requests = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final int port;
  private volatile boolean closing;

  /** Every element of what {@code answers} returns is sent as one {@code [empty][JSON]}. */
  static FakeProbe answering(Function<ProbeRequest, List<byte[]>> answers) {
    return new FakeProbe(0, answers);
  }

  /** The same at a port that a closed one had. */
  static FakeProbe answering(int port, Function<ProbeRequest, List<byte[]>> answers) {
    return new FakeProbe(port, answers);
  }

  static FakeProbe of(Snapshot snapshot) {
    return answering(request -> snapshot(request, snapshot));
  }

  static List<byte[]> snapshot(ProbeRequest request, Snapshot snapshot) {
    return List.of(WireCodec.encodeReply(new ProbeReply.OfSnapshot(request.id(), snapshot)));
  }

  private FakeProbe(int wantedPort, Function<ProbeRequest, List<byte[]>> answers) {
    this.answers = answers;
    ZContext context = new ZContext();
    ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
    router.setLinger(0);
    if (wantedPort == 0) {
      port = router.bindToRandomPort("tcp://127.0.0.1");
    } else {
      port = wantedPort;
      if (!router.bind("tcp://127.0.0.1:" + port)) {
        throw new IllegalStateException("port " + port + " is taken");
      }
    }
    Thread thread = new Thread(() -> serve(context, router), "fake-probe-" + port);
    thread.setDaemon(true);
    thread.start();
  }

  ProbeAddress address() {
    return new ProbeAddress("127.0.0.1", port);
  }

  int requests() {
    return requests.get();
  }

  private void serve(ZContext context, ZMQ.Socket router) {
    router.setReceiveTimeOut(20);
    while (!closing) {
      byte[] peer = router.recv();
      if (peer == null) {
        continue;
      }
      byte[] empty = router.recv();
      byte[] json = router.recv();
      requests.incrementAndGet();
      for (byte[] reply : answers.apply(request(json))) {
        router.send(peer, ZMQ.SNDMORE);
        router.send(empty, ZMQ.SNDMORE);
        router.send(reply, 0);
      }
    }
    context.close();
    ended.complete(null);
  }

  private static ProbeRequest request(byte[] json) {
    try {
      return WireCodec.decodeRequest(json, WireLimits.REQUEST);
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closing = true;
    ended.join();
  }
}
