package org.qstatmesh.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frames on disk are what we write, byte for byte, and what we read. */
@Timeout(30)
class GoldenFramesTest {

  static Stream<String> requests() {
    return Samples.requests().keySet().stream();
  }

  static Stream<String> replies() {
    return Samples.replies().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsWrittenAndReadAsOnDisk(String name) throws Exception {
    ProbeRequest request = Samples.requests().get(name);
    byte[] written = WireCodec.encodeRequest(request);
    Frames.updateIfAsked(name, written);
    assertEquals(Frames.text(name), new String(written, UTF_8));
    assertEquals(request, WireCodec.decodeRequest(Frames.read(name), WireLimits.REQUEST));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void replyIsWrittenAndReadAsOnDisk(String name) throws Exception {
    ProbeReply reply = Samples.replies().get(name);
    byte[] written = WireCodec.encodeReply(reply);
    Frames.updateIfAsked(name, written);
    assertEquals(Frames.text(name), new String(written, UTF_8));
    assertEquals(reply, WireCodec.decodeReply(Frames.read(name), WireLimits.REPLY));
  }

  @Test
  void bareSnapshotIsWrittenAndReadAsOnDisk() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    WireCodec.writeSnapshot(Samples.full(), written);
    Frames.updateIfAsked("snapshot", written.toByteArray());
    assertEquals(Frames.text("snapshot"), written.toString(UTF_8));
    assertEquals(
        Samples.full(),
        WireCodec.readSnapshot(
            new ByteArrayInputStream(Frames.read("snapshot")), WireLimits.REPLY));
  }

  @Test
  void aSummaryThatIsKeptIsReadAsItWas() throws WireException {
    PastSummary kept = Samples.past().withAgeMillis(0);
    byte[] json = WireCodec.encodeSummary(kept);
    assertEquals(kept, WireCodec.decodeSummary(json, WireLimits.REPLY));
  }

  @Test
  void noFrameOnDiskIsForgotten() {
    Set<String> known = new TreeSet<>(Samples.requests().keySet());
    known.addAll(Samples.replies().keySet());
    known.addAll(
        List.of("snapshot", "foreign-request", "foreign-reply-least", "foreign-reply-later"));
    assertEquals(known, new TreeSet<>(Frames.names("")));
  }

  @Test
  void snapshotEncodedOnceIsTheReplyAtAnyAge() {
    EncodedSnapshot encoded = WireCodec.encodeSnapshot(Samples.full());
    assertEquals("b1f3-17", encoded.snapshotId());
    for (long age : new long[] {0, 210, 86_400_000_000L}) {
      ProbeReply reply = new ProbeReply.OfSnapshot("7", Samples.full().withAgeMillis(age));
      assertEquals(
          new String(WireCodec.encodeReply(reply), UTF_8),
          new String(WireCodec.reply("7", encoded, age, false).bytes(), UTF_8));
    }
    byte[] first = WireCodec.reply("7", encoded, 1, false).bytes();
    byte[] second = WireCodec.reply("7", encoded, 2, false).bytes();
    assertFalse(first == second, "a frame that ZeroMQ still sends is not written to");
    assertTrue(encoded.heldBytes() < first.length);
  }

  /** Without this, a field that is never written would go unseen: null is read as null. */
  @Test
  void fullSampleLeavesNothingToItsDefault() throws Exception {
    ProbeReply.OfSnapshot reply = (ProbeReply.OfSnapshot) Samples.replies().get("reply-snapshot");
    assertFull(reply);
    assertFull(Samples.full().collectors().get(1));
    assertFull(Samples.job());
    assertFull(Samples.node());
    assertFull(Samples.replies().get("reply-job"));
    assertFull(Samples.replies().get("reply-hello"));
    assertFull(Samples.past());
  }

  private static void assertFull(Object record) throws ReflectiveOperationException {
    Map<String, Object> defaults = Map.of("taskCount", 1);
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      Object value = accessor.invoke(record);
      assertNotNull(value, component::toString);
      assertFalse(value.equals(List.of()), component::toString);
      assertFalse(value.equals(defaults.get(component.getName())), component::toString);
      if (value instanceof Record nested) {
        assertFull(nested);
      }
    }
  }

  @Test
  void leastForeignRequestIsRead() throws WireException {
    assertEquals(
        ProbeRequest.snapshot("abc", null),
        WireCodec.decodeRequest(Frames.read("foreign-request"), WireLimits.REQUEST));
  }

  @Test
  void leastForeignReplyIsRead() throws WireException {
    Snapshot expected =
        new Snapshot(
            null,
            "slurm",
            null,
            null,
            Visibility.UNKNOWN,
            null,
            null,
            1_795_330_395_000L,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(
                Job.builder("12_3", "carol", JobState.RUNNING).build(),
                Job.builder("13", "dave", JobState.QUEUED).build()),
            List.of(Samples.bareNode("c1", NodeState.FREE)),
            null);
    assertEquals(
        new ProbeReply.OfSnapshot(null, expected),
        WireCodec.decodeReply(Frames.read("foreign-reply-least"), WireLimits.REPLY));
  }

  /**
   * A probe of version 1.3 has fields at every level that this version does not know, and states it
   * does not know.
   */
  @Test
  void replyOfALaterMinorVersionIsRead() throws WireException {
    ProbeReply reply = WireCodec.decodeReply(Frames.read("foreign-reply-later"), WireLimits.REPLY);
    Snapshot snapshot = ((ProbeReply.OfSnapshot) reply).snapshot();
    assertEquals(
        List.of(Job.builder("1", "alice", JobState.UNDETERMINED).jobSubState("Z").build()),
        snapshot.jobs());
    assertEquals(List.of(Samples.bareNode("n1", NodeState.UNKNOWN)), snapshot.nodes());
    assertEquals(Visibility.UNKNOWN, snapshot.visibility());
    assertEquals(List.of(new Queue("q", null, null, null, null)), snapshot.queues());
    assertEquals(
        List.of(
            new CollectorReport("jobs", null, true, 0, null, 0, null),
            new CollectorReport(
                "reservations", null, false, 0, null, 0, new ProbeError("NEW", null))),
        snapshot.collectors());
  }

  @Test
  void writerLeavesTheCallersStreamOpen() throws IOException {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    WireCodec.writeSnapshot(Samples.full(), out);
    assertFalse(closed[0]);
  }
}
