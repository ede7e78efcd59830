package org.qstatmesh.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjLongConsumer;

/**
 * Sees every message that this node sends or that its handlers take; changes none but for one
 * header, which says when and by which node it was sent.
 *
 * <p>Any thread: what is told is told on the thread of the sender or of the handler, so it must not
 * take long.
 */
public final class BusWatch {
  private static final String HEADER = "qstat-mesh-sent";
  private static final String REPLIES = "__vertx.reply.";

  /** Questions whose answers are still to be recognised, and copies of one message. */
  private static final int REMEMBERED = 1_000;

  /** What became of a message on this node. */
  public enum Kind {
    /** This node says it to all that listen. */
    PUBLISHED,
    /** This node says it to one that listens. */
    SENT,
    /** An answer, of this node or to it. */
    REPLIED,
    /** It came from another node. */
    RECEIVED
  }

  /**
   * A message; each is told once, whatever the number of handlers.
   *
   * @param address what it was sent to; of an answer, what the question was sent to
   * @param body a record of the bus, or a failure
   */
  public record Seen(Kind kind, String address, Object body) {}

  /** Somebody who wants to see messages. */
  public interface Listener {
    /** A message of any address; must be quick. */
    void seen(Seen message);
  }

  private final String here = UUID.randomUUID() + ":";
  private final ObjLongConsumer<String> latency;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, String> questions = remembering();
  private final Map<String, String> copies = remembering();

  private BusWatch(ObjLongConsumer<String> latency) {
    this.latency = latency;
  }

  /**
   * Begins to watch a Vert.x, for as long as that lives.
   *
   * @param latency told, for each message that was sent and taken on this node, its address and the
   *     nanoseconds from sending to the start of the handler; between nodes nothing can be said of
   *     it, because clocks differ
   */
  public static BusWatch install(Vertx vertx, ObjLongConsumer<String> latency) {
    BusWatch watch = new BusWatch(latency);
    vertx.eventBus().addOutboundInterceptor(watch::sent);
    vertx.eventBus().addInboundInterceptor(watch::taken);
    return watch;
  }

  /** Has {@code listener} see every message from now on, until {@link #forget}. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Ends what {@link #listen} began. */
  public void forget(Listener listener) {
    listeners.remove(listener);
  }

  private void sent(DeliveryContext<Object> context) {
    Message<Object> message = context.message();
    message.headers().set(HEADER, here + System.nanoTime());
    if (!listeners.isEmpty()) {
      // Of what is under way outwards only the context knows the body.
      tell(context.send() ? Kind.SENT : Kind.PUBLISHED, message, context.body());
    }
    context.next();
  }

  private void taken(DeliveryContext<Object> context) {
    Message<Object> message = context.message();
    String sent = message.headers().get(HEADER);
    if (sent != null && sent.startsWith(here)) {
      long sentNanos = Long.parseLong(sent, here.length(), sent.length(), 10);
      latency.accept(message.address(), System.nanoTime() - sentNanos);
    } else if (!listeners.isEmpty()
        && (sent == null || copies.put(message.address() + sent, "") == null)) {
      tell(Kind.RECEIVED, message, bodyOf(message));
    }
    context.next();
  }

  /** What cannot be read is the handler's to complain about. */
  private static Object bodyOf(Message<Object> message) {
    try {
      return message.body();
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void tell(Kind kind, Message<Object> message, Object body) {
    String asked = message.replyAddress();
    if (asked != null) {
      questions.put(asked, message.address());
    }
    Seen seen = new Seen(kind, message.address(), body);
    if (message.address().startsWith(REPLIES)) {
      String question = questions.remove(message.address());
      seen = new Seen(Kind.REPLIED, question == null ? message.address() : question, body);
    }
    for (Listener listener : listeners) {
      listener.seen(seen);
    }
  }

  /** Of the newest only; any thread. */
  private static Map<String, String> remembering() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
          }
        });
  }
}
