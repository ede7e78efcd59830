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
import java.util.ArrayList;
import java.util.List;

/**
 * Many browsers at once, as lean as they can be: raw websockets that register for rows, ping, and
 * count the frames that come. Its thread reads them all; whoever made it may look at the counts.
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

  private final Selector selector = Selector.open();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private volatile boolean closed;
  private volatile long rows;
  private volatile long rowBytes;
  private volatile Exception failure;

  /** Connects them all and registers each for all clusters. */
  Subscribers(URI page, int count, List<String> clusters) throws IOException {
    for (int i = 0; i < count; i++) {
      subscribers.add(new Subscriber(page, clusters));
    }
    Thread thread = new Thread(this::read, "subscribers");
    thread.setDaemon(true);
    thread.start();
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

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    long pinged = System.nanoTime();
    try {
      while (!closed) {
        selector.select(500);
        for (SelectionKey key : selector.selectedKeys()) {
          ((Subscriber) key.attachment()).read(buffer);
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() - pinged > PING_NANOS) {
          pinged = System.nanoTime();
          for (Subscriber subscriber : subscribers) {
            subscriber.send("{\"type\":\"ping\"}");
          }
        }
      }
      hangUp();
    } catch (IOException e) {
      failure = e;
    }
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

    Subscriber(URI page, List<String> clusters) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(page.getHost(), page.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      write(UPGRADE.formatted(page.getAuthority()).replace("\n", "\r\n"));
      readAnswer();
      for (String cluster : clusters) {
        send("{\"type\":\"register\",\"address\":\"grid.cluster." + cluster + "\"}");
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
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
          int skipped = (int) Math.min(bodyLeft, buffer.remaining());
          buffer.position(buffer.position() + skipped);
          bodyLeft -= skipped;
        } else {
          head.put(buffer.get());
          takeHead();
        }
      }
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
      boolean last = (head.get(0) & FIN) != 0;
      head.clear();
      messageBytes += bodyLeft;
      if (last) {
        if (messageBytes >= SHORTEST_ROW_BYTES) {
          count(messageBytes);
        }
        messageBytes = 0;
      }
    }
  }

  /** Only the reading thread writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void count(long bytes) {
    rows++;
    rowBytes += bytes;
  }
}
