package org.qstatmesh.it.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Many browsers at once, as lean as they can be: raw websockets that register for rows, ping, and
 * count the rows that come and how old they are. Some may never read. Its thread reads the others;
 * whoever made it may look at the counts.
 */
final class Subscribers implements AutoCloseable {
  private static final String UPGRADE =
      """
      GET /eventbus/websocket HTTP/1.1
      Host: %1$s
      Origin: http://%1$s
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

      """;

  private static final long PING_NANOS = 4_000_000_000L;
  private static final int FIN = 0x80;
  private static final int FIN_AND_TEXT = FIN | 1;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;

  /** A row is longer; a pong of the bridge is not. */
  private static final int SHORTEST_ROW_BYTES = 300;

  /** Where a row says when it was sent; within so many bytes of its begin. */
  private static final String TIME = "\"serverTimeEpochMillis\":";

  private static final int HEAD_BYTES = 128;

  /** Of a moment in this century. */
  private static final int MILLIS_DIGITS = 13;

  /** Older ones are counted as so old. */
  private static final int MOST_MILLIS = 10_000;

  private final Selector selector = Selector.open();
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final AtomicLongArray ages = new AtomicLongArray(MOST_MILLIS + 1);
  private final int silent;

  /** Of the reading thread. */
  private long pinged = System.nanoTime();

  private volatile boolean closed;
  private volatile long rows;
  private volatile long rowBytes;
  private volatile int closedSilent;
  private volatile Exception failure;

  /** Connects them all and registers each for all clusters. */
  Subscribers(URI page, int count, List<String> clusters) throws IOException {
    this(page, count, 0, clusters);
  }

  /** The same, with some more that never read. */
  Subscribers(URI page, int reading, int silent, List<String> clusters) throws IOException {
    this.silent = silent;
    Thread thread = new Thread(this::read, "subscribers");
    thread.setDaemon(true);
    // The first are read from and ping while the last connect.
    thread.start();
    for (int i = 0; i < silent + reading; i++) {
      subscribers.add(new Subscriber(page, clusters, i >= silent));
    }
  }

  /** Rows that came so far, to all of them. */
  long rows() throws IOException {
    if (failure != null) {
      throw new IOException("a subscriber is gone", failure);
    }
    return rows;
  }

  /** Their bytes. */
  long rowBytes() {
    return rowBytes;
  }

  /** Of those that never read, how many the server has closed. */
  int closedSilent() {
    return closedSilent;
  }

  /** Forgets how old rows were. */
  void forgetAges() {
    for (int i = 0; i <= MOST_MILLIS; i++) {
      ages.set(i, 0);
    }
  }

