package org.qstatmesh.poller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.qstatmesh.bus.ProbeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of frames of a poller and the one thread that touches them: what a probe speaks over
 * its standard input and output, at the tunnel's loopback port.
 *
 * <p>Commands are queued and the thread is woken by its selector; it is never interrupted. The
 * queue needs no bound of its own: each cluster has at most one request under way, so at most a
 * handful of commands.
 */
final class ProbeStreams implements ProbeTransport {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeStreams.class);

  /** It goes round this often when nothing happens, so that one can see that it lives. */
  private static final long IDLE_MILLIS = 2_000;

  private final Listener listener;
  private final Selector selector;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile long lastTurnNanos = System.nanoTime();

  // Of the owner thread alone.
  private final Map<Long, ProbeStream> streams = new HashMap<>();
  private boolean stopping;

  private ProbeStreams(Listener listener) throws IOException {
    this.listener = listener;
    this.selector = Selector.open();
  }

  /** Starts the owner thread. */
  static ProbeStreams start(Listener listener) {
    try {
      ProbeStreams streams = new ProbeStreams(listener);
      Thread owner = new Thread(streams::run, "poller-stream-owner");
      owner.setDaemon(true);
      owner.start();
      return streams;
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
  }

  /**
   * Opens a link to a probe.
   *
   * @param endpoint {@code tcp://address:port}, numeric: nothing is looked up here
   */
  void open(long link, String endpoint, int maxReplyBytes) {
    command(() -> doOpen(link, endpoint, maxReplyBytes));
  }

  @Override
  public void send(long link, byte[] json) {
    command(
        () ->
            with(
                link,
                stream -> {
                  if (stream.send(json, System.nanoTime())) {
                    listener.stray(link, 1);
                  }
                }));
  }

  @Override
  public void listenAgain(long link) {
    command(
        () ->
            with(
                link,
                stream -> {
                  stream.listenAgain();
                  turn(stream);
                }));
  }

  @Override
  public void close(long link) {
    command(
        () -> {
          ProbeStream stream = streams.remove(link);
          if (stream != null) {
            stream.close();
          }
        });
  }

  @Override
  public CompletionStage<Void> stop() {
    command(() -> stopping = true);
    return stopped;
  }

  @Override
  public long nanosSinceLastTurn() {
    return System.nanoTime() - lastTurnNanos;
  }

  @Override
  public int commandsWaiting() {
    return commands.size();
  }

  private void command(Runnable command) {
    commands.add(command);
    selector.wakeup();
  }

  private void run() {
    String end = null;
    try (selector) {
      while (!stopping) {
        selector.select(
            key -> {
              // What is ready is looked at below, with those that only wait for their time.
            },
            millisToNextTime());
        lastTurnNanos = System.nanoTime();
        for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
          next.run();
        }
        List.copyOf(streams.values()).forEach(this::turn);
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("the owner thread of the probes' streams ended", e);
      end = "the owner thread of the probes' streams ended: " + e;
    }
    streams.values().forEach(ProbeStream::close);
    stopped.complete(null);
    if (end != null) {
      listener.ended(end);
    }
  }

  private long millisToNextTime() {
    long now = System.nanoTime();
    long millis = IDLE_MILLIS;
    for (ProbeStream stream : streams.values()) {
      millis = Math.min(millis, stream.millisToNextConnect(now));
    }
    // 0 would be for ever.
    return Math.max(1, millis);
  }

  private void with(long link, Consumer<ProbeStream> deed) {
    ProbeStream stream = streams.get(link);
    if (stream != null) {
      deed.accept(stream);
    }
  }

  private void turn(ProbeStream stream) {
    switch (stream.turn(System.nanoTime())) {
      case REPLY -> listener.replied(stream.link(), stream.takeReply());
      case REFUSED -> {
        streams.remove(stream.link());
        stream.close();
        listener.refused(stream.link(), stream.refusal());
      }
      case NOTHING -> {}
    }
  }

  private void doOpen(long link, String endpoint, int maxReplyBytes) {
    try {
      ProbeAddress address = ProbeAddress.parse(endpoint);
      InetSocketAddress peer = new InetSocketAddress(address.host(), address.port());
      streams.put(link, new ProbeStream(link, selector, peer, maxReplyBytes));
    } catch (IllegalArgumentException e) {
      listener.lost(link, e.toString());
    }
  }
}
