package org.qstatmesh.store;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.store.keep.Alarms;

/**
 * Looks for other nodes of the mesh that keep a history in a file of their own: questions would be
 * answered now from one, now from the other. With a database server there is one writer and this
 * cannot be. Verticle's context.
 */
final class OtherStores {
  /** Three of its words that did not come. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final String self;
  private final Alarms alarms;
  private final LongSupplier nanoTime;
  private long heardNanos;

  OtherStores(String self, Alarms alarms, LongSupplier nanoTime) {
    this.self = self;
    this.alarms = alarms;
    this.nanoTime = nanoTime;
  }

  /** What a store of the mesh, this one included, said of itself. */
  void heard(StoreState state) {
    if (!state.node().equals(self)) {
      heardNanos = nanoTime.getAsLong();
      alarms.raise(
          Alarms.Kind.OTHER_STORE,
          "Node "
              + Printable.escape(state.node())
              + " keeps a history of its own beside that of "
              + self
              + ", and pages are answered now from one, now from the other. Take role store from"
              + " one of them (--roles), or let both use one PostgreSQL (store.url).");
    } else if (nanoTime.getAsLong() - heardNanos > SILENCE.toNanos()) {
      alarms.clear(Alarms.Kind.OTHER_STORE);
    }
  }
}
