package org.qstatmesh.mesh.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.spi.FilterReply;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SharedPromiseFilterTest {
  private static final String CONTEXT = "io.vertx.core.impl.ContextImpl";
  private static final String CONNECTION =
      "io.vertx.core.eventbus.impl.clustered.OutboundConnection";
  private static final String FUTURE = "io.vertx.core.impl.future.FutureImpl";
  private static final String PUBLISHER = "org.qstatmesh.bus.Topic";

  private static FilterReply of(String logger, String message, String... classes) {
    IllegalStateException thrown = new IllegalStateException(message);
    thrown.setStackTrace(
        Stream.of(classes)
            .map(name -> new StackTraceElement(name, "method", null, 1))
            .toArray(StackTraceElement[]::new));
    return new SharedPromiseFilter()
        .decide(
            null,
            (Logger) LoggerFactory.getLogger(logger),
            Level.ERROR,
            "Unhandled exception",
            null,
            thrown);
  }

  @Test
  void thePromiseOfAPublishIsLeftOut() {
    String complaint = "Promise already completed";
    assertEquals(FilterReply.DENY, of(CONTEXT, complaint, FUTURE, CONNECTION));
    assertEquals(FilterReply.DENY, of(CONTEXT, complaint, FUTURE, CONNECTION, PUBLISHER));
    assertEquals(FilterReply.DENY, of(CONTEXT, complaint, FUTURE, "io.netty.channel.Channel"));
  }

  @Test
  void everythingElseIsLogged() {
    String complaint = "Promise already completed";
    assertEquals(FilterReply.NEUTRAL, of(CONTEXT, complaint, FUTURE, PUBLISHER, CONNECTION));
    assertEquals(FilterReply.NEUTRAL, of(CONTEXT, "Result is complete", FUTURE, CONNECTION));
    assertEquals(FilterReply.NEUTRAL, of("org.qstatmesh.poller", complaint, FUTURE, CONNECTION));
    assertEquals(
        FilterReply.NEUTRAL,
        new SharedPromiseFilter()
            .decide(
                null, (Logger) LoggerFactory.getLogger(CONTEXT), Level.WARN, "words", null, null));
  }
}
