package org.qstatmesh.mesh.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import org.slf4j.Marker;

/**
 * Drops one stack trace of Vert.x. A message that is published to several nodes has one promise for
 * all of them ({@code ClusteredEventBus.sendToNodes} of 5.0.10): where the write to a node fails
 * that has just gone, after another one's was done, the promise is completed a second time, and its
 * complaint is logged as an unhandled exception. Nobody waits for that promise. The same of a
 * promise of ours is logged.
 */
public final class SharedPromiseFilter extends TurboFilter {
  private static final String COMPLAINT = "Promise already completed";
  private static final String BUS = "io.vertx.core.eventbus.impl.clustered.";
  private static final String OURS = "org.qstatmesh.";

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable thrown) {
    boolean isIt =
        thrown instanceof IllegalStateException
            && COMPLAINT.equals(thrown.getMessage())
            && logger.getName().startsWith("io.vertx.core.")
            && isOfABus(thrown.getStackTrace());
    return isIt ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  /** Below the bus somebody of ours may publish; a write that fails later has nobody above it. */
  private static boolean isOfABus(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .map(StackTraceElement::getClassName)
        .filter(name -> name.startsWith(BUS) || name.startsWith(OURS))
        .findFirst()
        .map(name -> name.startsWith(BUS))
        .orElse(true);
  }
}
