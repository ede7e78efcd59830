package org.qstatmesh.probe.serve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.policy.Redaction;
import org.qstatmesh.wire.EncodedReply;

/**
 * The protocol over one pair of byte streams: each request and each reply is a frame, four bytes of
 * big-endian length and so many bytes of JSON. One peer, which came through ssh and whom sshd
 * knows.
 *
 * <p>Two threads: {@code frame-reader} reads, {@code frame-answers} answers and writes. A peer that
 * does not read stops the second one within a reply: one encoded reply and {@link #MAX_UNANSWERED}
 * requests are then held, and no more. Neither thread can be woken from a stream that blocks, so
 * both are daemons, and {@link #serve()} returns without them.
 */
public final class FrameServer implements AutoCloseable {
  /** Why it ended. */
  public enum End {
    /** The peer closed its end, or is gone. */
    PEER_LEFT,
    /** The peer sent what is no frame, or asked without ever reading. */
    PEER_BROKE_PROTOCOL,
    /** {@link #close()}. */
    CLOSED
  }

  private static final Logger LOG = System.getLogger(FrameServer.class.getName());

  /** Longest request. */
  static final int MAX_REQUEST_BYTES = 8 << 10;

  /** Requests read and not looked at yet; then the reader waits. */
  static final int MAX_UNANSWERED = 64;

  /** How long the reader waits for a peer that goes on asking and does not read. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long the last reply may take once nothing more can come. */
  private static final long FAREWELL_MILLIS = 1_000;

  /** What one write hands to the system; the JDK copies each outside the heap first. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final DataInputStream in;
  private final OutputStream out;
  private final Duration patience;
  private final RequestAnswerer answerer;
  private final LinkedBlockingQueue<Runnable> letters = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MAX_UNANSWERED);
  private final CompletableFuture<End> ended = new CompletableFuture<>();

  /**
   * Serves nothing yet; the streams stay the caller's to close.
   *
   * @param redaction what a single job passes through before it leaves
   */
  public FrameServer(
      CommandRunner runner,
      SnapshotTaker taker,
      BackgroundCollector collector,
      Redaction redaction,
      InputStream in,
      OutputStream out) {
    this(runner, taker, collector, redaction, in, out, PATIENCE);
  }

  FrameServer(
      CommandRunner runner,
      SnapshotTaker taker,
      BackgroundCollector collector,
      Redaction redaction,
      InputStream in,
      OutputStream out,
      Duration patience) {
    this.patience = patience;
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = out;
    this.answerer = new RequestAnswerer(runner, taker, collector, redaction, letters::add);
  }

  /**
   * Serves until the peer leaves or {@link #close()} is called.
   *
   * @throws ExecutionException for a defect of ours
   */
  public End serve() throws InterruptedException, ExecutionException {
    start("frame-answers", this::answerAll);
    start("frame-reader", this::readAll);
    return ended.get();
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll() {
    try {
      End end = readUntilEnd();
      letters.add(() -> ended.complete(end));
      // a peer that does not read keeps nobody from ending
      ended.completeOnTimeout(end, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | RuntimeException defect) {
      ended.completeExceptionally(defect);
    }
  }

  private End readUntilEnd() throws InterruptedException {
    try {
      while (true) {
        int length = in.readInt();
        if (length < 0 || length > MAX_REQUEST_BYTES) {
          LOG.log(Level.WARNING, tooLong(length));
          letters.add(() -> answerer.refuse(this::send, tooLong(length)));
          return End.PEER_BROKE_PROTOCOL;
        }
        byte[] request = in.readNBytes(length);
        if (request.length < length) {
          return End.PEER_LEFT;
        }
        if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.log(
              Level.WARNING,
              "more than " + MAX_UNANSWERED + " requests and none of the replies read");
          return End.PEER_BROKE_PROTOCOL;
        }
        letters.add(() -> answer(request));
      }
    } catch (IOException end) {
      return End.PEER_LEFT;
    }
  }

  private static String tooLong(int length) {
    return "a request of "
        + Integer.toUnsignedString(length)
        + " bytes; the longest is "
        + MAX_REQUEST_BYTES;
  }

  private void answer(byte[] request) {
    room.release();
    answerer.answer(request, this::send);
  }

  private void answerAll() {
    try {
      while (!ended.isDone()) {
        Runnable letter = nextLetter();
        if (letter != null) {
          letter.run();
        }
        answerer.answerExpired(System.nanoTime());
      }
    } catch (InterruptedException | RuntimeException defect) {
      ended.completeExceptionally(defect);
    }
  }

  private Runnable nextLetter() throws InterruptedException {
    long wait = answerer.millisUntilExpiry(System.nanoTime());
    return wait < 0 ? letters.take() : letters.poll(wait, TimeUnit.MILLISECONDS);
  }

  private void send(EncodedReply reply) {
    try {
      int length = Math.toIntExact(reply.length());
      OutputStream chunks = new BufferedOutputStream(out, CHUNK_BYTES);
      chunks.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      reply.writeTo(chunks);
      chunks.flush();
    } catch (IOException gone) {
      ended.complete(End.PEER_LEFT);
    }
  }

  /** Ends {@link #serve()}; any thread. */
  @Override
  public void close() {
    ended.complete(End.CLOSED);
    letters.add(() -> {});
    answerer.close();
  }
}
