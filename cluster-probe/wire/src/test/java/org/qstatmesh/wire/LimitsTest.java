package org.qstatmesh.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.wire.WireException.Kind;

/** Each limit holds to the unit: as much as it says is read, one more is refused. */
@Timeout(60)
class LimitsTest {
  private static final WireLimits SMALL = new WireLimits(4_096, 6, 100, 3, 3, 3, 3);

  private static void read(String snapshot) throws WireException {
    assertEquals("7", WireCodec.decodeReply(Frames.reply(snapshot), SMALL).id());
  }

  private static void refused(String snapshot) {
    WireException refused =
        assertThrows(
            WireException.class, () -> WireCodec.decodeReply(Frames.reply(snapshot), SMALL));
    assertEquals(Kind.TOO_LARGE, refused.kind(), refused.getMessage());
  }

  private static String snapshot(String jobs, String nodes, String more) {
    return "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":["
        + jobs
        + "],\"nodes\":["
        + nodes
        + "]"
        + more
        + "}";
  }

  private static String times(int count, String element) {
    return String.join(",", Collections.nCopies(count, element));
  }

  private static String job(String more) {
    return "{\"jobId\":\"1\",\"jobOwner\":\"a\",\"jobState\":\"QUEUED\"" + more + "}";
  }

  @Test
  void bytesOfAFrame() throws WireException {
    byte[] frame = Frames.read("reply-unchanged");
    WireLimits exact = WireLimits.REPLY.withMaxBytes(frame.length);
    assertEquals(Samples.replies().get("reply-unchanged"), WireCodec.decodeReply(frame, exact));
    WireException refused =
        assertThrows(
            WireException.class,
            () -> WireCodec.decodeReply(frame, exact.withMaxBytes(frame.length - 1)));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  @Test
  void bytesOfAStream() throws Exception {
    byte[] document = Frames.read("snapshot");
    WireLimits exact = WireLimits.REPLY.withMaxBytes(document.length);
    InputStream whole = new ByteArrayInputStream(document);
    assertEquals(Samples.full(), WireCodec.readSnapshot(whole, exact));
    InputStream again = new ByteArrayInputStream(document);
    WireException refused =
        assertThrows(
            WireException.class,
            () -> WireCodec.readSnapshot(again, exact.withMaxBytes(document.length - 1)));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  /** A stream that never ends is read no further than the limit. */
  @Test
  void endlessStream() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    WireException refused =
        assertThrows(
            WireException.class,
            () -> WireCodec.readSnapshot(endless, WireLimits.REPLY.withMaxBytes(1 << 20)));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  @Test
  void records() throws WireException {
    read(snapshot(times(3, job("")), "", ""));
    refused(snapshot(times(4, job("")), "", ""));
    read(snapshot(times(3, "0"), "", ""));
    refused(snapshot(times(4, "0"), "", ""));
    String node = "{\"nodeName\":\"n\",\"nodeState\":\"FREE\"}";
    read(snapshot("", times(3, node), ""));
    refused(snapshot("", times(4, node), ""));
    String queue = "{\"queueName\":\"q\"}";
    read(snapshot("", "", ",\"queues\":[" + times(3, queue) + "]"));
    refused(snapshot("", "", ",\"queues\":[" + times(4, queue) + "]"));
    String collector = "{\"collector\":\"c\"}";
    read(snapshot("", "", ",\"collectors\":[" + times(32, collector) + "]"));
    refused(snapshot("", "", ",\"collectors\":[" + times(33, collector) + "]"));
  }

  @Test
  void namesOfARecord() throws WireException {
    read(snapshot(job(",\"nodeNames\":[" + times(3, "\"n\"") + "]"), "", ""));
    refused(snapshot(job(",\"nodeNames\":[" + times(4, "\"n\"") + "]"), "", ""));
  }

  @Test
  void charactersOfAString() throws WireException {
    read(snapshot(job(",\"jobName\":\"" + "x".repeat(100) + "\""), "", ""));
    refused(snapshot(job(",\"jobName\":\"" + "x".repeat(101) + "\""), "", ""));
    refused(snapshot(job(",\"jobName\":\"" + "\\u00e9".repeat(101) + "\""), "", ""));
  }

  @Test
  void depth() throws WireException {
    read(snapshot("", "", ",\"new\":[[[[]]]]"));
    refused(snapshot("", "", ",\"new\":[[[[[]]]]]"));
  }

  @Test
  void depthThatWouldEndTheStack() {
    byte[] frame = Frames.bytes("[".repeat(1 << 20));
    WireException refused =
        assertThrows(WireException.class, () -> WireCodec.decodeReply(frame, WireLimits.REPLY));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  @Test
  void lengthOfAFieldName() {
    WireException refused =
        assertThrows(
            WireException.class,
            () -> Frames.snapshot(snapshot("", "", ",\"" + "n".repeat(10_000) + "\":0")));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  /** The parser keeps every field name it met; so does the check for keys that come twice. */
  @Test
  void differentFieldNames() throws WireException {
    assertEquals("slurm", Frames.snapshot(snapshot("", "", fields(50_000))).drms());
    WireException refused =
        assertThrows(WireException.class, () -> Frames.snapshot(snapshot("", "", fields(50_001))));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ",\"f" + i + "\":0")
        .collect(Collectors.joining());
  }

  /** Numbers of a million digits take long to convert, which is the point of sending them. */
  @Test
  void digitsOfANumber() {
    WireException refused =
        assertThrows(
            WireException.class,
            () -> Frames.snapshot(snapshot(job(",\"slots\":" + "9".repeat(1 << 20)), "", "")));
    assertEquals(Kind.TOO_LARGE, refused.kind());
  }
}
