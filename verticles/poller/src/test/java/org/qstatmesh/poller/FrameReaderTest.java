package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int MAX = 1 << 20;

  private final FrameReader reader = new FrameReader(MAX);

  /** Reads to the end, at most so many bytes at once; the frames, until one is refused. */
  private List<byte[]> read(byte[] stream, int atOnce) throws IOException {
    ReadableByteChannel all = Channels.newChannel(new ByteArrayInputStream(stream));
    ReadableByteChannel pieces =
        new ReadableByteChannel() {
          @Override
          public int read(ByteBuffer to) throws IOException {
            ByteBuffer piece = to.slice(to.position(), Math.min(atOnce, to.remaining()));
            int count = all.read(piece);
            to.position(to.position() + Math.max(0, count));
            return count;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {
            // Nothing to close.
          }
        };
    List<byte[]> frames = new ArrayList<>();
    while (reader.readFrom(pieces) >= 0 && reader.refusal() == null) {
      for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 65_535, 65_536, 1_000_000})
  void framesComeOutAsTheyWentInHoweverTheyAreCut(int atOnce) throws IOException {
    Random random = new Random(47);
    byte[][] frames = {new byte[0], new byte[1], new byte[70_000], new byte[300_001], {'{', '}'}};
    for (byte[] frame : frames) {
      random.nextBytes(frame);
    }
    byte[] stream = {};
    for (byte[] frame : frames) {
      stream = RawPeer.concat(stream, FramePeer.frame(frame));
    }
    List<byte[]> read = read(stream, atOnce);
    assertEquals(frames.length, read.size());
    for (int i = 0; i < frames.length; i++) {
      assertArrayEquals(frames[i], read.get(i));
    }
    assertTrue(reader.isEmpty());
    assertNull(reader.refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "00100001, 'declares a frame of 1048577 bytes'",
    "7fffffff, 'declares a frame of 2147483647 bytes'",
    "ffffffff, '2 GiB or more'",
    "80000000, '2 GiB or more'",
    "01020304, 'declares a frame of 16909060 bytes'",
  })
  void aLengthBeyondTheLimitIsRefusedWithoutItsBytes(String head, String why) throws IOException {
    byte[] stream = ByteBuffer.allocate(4).putInt(Integer.parseUnsignedInt(head, 16)).array();
    assertEquals(List.of(), read(stream, 100));
    assertNotNull(reader.refusal());
    assertTrue(reader.refusal().contains(why), reader.refusal());
    assertTrue(reader.refusal().contains("maxReplyBytes"), reader.refusal());
  }

  @Test
  void theLongestFrameIsTaken() throws IOException {
    assertEquals(MAX, read(FramePeer.frame(new byte[MAX]), 9_999).get(0).length);
  }

  @Test
  void textIsQuoted() throws IOException {
    byte[] stream = Bytes.utf8("Welcome to HPC 1\nUse of this system is monitored\n");
    assertEquals(List.of(), read(stream, 1_000));
    assertEquals("it sends text instead of frames: Welcome to HPC 1", reader.refusal());
  }

  @Test
  void aDeclaredLengthCostsNothingUntilItsBytesCome() throws IOException {
    FrameReader generous = new FrameReader(Integer.MAX_VALUE - 8);
    byte[] head = ByteBuffer.allocate(4).putInt(2_000_000_000).array();
    // A heap that has no room for it would say so here.
    generous.readFrom(Channels.newChannel(new ByteArrayInputStream(head)));
    assertNull(generous.next());
    assertNull(generous.refusal());
  }

  @Test
  void framesWithoutEndUseTheBudgetUp() throws IOException {
    byte[] again = FramePeer.frame(new byte[0]);
    byte[] stream = {};
    for (int i = 0; i < 10; i++) {
      stream = RawPeer.concat(stream, again);
    }
    int frames = 0;
    while (reader.refusal() == null) {
      frames += read(stream, 1_000).size();
    }
    assertTrue(frames < 2 * MAX / 64 + 10, frames + " empty frames");
    assertTrue(reader.refusal().contains("for one request"), reader.refusal());
  }
}
