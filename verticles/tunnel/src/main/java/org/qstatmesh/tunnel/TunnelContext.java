package org.qstatmesh.tunnel;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.TunnelState;

/**
 * What all tunnels of a node share.
 *
 * @param context the verticle's; a tunnel's state is touched nowhere else
 * @param clock for times that are shown
 * @param nanoTime for times that are waited for
 * @param onChange told every new state
 * @param onDeath told if a thread that should not have ended did, on that thread
 */
record TunnelContext(
    Vertx vertx,
    Context context,
    String node,
    SshWorkers workers,
    TunnelMeters meters,
    Clock clock,
    LongSupplier nanoTime,
    Consumer<TunnelState> onChange,
    Consumer<Throwable> onDeath) {}
