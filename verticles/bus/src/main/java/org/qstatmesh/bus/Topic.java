package org.qstatmesh.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address of the mesh bus that messages of one type are published on. Publishing is best effort:
 * a receiver that starts late or loses a message is healed by the next repetition.
 *
 * @param <T> type of the body
 */
public final class Topic<T extends MeshMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(Topic.class);

  private final String address;
  private final Class<T> type;
  private final boolean nodeLocal;

  Topic(String address, Class<T> type, boolean nodeLocal) {
    this.address = address;
    this.type = type;
    this.nodeLocal = nodeLocal;
  }

  /** The address, for logs and metrics. */
  public String address() {
    return address;
  }

  /**
   * Hands {@code message} to every subscriber; any thread. Never fails: of several nodes one may be
   * going just now, and Vert.x 5.0.10 then throws at whoever publishes (its promise is shared by
   * all nodes, eclipse-vertx/vert.x#4922), who has other things to do after it; so it does when it
   * is closed.
   */
  public void publish(Vertx vertx, T message) {
    DeliveryOptions options =
        new DeliveryOptions().setCodecName(MeshCodec.NAME).setLocalOnly(nodeLocal);
    try {
      vertx.eventBus().publish(address, message, options);
    } catch (IllegalStateException | RejectedExecutionException e) {
      LOG.debug("publishing on {} failed; it is repeated, or was not needed", address, e);
    }
  }

  /**
   * Calls {@code handler} for every message, on the calling context; the subscription ends with the
   * verticle that made it.
   */
  public Subscription subscribe(Vertx vertx, Consumer<T> handler) {
    MessageConsumer<T> consumer =
        nodeLocal ? vertx.eventBus().localConsumer(address) : vertx.eventBus().consumer(address);
    consumer.handler(message -> handler.accept(type.cast(message.body())));
    return new Subscription(consumer);
  }

  @Override
  public String toString() {
    return address;
  }
}
