package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private final Set<String> clients;
  private final AtomicInteger requests = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final int port;
  private volatile boolean closing;

  /** Every element of what {@code answers} returns is sent as one {@code [empty][JSON]}. */
  static FakeProbe answering(Function<ProbeRequest, List<byte[]>> answers) {
    return new FakeProbe(0, answers);
  }

  /** Lets in only clients with these public keys (Z85). */
  static FakeProbe withCurve(
      ZMQ.Curve.KeyPair keys, Set<String> clients, Function<ProbeRequest, List<byte[]>> answers) {
    return new FakeProbe(0, keys, clients, answers);
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
    this(wantedPort, null, Set.of(), answers);
  }

  private FakeProbe(
      int wantedPort,
      ZMQ.Curve.KeyPair keys,
      Set<String> clients,
      Function<ProbeRequest, List<byte[]>> answers) {
    this.answers = answers;
    this.clients = clients;
    ZContext context = new ZContext();
    ZMQ.Socket doorkeeper = context.createSocket(SocketType.REP);
    ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
    router.setLinger(0);
    if (keys != null) {
      doorkeeper.bind("inproc://zeromq.zap.01");
      router.setCurveServer(true);
      router.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
    }
    if (wantedPort == 0) {
      port = router.bindToRandomPort("tcp://127.0.0.1");
    } else {
      port = wantedPort;
      if (!router.bind("tcp://127.0.0.1:" + port)) {
        throw new IllegalStateException("port " + port + " is taken");
      }
    }
    Thread thread = new Thread(() -> serve(context, router, doorkeeper), "fake-probe-" + port);
    thread.setDaemon(true);
    thread.start();
  }

  ProbeAddress address() {
    return new ProbeAddress("127.0.0.1", port);
  }

  int requests() {
    return requests.get();
  }

  private void serve(ZContext context, ZMQ.Socket router, ZMQ.Socket doorkeeper) {
    router.setReceiveTimeOut(20);
    while (!closing) {
      keepDoor(doorkeeper);
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

  /** ZeroMQ's authentication protocol, RFC 27. */
  private void keepDoor(ZMQ.Socket doorkeeper) {
    byte[] version = doorkeeper.recv(ZMQ.DONTWAIT);
    if (version == null) {
      return;
    }
    List<byte[]> rest = new ArrayList<>();
    while (doorkeeper.hasReceiveMore()) {
      rest.add(doorkeeper.recv());
    }
    byte[] credentials = rest.get(rest.size() - 1);
    boolean known = clients.contains(ZMQ.Curve.z85Encode(credentials));
    doorkeeper.send(version, ZMQ.SNDMORE);
    doorkeeper.send(rest.get(0), ZMQ.SNDMORE);
    doorkeeper.send(known ? "200" : "400", ZMQ.SNDMORE);
    doorkeeper.send("", ZMQ.SNDMORE);
    doorkeeper.send("", ZMQ.SNDMORE);
    doorkeeper.send("");
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
