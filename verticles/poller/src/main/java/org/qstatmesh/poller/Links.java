package org.qstatmesh.poller;

import io.vertx.core.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The event loop's side of the sockets: names each link and brings what the owner thread hears to
 * whoever opened it. All but the listener's methods: event loop only.
 */
final class Links implements ProbeSockets.Listener {
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
  private final Map<Long, User> users = new HashMap<>();
  private final ProbeSockets sockets;
  private long linksMade;

  /** Starts the owner thread; {@code ended} hears on the event loop if that ends by itself. */
  Links(Context context, Consumer<String> ended) {
    this.context = context;
    this.ended = ended;
    this.sockets = ProbeSockets.start(this);
  }

  ProbeSockets sockets() {
    return sockets;
  }

  /** A new link; nothing is heard of it before the first request is sent. */
  long open(String endpoint, int maxReplyBytes, User user) {
    long link = ++linksMade;
    users.put(link, user);
    sockets.open(link, endpoint, maxReplyBytes);
    return link;
  }

  void send(long link, byte[] json) {
    sockets.send(link, json);
  }

  void listenAgain(long link) {
    sockets.listenAgain(link);
  }

  void close(long link) {
    if (users.remove(link) != null) {
      sockets.close(link);
    }
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
          User user = users.get(link);
          if (user != null) {
            news.accept(user);
          }
        });
  }

  private void tellLast(long link, Consumer<User> news) {
    context.runOnContext(
        none -> {
          User user = users.remove(link);
          if (user != null) {
            news.accept(user);
          }
        });
  }
}
