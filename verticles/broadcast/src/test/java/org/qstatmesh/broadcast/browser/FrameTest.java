package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FrameTest {
  record Body(String text, Integer none) {}

  @Test
  void isTheBridgesFrameWithTheServersTimeInTheBody() {
    Frame frame =
        Frame.encode("grid.cluster.hpc1", new Body("a\"b\u2028\n", null), 1_795_330_395_123L);
    JsonObject expected =
        new JsonObject()
            .put("type", "rec")
            .put("address", "grid.cluster.hpc1")
            .put(
                "body",
                new JsonObject()
                    .put("serverTimeEpochMillis", 1_795_330_395_123L)
                    .put("text", "a\"b\u2028\n")
                    .putNull("none"));
    assertEquals(expected, frame.buffer().toJsonObject());
    assertEquals(frame.buffer().length(), frame.length());
  }

  @Test
  void isToldAtAnotherTimeWithoutTouchingTheFirst() {
    Frame first = Frame.encode("grid.clusters", new Body("x", 1), 1_795_330_395_123L);
    Frame later = first.at(1_795_330_400_000L);
    assertEquals(1_795_330_395_123L, time(first));
    assertEquals(1_795_330_400_000L, time(later));
    assertEquals(1_795_330_400_000L, later.madeAtEpochMillis());
    assertEquals("x", later.buffer().toJsonObject().getJsonObject("body").getString("text"));
  }

  private static long time(Frame frame) {
    return frame.buffer().toJsonObject().getJsonObject("body").getLong("serverTimeEpochMillis");
  }
}
