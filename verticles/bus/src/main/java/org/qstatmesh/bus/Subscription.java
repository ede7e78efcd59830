package org.qstatmesh.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;

/** A registration on the mesh bus. */
public final class Subscription {
  private final MessageConsumer<?> consumer;

  Subscription(MessageConsumer<?> consumer) {
    this.consumer = consumer;
  }

  /** Succeeds once messages reach this subscription; in a cluster that takes a round trip. */
  public Future<Void> ready() {
    return consumer.completion();
  }

  /** Ends it. */
  public Future<Void> cancel() {
    return consumer.unregister();
  }
}