  /** The age at arrival that this share of all rows since did not exceed, milliseconds. */
  int ageMillis(double share) {
    long all = 0;
    for (int i = 0; i <= MOST_MILLIS; i++) {
      all += ages.get(i);
    }
    long below = 0;
    for (int i = 0; i <= MOST_MILLIS; i++) {
      below += ages.get(i);
      if (below >= share * all) {
        return i;
      }
    }
    return MOST_MILLIS;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    try {
      while (!closed) {
        selector.select(500);
        for (SelectionKey key : selector.selectedKeys()) {
          ((Subscriber) key.attachment()).read(buffer);
          pingWhenDue();
        }
        selector.selectedKeys().clear();
        pingWhenDue();
      }
      hangUp();
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Also in the middle of a long round: the mesh closes who is silent for ten seconds. */
  private void pingWhenDue() throws IOException {
    if (System.nanoTime() - pinged < PING_NANOS) {
      return;
    }
    pinged = System.nanoTime();
    int gone = 0;
    for (int i = 0; i < subscribers.size(); i++) {
      try {
        subscribers.get(i).send("{\"type\":\"ping\"}");
      } catch (IOException e) {
        if (i >= silent) {
          throw e;
        }
        gone++;
      }
    }
    closedSilent = gone;
  }

  /** The reading thread hangs up. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void hangUp() throws IOException {
    for (Subscriber subscriber : subscribers) {
      subscriber.channel.close();
    }
    selector.close();
  }

  /** One websocket. RFC 6455: a server's frames have a length and no mask. */
  private final class Subscriber {
    private final SocketChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(10);
    private long bodyLeft;

    /** Of the message under way; a long one comes in several frames. */
    private long messageBytes;

    private final byte[] begin = new byte[HEAD_BYTES];
    private int begun;
    private boolean lastFrame;

    Subscriber(URI page, List<String> clusters, boolean reads) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(page.getHost(), page.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      write(UPGRADE.formatted(page.getAuthority()).replace("\n", "\r\n"));
      readAnswer();
      for (String cluster : clusters) {
        send("{\"type\":\"register\",\"address\":\"grid.cluster." + cluster + "\"}");
      }
      channel.configureBlocking(false);
      if (reads) {
        channel.register(selector, SelectionKey.OP_READ, this);
      }
    }

    /** Byte by byte, for what follows it are frames. */
    private void readAnswer() throws IOException {
      StringBuilder answer = new StringBuilder();
      ByteBuffer one = ByteBuffer.allocate(1);
      while (!answer.toString().endsWith("\r\n\r\n")) {
        if (channel.read(one.clear()) < 0) {
          throw new EOFException(answer.toString());
        }
        answer.append((char) one.get(0));
      }
      if (!answer.toString().startsWith("HTTP/1.1 101")) {
        throw new IOException(answer.toString());
      }
    }

    private void write(String text) throws IOException {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A short text frame; its mask is zero, which leaves the text as it is. */
    void send(String text) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.US_ASCII);
      ByteBuffer frame = ByteBuffer.allocate(6 + body.length);
      frame.put((byte) FIN_AND_TEXT).put((byte) (MASKED | body.length)).putInt(0).put(body).flip();
      channel.write(frame);
    }

    void read(ByteBuffer buffer) throws IOException {
      if (channel.read(buffer.clear()) < 0) {
        throw new EOFException("the mesh hung up");
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        if (bodyLeft > 0) {
          skip(buffer);
        } else {
          head.put(buffer.get());
          takeHead();
        }
      }
    }

    private void skip(ByteBuffer buffer) {
      int skipped = (int) Math.min(bodyLeft, buffer.remaining());
      int kept = Math.min(skipped, HEAD_BYTES - begun);
      buffer.get(buffer.position(), begin, begun, kept);
      begun += kept;
      buffer.position(buffer.position() + skipped);
      bodyLeft -= skipped;
      if (bodyLeft == 0 && lastFrame) {
        end();
      }
    }

    private void end() {
      if (messageBytes >= SHORTEST_ROW_BYTES) {
        count(messageBytes, new String(begin, 0, begun, StandardCharsets.ISO_8859_1));
      }
      messageBytes = 0;
      begun = 0;
    }

    private void takeHead() {
      if (head.position() < 2) {
        return;
      }
      int length = head.get(1);
      int needed = length == TWO_BYTES_FOLLOW ? 4 : length == EIGHT_BYTES_FOLLOW ? 10 : 2;
      if (head.position() < needed) {
        return;
      }
      bodyLeft = needed == 4 ? head.getShort(2) & 0xffff : needed == 10 ? head.getLong(2) : length;
      lastFrame = (head.get(0) & FIN) != 0;
      head.clear();
      messageBytes += bodyLeft;
      if (bodyLeft == 0 && lastFrame) {
        end();
      }
    }
  }

  /** Only the reading thread writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void count(long bytes, String begin) {
    rows++;
    rowBytes += bytes;
    int at = begin.indexOf(TIME) + TIME.length();
    if (at < TIME.length() || at + MILLIS_DIGITS > begin.length()) {
      return;
    }
    long sent = Long.parseLong(begin, at, at + MILLIS_DIGITS, 10);
    long age = Math.max(0, Math.min(MOST_MILLIS, System.currentTimeMillis() - sent));
    ages.incrementAndGet((int) age);
  }
}
