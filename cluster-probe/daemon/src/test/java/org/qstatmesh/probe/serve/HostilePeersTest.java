package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.zeromq.SocketType;

/** Raw TCP peers that speak ZMTP badly, while a good one goes on being served. */
@Timeout(60)
class HostilePeersTest {
  /** Frame flags of ZMTP 3, RFC 23. */
  private static final int MORE = 1;

  private static final int LONG = 2;
  private static final int COMMAND = 4;

  @TempDir Path folder;
  private ProbeServer server;
  private ProbeClient good;

  @BeforeEach
  void serve() throws Exception {
    new FakeCommands(folder).torque("0");
    server =
        ProbeServer.start(
            new ProbeConfig(
                "tcp://127.0.0.1:*",
                DrmsChoice.AUTO,
                folder,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                false));
    good = new ProbeClient(SocketType.DEALER, server.endpoint());
    assertServed();
  }

  @AfterEach
  void stop() {
    good.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {8193L, 1_900_000_000L, Long.MAX_VALUE})
  void aHugeLengthCostsOnlyItsSenderTheConnection(long length) throws Exception {
    try (Socket hostile = greeted()) {
      hostile
          .getOutputStream()
          .write(ByteBuffer.allocate(9).put((byte) LONG).putLong(length).array());
      hostile.getOutputStream().flush();
      assertClosedByServer(hostile);
    }
    assertServed();
  }

  /** JeroMQ's own check lets these pass; cast to int the first is 1.9 GB. */
  @ParameterizedTest
  @ValueSource(longs = {0xFFFFFFFF70000000L, -1L, Long.MIN_VALUE})
  void aNegativeLengthStopsNobodyElse(long length) throws Exception {
    try (Socket hostile = greeted()) {
      for (int i = 0; i < 20; i++) {
        hostile
            .getOutputStream()
            .write(ByteBuffer.allocate(9).put((byte) LONG).putLong(length).array());
        hostile.getOutputStream().flush();
        assertServed();
      }
    }
    assertServed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "long"})
  void aMessageWithoutEndIsBrokenOff(String form) throws Exception {
    byte[] frame = form.equals("short") ? new byte[] {MORE, 0} : new byte[9];
    frame[0] = (byte) (form.equals("short") ? MORE : MORE | LONG);
    ByteBuffer frames = ByteBuffer.allocate(frame.length * 2048);
    while (frames.hasRemaining()) {
      frames.put(frame);
    }
    try (Socket hostile = greeted()) {
      hostile.getOutputStream().write(frames.array());
      hostile.getOutputStream().write(frames.array());
      hostile.getOutputStream().write(frames.array());
      hostile.getOutputStream().flush();
      assertClosedByServer(hostile);
    }
    try (ProbeClient another = new ProbeClient(SocketType.REQ, server.endpoint())) {
      assertInstanceOf(ProbeReply.OfHello.class, another.ask(ProbeRequest.hello("2")));
    }
  }

  @Test
  void junkCostsOnlyItsSenderTheConnection() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] junk = new byte[200];
      random.nextBytes(junk);
      try (Socket hostile = connected()) {
        hostile.getOutputStream().write(junk);
      }
    }
    try (Socket http = connected()) {
      http.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertServed();
    }
    assertServed();
  }

  @Test
  void silentPeersDoNotKeepOthersOut() throws Exception {
    Socket[] silent = new Socket[100];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = connected();
    }
    try (ProbeClient another = new ProbeClient(SocketType.REQ, server.endpoint())) {
      assertInstanceOf(ProbeReply.OfHello.class, another.ask(ProbeRequest.hello("2")));
    }
    for (Socket socket : silent) {
      socket.close();
    }
    assertServed();
  }

  private void assertServed() throws Exception {
    ProbeReply reply = good.ask(ProbeRequest.hello("1"));
    assertInstanceOf(ProbeReply.OfHello.class, reply);
  }

  private static void assertClosedByServer(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    InputStream in = socket.getInputStream();
    try {
      int last;
      do {
        last = in.read();
      } while (last >= 0);
      assertEquals(-1, last);
    } catch (java.net.SocketException reset) {
      assertEquals("Connection reset", reset.getMessage());
    }
  }

  private Socket connected() throws IOException {
    URI endpoint = URI.create(server.endpoint());
    return new Socket(endpoint.getHost(), endpoint.getPort());
  }

  /** A peer that has got past the greeting and said READY as a DEALER, RFC 23 and RFC 37. */
  private Socket greeted() throws IOException {
    Socket socket = connected();
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put((byte) 0xff).putLong(0).put((byte) 0x7f).put((byte) 3).put((byte) 0);
    greeting.put("NULL".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(greeting.array());
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    ready.writeBytes("\5READY\13Socket-Type".getBytes(StandardCharsets.US_ASCII));
    ready.writeBytes(ByteBuffer.allocate(4).putInt(6).array());
    ready.writeBytes("DEALER".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(new byte[] {COMMAND, (byte) ready.size()});
    socket.getOutputStream().write(ready.toByteArray());
    socket.getOutputStream().flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readFully(new byte[64]);
    in.readByte();
    in.readFully(new byte[in.readUnsignedByte()]);
    return socket;
  }
}
