package org.qstatmesh.poller;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The event loop's side of sockets and streams: names each link and brings what the owner thread
 * hears to whoever opened it. All but the listener's methods: event loop only.
 */
final class Links implements ProbeTransport.Listener {
  /** Who uses a link; called on the event loop, never after the link was closed. */
  interface User {
    void replied(byte[] json);

    /** The link is closed: the peer is not to be talked to. */
    void refused(String why);

    /** The link is closed through no fault of the peer. */
    void lost(String why);

    void stray(int messages);
  }

  private final Context context;
  private final Consumer<String> ended;
  private final Map<Long, Link> open = new HashMap<>();
  private final ProbeSockets sockets;
  private final ProbeStreams streams;
  private long linksMade;

  private record Link(User user, ProbeTransport transport) {}

  /** Starts the owner threads; {@code ended} hears on the event loop if one ends by itself. */
  Links(Context context, Consumer<String> ended) {
    this.context = context;
    this.ended = ended;
    this.sockets = ProbeSockets.start(this);
    this.streams = ProbeStreams.start(this);
  }

  /** A new link over ZeroMQ; nothing is heard of it before the first request is sent. */
  long openSocket(String endpoint, int maxReplyBytes, Mechanism mechanism, User user) {
    long link = add(user, sockets);
    sockets.open(link, endpoint, maxReplyBytes, mechanism);
    return link;
  }

  /** A new link over a stream of frames; nothing is heard of it before the first request. */
  long openStream(String endpoint, int maxReplyBytes, User user) {
    long link = add(user, streams);
    streams.open(link, endpoint, maxReplyBytes);
    return link;
  }

  private long add(User user, ProbeTransport transport) {
    long link = ++linksMade;
    open.put(link, new Link(user, transport));
    return link;
  }

  void send(long link, byte[] json) {
    with(link, transport -> transport.send(link, json));
  }

  void listenAgain(long link) {
    with(link, transport -> transport.listenAgain(link));
  }

  void close(long link) {
    Link closed = open.remove(link);
    if (closed != null) {
      closed.transport.close(link);
    }
  }

  private void with(long link, Consumer<ProbeTransport> deed) {
    Link known = open.get(link);
    if (known != null) {
      deed.accept(known.transport);
    }
  }

  /** Closes everything. */
  Future<Void> stop() {
    return Future.join(
            Future.fromCompletionStage(sockets.stop(), context),
            Future.fromCompletionStage(streams.stop(), context))
        .mapEmpty();
  }

  /** Time since the owner thread that is longest away went round. */
  long nanosSinceLastTurn() {
    return Math.max(sockets.nanosSinceLastTurn(), streams.nanosSinceLastTurn());
  }

  /** Commands that wait for an owner thread. */
  int commandsWaiting() {
    return sockets.commandsWaiting() + streams.commandsWaiting();
  }

  @Override
  public void replied(long link, byte[] json) {
    tell(link, user -> user.replied(json));
  }

  @Override
  public void refused(long link, String why) {
    tellLast(link, user -> user.refused(why));
  }

  @Override
  public void lost(long link, String why) {
    tellLast(link, user -> user.lost(why));
  }

  @Override
  public void stray(long link, int messages) {
    tell(link, user -> user.stray(messages));
  }

  @Override
  public void ended(String why) {
    context.runOnContext(none -> ended.accept(why));
  }

  private void tell(long link, Consumer<User> news) {
    context.runOnContext(
        none -> {
          Link known = open.get(link);
          if (known != null) {
            news.accept(known.user);
          }
        });
  }

  private void tellLast(long link, Consumer<User> news) {
    context.runOnContext(
        none -> {
          Link closed = open.remove(link);
          if (closed != null) {
            news.accept(closed.user);
          }
        });
  }
}
