package org.qstatmesh.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * An address of the mesh bus that messages of one type are published on. Publishing is best effort:
 * a receiver that starts late or loses a message is healed by the next repetition.
 *
 * @param <T> type of the body
 */
public final class Topic<T extends MeshMessage> {
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

  /** Hands {@code message} to every subscriber; any thread. */
  public void publish(Vertx vertx, T message) {
    DeliveryOptions options =
        new DeliveryOptions().setCodecName(MeshCodec.NAME).setLocalOnly(nodeLocal);
    vertx.eventBus().publish(address, message, options);
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
