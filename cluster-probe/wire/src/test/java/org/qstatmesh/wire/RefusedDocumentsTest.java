package org.qstatmesh.wire;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.wire.WireException.Kind;

/** Documents that are not wholly there, not wholly sound, or not of this protocol. */
@Timeout(60)
class RefusedDocumentsTest {
  private static final int MUTATIONS = 2_000;

  static Stream<String> requests() {
    return Stream.of("request", "foreign-request").flatMap(p -> Frames.names(p).stream());
  }

  static Stream<String> replies() {
    return Stream.of("reply", "foreign-reply").flatMap(p -> Frames.names(p).stream());
  }

  private static Kind refusedReply(byte[] frame) {
    return assertThrows(WireException.class, () -> WireCodec.decodeReply(frame, WireLimits.REPLY))
        .kind();
  }

  private static WireException refusedRequest(String frame) {
    return assertThrows(
        WireException.class,
        () -> WireCodec.decodeRequest(Frames.bytes(frame), WireLimits.REQUEST));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void noPrefixOfARequestIsARequest(String name) {
    byte[] frame = trimmed(name);
    for (int length = 0; length < frame.length; length++) {
      byte[] prefix = Arrays.copyOf(frame, length);
      WireException refused =
          assertThrows(
              WireException.class,
              () -> WireCodec.decodeRequest(prefix, WireLimits.REQUEST),
              () -> "cut after " + prefix.length);
      assertEquals(Kind.MALFORMED, refused.kind());
    }
  }

  @ParameterizedTest
  @MethodSource("replies")
  void noPrefixOfAReplyIsAReply(String name) {
    byte[] frame = trimmed(name);
    for (int length = 0; length < frame.length; length++) {
      assertEquals(Kind.MALFORMED, refusedReply(Arrays.copyOf(frame, length)));
    }
  }

  @Test
  void noPrefixOfABareSnapshotIsASnapshot() {
    byte[] document = trimmed("snapshot");
    for (int length = 0; length < document.length; length++) {
      InputStream prefix = new ByteArrayInputStream(document, 0, length);
      assertThrows(WireException.class, () -> WireCodec.readSnapshot(prefix, WireLimits.REPLY));
    }
  }

  /** White space at a frame's end is no part of the document, and a prefix without it is whole. */
  private static byte[] trimmed(String name) {
    return Frames.bytes(Frames.text(name).strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "null", "\u0000", "]", "}"})
  void nothingMayFollow(String more) {
    assertEquals(Kind.MALFORMED, refusedReply(Frames.bytes(Frames.text("reply-unchanged") + more)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "7", "\"qstat-mesh/1\"", "{}", "[{}]"})
  void aFrameIsAnObjectThatNamesItsProtocol(String frame) {
    assertEquals(Kind.MALFORMED, refusedReply(Frames.bytes(frame)));
    assertEquals(Kind.MALFORMED, refusedRequest(frame).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qstat-mesh/2",
        "qstat-mesh/2.1",
        "qstat-mesh/10",
        "qstat-mesh/1.",
        "qstat-mesh/1.x",
        "other/1",
        "QSTAT-MESH/1",
        ""
      })
  void anotherProtocolIsRefusedByName(String protocol) {
    WireException refused =
        refusedRequest("{\"protocol\":\"" + protocol + "\",\"id\":\"1\",\"ask\":{}}");
    assertEquals(Kind.FOREIGN_PROTOCOL, refused.kind());
    assertTrue(refused.getMessage().contains("is " + protocol), refused::getMessage);
    assertEquals(
        Kind.FOREIGN_PROTOCOL,
        refusedReply(Frames.bytes("{\"protocol\":\"" + protocol + "\",\"snapshot\":3}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qstat-mesh/1", "qstat-mesh/1.0", "qstat-mesh/1.3", "qstat-mesh/1.27"})
  void anyMinorVersionWillDo(String protocol) throws WireException {
    byte[] frame =
        Frames.bytes("{\"protocol\":\"" + protocol + "\",\"id\":\"1\",\"op\":\"hello\"}");
    assertEquals(ProbeRequest.hello("1"), WireCodec.decodeRequest(frame, WireLimits.REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"op\":\"hello\"",
        "\"id\":null,\"op\":\"hello\"",
        "\"id\":7,\"op\":\"hello\"",
        "\"id\":\"1\"",
        "\"id\":\"1\",\"op\":null",
        "\"id\":\"1\",\"op\":\"HELLO\"",
        "\"id\":\"1\",\"op\":\"shutdown\"",
        "\"id\":\"1\",\"op\":[\"hello\"]",
        "\"id\":\"1\",\"op\":\"job\"",
        "\"id\":\"1\",\"op\":\"job\",\"jobId\":null",
        "\"id\":\"1\",\"op\":\"job\",\"jobId\":\"\"",
        "\"id\":\"1\",\"op\":\"snapshot\",\"have\":3",
        "\"id\":\"1\",\"id\":\"2\",\"op\":\"hello\"",
        "\"id\":\"1\",\"op\":\"hello\",\"new\":{\"a\":1,\"a\":2}",
      })
  void unsoundRequestIsRefused(String fields) {
    assertEquals(
        Kind.MALFORMED, refusedRequest("{\"protocol\":\"qstat-mesh/1\"," + fields + "}").kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"unchanged\":false",
        "\"unchanged\":true",
        "\"unchanged\":true,\"ageMillis\":-1",
        "\"unchanged\":1,\"ageMillis\":1",
        "\"snapshot\":null",
        "\"snapshot\":[]",
        "\"unchanged\":true,\"ageMillis\":1,\"error\":{\"code\":\"X\"}",
        "\"error\":{}",
        "\"error\":\"broken\"",
        "\"detail\":{}",
        "\"detail\":{\"job\":null}",
        "\"detail\":{\"job\":{\"jobId\":\"1\"}}",
        "\"hello\":3",
        "\"hello\":{\"minimumIntervalSeconds\":-1}",
      })
  void unsoundReplyIsRefused(String fields) {
    assertEquals(
        Kind.MALFORMED,
        refusedReply(Frames.bytes("{\"protocol\":\"qstat-mesh/1\",\"id\":\"7\"," + fields + "}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":null,\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":\"now\",\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":-1,\"jobs\":[],\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":{},\"nodes\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[],\"jobs\":[]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[],\"ageMillis\":NaN}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[],\"visibility\":1}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[],\"collectors\":[{}]}",
        "{\"drms\":\"slurm\",\"takenAtEpochMillis\":1,\"jobs\":[],\"nodes\":[],\"collectors\":[3]}",
      })
  void unsoundSnapshotIsRefused(String snapshot) {
    assertEquals(Kind.MALFORMED, refusedReply(Frames.reply(snapshot)));
  }

  @Test
  void messageNamesFieldAndPlaceInOneLine() {
    WireException wrong =
        refusedRequest("{\"protocol\":\"qstat-mesh/1\",\"id\":{\"\\u001b[2J\\n\":1},\"op\":7}");
    assertEquals("/id at byte 32: expected a string", wrong.getMessage());
    assertEquals(
        "document at byte 26: id is missing",
        refusedRequest("{\"protocol\":\"qstat-mesh/1\"}").getMessage());
    WireException hostile = refusedRequest("{\"protocol\":\"\\u001b]0;\\u202e\\nx\"}");
    assertEquals("protocol is ?]0;??x, spoken here is qstat-mesh/1", hostile.getMessage());
    WireException twice = refusedRequest("{\"\\u001b\\n\":1,\"\\u001b\\n\":2}");
    assertTrue(twice.getMessage().chars().noneMatch(Character::isISOControl));
  }

  @Test
  void onlyUtf8IsRead() {
    assertEquals(Kind.MALFORMED, refusedReply(Frames.text("reply-unchanged").getBytes(UTF_16BE)));
    byte[] broken = Frames.bytes("{\"protocol\":\"qstat-mesh/1\",\"id\":\"?\"}");
    broken[broken.length - 3] = (byte) 0xff;
    assertEquals(Kind.MALFORMED, refusedReply(broken));
  }

  @Test
  void failingStreamIsNotAMalformedDocument() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    IOException failure =
        assertThrows(IOException.class, () -> WireCodec.readSnapshot(closed, WireLimits.REPLY));
    assertEquals("Stream closed", failure.getMessage());
  }

  /** Whatever is read from a damaged frame is a sound object: it can be written and read again. */
  @Test
  void damagedFramesAreRefusedOrSound() throws WireException {
    Random random = new Random(20_261_122);
    String[] names = replies().toArray(String[]::new);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] frame = damaged(Frames.read(names[i % names.length]), random);
      ProbeReply reply;
      try {
        reply = WireCodec.decodeReply(frame, WireLimits.REPLY);
      } catch (WireException e) {
        assertNotNull(e.getMessage());
        continue;
      }
      read++;
      byte[] again = WireCodec.encodeReply(reply);
      assertEquals(reply, WireCodec.decodeReply(again, WireLimits.REPLY));
    }
    assertTrue(read > MUTATIONS / 20 && read < MUTATIONS, "read " + read);
  }

  @Test
  void damagedRequestsAreRefusedOrSound() throws WireException {
    Random random = new Random(22_112_026);
    String[] names = requests().toArray(String[]::new);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] frame = damaged(Frames.read(names[i % names.length]), random);
      ProbeRequest request;
      try {
        request = WireCodec.decodeRequest(frame, WireLimits.REQUEST);
      } catch (WireException e) {
        assertNotNull(e.getMessage());
        continue;
      }
      byte[] again = WireCodec.encodeRequest(request);
      assertEquals(request, WireCodec.decodeRequest(again, WireLimits.REQUEST));
    }
  }

  private static byte[] damaged(byte[] frame, Random random) {
    int flips = 1 + random.nextInt(3);
    for (int i = 0; i < flips; i++) {
      frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return frame;
  }
}
