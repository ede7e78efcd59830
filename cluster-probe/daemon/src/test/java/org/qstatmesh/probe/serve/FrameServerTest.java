package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.collect.TakerOptions;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.policy.Redaction;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;

/** The protocol over two pipes, with a peer that behaves and with some that do not. */
@Timeout(60)
class FrameServerTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @TempDir Path folder;
  private FakeCommands commands;
  private Pipe toServer;
  private Pipe toClient;
  private final AtomicLong bytesRead = new AtomicLong();
  private CommandRunner runner;
  private BackgroundCollector collector;
  private FrameServer server;
  private CompletableFuture<FrameServer.End> end;
  private FrameClient client;

  @BeforeEach
  void serve() throws IOException {
    commands = new FakeCommands(folder).torque("0");
    toServer = Pipe.open();
    toClient = Pipe.open();
    runner = new CommandRunner(CommandPath.only(folder), Map.of(), CommandLimits.DEFAULT);
    SnapshotTaker taker =
        new SnapshotTaker(
            runner, DrmsChoice.AUTO, new TakerOptions(Duration.ofSeconds(30), false, "test"));
    collector = new BackgroundCollector(taker);
    server =
        new FrameServer(
            runner,
            taker,
            collector,
            Redaction.none(),
            new Counted(Channels.newInputStream(toServer.source())),
            Channels.newOutputStream(toClient.sink()),
            PATIENCE);
    end = CompletableFuture.supplyAsync(this::served);
    client =
        new FrameClient(
            Channels.newOutputStream(toServer.sink()), Channels.newInputStream(toClient.source()));
  }

  private FrameServer.End served() {
    try {
      return server.serve();
    } catch (InterruptedException | ExecutionException defect) {
      throw new IllegalStateException(defect);
    }
  }

  @AfterEach
  void stop() throws IOException {
    collector.close();
    runner.close();
    server.close();
    toServer.sink().close();
    toClient.source().close();
    toClient.sink().close();
    toServer.source().close();
  }

  @Test
  void answersSeveralRequestsInFlightByTheirIds() throws Exception {
    commands.torque("0.3");
    client.send(ProbeRequest.snapshot("first", null));
    client.send(ProbeRequest.hello("second"));
    client.send(ProbeRequest.snapshot("third", null));
    List<ProbeReply> replies = List.of(client.receive(), client.receive(), client.receive());
    assertEquals("second", replies.get(0).id()); // waits for no command
    assertEquals(Set.of("first", "third"), Set.of(replies.get(1).id(), replies.get(2).id()));
    ProbeReply.OfSnapshot taken = assertInstanceOf(ProbeReply.OfSnapshot.class, replies.get(1));
    assertEquals("alice", taken.snapshot().jobs().get(0).jobOwner());
    assertInstanceOf(
        ProbeReply.Unchanged.class,
        client.ask(ProbeRequest.snapshot("4", taken.snapshot().snapshotId())));
    assertInstanceOf(ProbeReply.OfJob.class, client.ask(ProbeRequest.job("5", "11.login1")));
  }

  @Test
  void saysThatThereIsNoPictureYetAfterFiveSeconds() throws Exception {
    commands.torque("30");
    long began = System.nanoTime();
    assertProtocolError("DRMS_TIMEOUT", client.ask(ProbeRequest.snapshot("1", null)));
    double seconds = (System.nanoTime() - began) / 1e9;
    assertTrue(seconds > 4.9 && seconds < 6, "waited " + seconds + " s");
  }

  @Test
  void goesOnAfterWhatIsNoRequest() throws Exception {
    for (String body : List.of("", "{", "null", "x".repeat(FrameServer.MAX_REQUEST_BYTES))) {
      client.send(body);
      assertProtocolError("PROBE_PROTOCOL", client.receive());
    }
    assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
  }

  @Test
  void readsAFrameThatComesByteByByte() throws Exception {
    byte[] request = WireCodec.encodeRequest(ProbeRequest.hello("1"));
    client.declare(request.length);
    for (byte one : request) {
      toServer.sink().write(ByteBuffer.wrap(new byte[] {one}));
    }
    assertInstanceOf(ProbeReply.OfHello.class, client.receive());
  }

  @ParameterizedTest
  @ValueSource(ints = {FrameServer.MAX_REQUEST_BYTES + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void refusesALongRequestOnceAndEnds(int length) throws Exception {
    client.declare(length);
    assertProtocolError("PROBE_PROTOCOL", client.receive());
    assertEquals(FrameServer.End.PEER_BROKE_PROTOCOL, end.get(5, TimeUnit.SECONDS));
  }

  @Test
  void endsWhenThePeerLeavesAndAnswersWhatCanBeAnsweredAtOnce() throws Exception {
    client.send(ProbeRequest.hello("1"));
    client.leave();
    assertInstanceOf(ProbeReply.OfHello.class, client.receive());
    assertEquals(FrameServer.End.PEER_LEFT, end.get(2, TimeUnit.SECONDS));
  }

  @Test
  void endsWhenThePeerLeavesInTheMidstOfARequest() throws Exception {
    client.declare(100);
    client.leave();
    assertEquals(FrameServer.End.PEER_LEFT, end.get(2, TimeUnit.SECONDS));
  }

  @Test
  void endsWhenNobodyCanReadTheReplies() throws Exception {
    toClient.source().close();
    client.send(ProbeRequest.hello("1"));
    assertEquals(FrameServer.End.PEER_LEFT, end.get(5, TimeUnit.SECONDS));
  }

  @Test
  void endsWithinTwoSecondsWhenAPeerLeavesThatNeverRead() throws Exception {
    fillThePipe();
    client.send(ProbeRequest.hello("1"));
    client.leave();
    assertEquals(FrameServer.End.PEER_LEFT, end.get(2, TimeUnit.SECONDS));
  }

  /** The replies fill the pipe; after that the server must take in no more than its bound. */
  @Test
  void takesInNoMoreThanItsBoundWhenThePeerNeverReads() throws Exception {
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 100_000; i++) {
                  client.send(ProbeRequest.hello("h" + i));
                }
              } catch (IOException cutOff) {
                assertTrue(end.isDone(), cutOff.toString());
              }
            });
    assertEquals(FrameServer.End.PEER_BROKE_PROTOCOL, end.get(30, TimeUnit.SECONDS));
    long taken = bytesRead.get();
    toServer.source().close();
    asking.get(10, TimeUnit.SECONDS);
    assertTrue(taken < 256 << 10, "took in " + taken + " bytes of requests");
  }

  /** Leaves no room for a single reply. */
  private void fillThePipe() throws IOException {
    toClient.sink().configureBlocking(false);
    int written = 1;
    while (written > 0) {
      written = toClient.sink().write(ByteBuffer.allocate(4096));
    }
    toClient.sink().configureBlocking(true);
  }

  private static void assertProtocolError(String code, ProbeReply reply) {
    ProbeReply.Failed failed = assertInstanceOf(ProbeReply.Failed.class, reply, reply.toString());
    assertEquals(code, failed.error().code(), failed.error().message());
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read = super.read(to, from, length);
      bytesRead.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
