package org.qstatmesh.probe.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads want done by the socket's thread. A pipe wakes it: any thread may write to it,
 * which a ZeroMQ socket would not allow. Holds at most one result of a collection and the answers
 * of the single-job queries, both bounded where they are made.
 */
final class Mailbox implements AutoCloseable {
  private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
  private final Pipe bell;

  Mailbox() throws IOException {
    bell = Pipe.open();
    bell.source().configureBlocking(false);
    bell.sink().configureBlocking(false);
  }

  /** Readable when there are letters. */
  SelectableChannel channel() {
    return bell.source();
  }

  /** Any thread; nothing happens after {@link #close()}. */
  void post(Runnable letter) {
    letters.add(letter);
    try {
      bell.sink().write(ByteBuffer.allocate(1)); // a full pipe rings as well
    } catch (IOException closed) {
      letters.clear();
    }
  }

  /** Runs all letters; the socket's thread. */
  void open() throws IOException {
    ByteBuffer rings = ByteBuffer.allocate(256);
    while (bell.source().read(rings) > 0) {
      rings.clear();
    }
    for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
    }
  }

  @Override
  public void close() throws IOException {
    bell.sink().close();
    bell.source().close();
  }
}
