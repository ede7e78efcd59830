package org.qstatmesh.broadcast.browser;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.broadcast.browser.rest.RestBackend;
import org.qstatmesh.bus.QueryFailure;

/**
 * The bridge between websockets and the grid's addresses. Deny by default: a browser may register
 * for the overview and for the clusters configured now, and send to the questions of {@link
 * QuestionReader}; nothing it sends reaches any bus, and nobody's answer is addressed but its own.
 * Browsers' event loop.
 */
final class GridBridge {
  private static final int FORBIDDEN = 403;

  private final BrowserLimits limits;
  private final GridTraffic traffic;
  private final QueryDesk desk;
  private final Clock clock;
  private final Map<String, GridTopic> topics = new HashMap<>();
  private final Set<GridSocket> sockets = new LinkedHashSet<>();
  private Set<String> clusters = Set.of();
  private long updates;
  private boolean closed;

  GridBridge(BrowserLimits limits, GridTraffic traffic, QueryDesk desk, Clock clock) {
    this.limits = limits;
    this.traffic = traffic;
    this.desk = desk;
    this.clock = clock;
    topics.put(BrowserTopics.CLUSTERS, new GridTopic(BrowserTopics.CLUSTERS));
  }

  /** From now on exactly these clusters can be registered for and asked about. */
  void offer(Set<String> newClusters) {
    for (String gone : clusters) {
      if (!newClusters.contains(gone)) {
        drop(topics.remove(BrowserTopics.cluster(gone)));
      }
    }
    for (String id : newClusters) {
      topics.computeIfAbsent(BrowserTopics.cluster(id), GridTopic::new);
    }
    clusters = newClusters;
  }

  private void drop(GridTopic topic) {
    for (GridSocket socket : sockets) {
      leave(socket, topic);
    }
  }

  /**
   * Hands a frame to all that listen; one for an address that is not offered any more is dropped.
   */
  void push(Frame frame) {
    GridTopic topic = topics.get(frame.address());
    if (topic != null) {
      topic.push(frame, ++updates);
    }
  }

  /** The clusters that can be asked about now. */
  Set<String> clusters() {
    return clusters;
  }

  /** The newest of an address as a browser would get it; null when there is nothing yet. */
  RestBackend.Told told(String address) {
    GridTopic topic = topics.get(address);
    Frame newest = topic == null ? null : topic.newest(clock.millis());
    return newest == null ? null : new RestBackend.Told(newest.body(), topic.number());
  }

  /** Takes a browser in; after {@link #close} it is sent away. */
  void accept(SockJSSocket socket) {
    if (closed) {
      socket.close(GridSocket.GOING_AWAY, GridSocket.STOPPING);
      return;
    }
    GridSocket browser = new GridSocket(socket, limits, traffic, System.nanoTime(), this::released);
    sockets.add(browser);
    traffic.opened();
    socket.handler(data -> received(browser, data));
    socket.exceptionHandler(broken -> browser.fail());
    socket.closeHandler(closed -> browser.release());
  }

  /** To be called often: closes who does not ping or does not read. */
  void check() {
    long now = System.nanoTime();
    List.copyOf(sockets).forEach(socket -> socket.check(now));
  }

  /** Tells every browser that the server stops, and closes its socket; harmless to repeat. */
  void close() {
    closed = true;
    List.copyOf(sockets).forEach(GridSocket::sendAway);
  }

  private void released(GridSocket socket) {
    for (GridTopic topic : List.copyOf(socket.topics())) {
      leave(socket, topic);
    }
    sockets.remove(socket);
    traffic.closed();
  }

  private void received(GridSocket socket, Buffer data) {
    if (socket.isClosed() || !socket.admit(System.nanoTime())) {
      return;
    }
    try {
      take(socket, BridgeFrames.read(data));
    } catch (BridgeFrames.BadFrame e) {
      socket.notice(BridgeFrames.error(e.getMessage()));
    }
  }

  private void take(GridSocket socket, BridgeFrames.Inbound frame) throws BridgeFrames.BadFrame {
    switch (frame.type()) {
      case "ping" -> {
        socket.pinged(System.nanoTime());
        socket.notice(BridgeFrames.PONG);
      }
      case "register" -> register(socket, frame.address());
      case "unregister" -> unregister(socket, frame.address());
      case "send" -> ask(socket, frame);
      case "publish" -> throw new BridgeFrames.BadFrame("access_denied");
      default -> throw new BridgeFrames.BadFrame("invalid_type");
    }
  }

  private void register(GridSocket socket, String address) throws BridgeFrames.BadFrame {
    GridTopic topic = offered(address);
    if (!socket.topics().add(topic)) {
      throw new BridgeFrames.BadFrame("address_already_registered");
    }
    traffic.registered();
    topic.add(socket, clock.millis());
  }

  private void unregister(GridSocket socket, String address) throws BridgeFrames.BadFrame {
    leave(socket, offered(address));
  }

  private GridTopic offered(String address) throws BridgeFrames.BadFrame {
    GridTopic topic = topics.get(address);
    if (topic == null) {
      throw new BridgeFrames.BadFrame("access_denied");
    }
    return topic;
  }

  private void leave(GridSocket socket, GridTopic topic) {
    if (socket.topics().remove(topic)) {
      traffic.unregistered();
      topic.remove(socket);
      socket.forget(topic.address());
    }
  }

  private void ask(GridSocket socket, BridgeFrames.Inbound frame) throws BridgeFrames.BadFrame {
    if (frame.replyAddress() == null) {
      throw new BridgeFrames.BadFrame(
          QuestionReader.ADDRESSES.contains(frame.address())
              ? "missing_replyAddress"
              : "access_denied");
    }
    if (!QuestionReader.ADDRESSES.contains(frame.address())) {
      QueryFailure denied = new QueryFailure(FORBIDDEN, "access_denied");
      desk.refuse(socket, "other", frame.replyAddress(), denied);
      return;
    }
    GridQuestion question;
    try {
      question = QuestionReader.read(frame.address(), frame.body(), clusters);
    } catch (QueryFailure failure) {
      desk.refuse(socket, frame.address(), frame.replyAddress(), failure);
      return;
    }
    desk.submit(socket, frame.address(), frame.replyAddress(), question);
  }
}
