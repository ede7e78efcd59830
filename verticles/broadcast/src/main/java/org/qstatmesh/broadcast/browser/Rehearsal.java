package org.qstatmesh.broadcast.browser;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Puts the question that every page puts first, so that the first page does not wait until classes
 * are loaded: measured 60 to 100 ms of its first chart. Answers go nowhere and nothing is counted.
 * Browsers' event loop.
 */
final class Rehearsal {
  /** The first loads classes, the others have them compiled. */
  private static final int ROUNDS = 10;

  private static final Duration RANGE = Duration.ofDays(1);

  private final GridQuestions questions;
  private final Clock clock;

  Rehearsal(GridQuestions questions, Clock clock) {
    this.questions = questions;
    this.clock = clock;
  }

  /**
   * Asks a few times, one after the other, until a question fails: whoever asks in earnest is told
   * what is wrong.
   *
   * @param clusters that can be asked about; nothing is asked when there are none
   */
  void begin(Set<String> clusters) {
    if (!clusters.isEmpty()) {
      rounds(clusters, ROUNDS);
    }
  }

  private void rounds(Set<String> clusters, int left) {
    if (left > 0) {
      ask(clusters).onSuccess(answer -> rounds(clusters, left - 1));
    }
  }

  private Future<Buffer> ask(Set<String> clusters) {
    try {
      BridgeFrames.Inbound frame = BridgeFrames.read(question(clusters.iterator().next()));
      return questions
          .answer(QuestionReader.read(frame.address(), frame.body(), clusters))
          .map(json -> BridgeFrames.answer(frame.replyAddress(), json));
    } catch (BridgeFrames.BadFrame e) {
      return Future.failedFuture(e);
    }
  }

  private Buffer question(String cluster) {
    long now = clock.millis();
    JsonObject body =
        new JsonObject()
            .put("cluster", cluster)
            .put("dimension", "user")
            .put("measure", "runningSlots")
            .put("fromEpochMillis", now - RANGE.toMillis())
            .put("toEpochMillis", now)
            .put("band", true);
    return new JsonObject()
        .put("type", "send")
        .put("address", BrowserTopics.HISTORY_QUERY)
        .put("replyAddress", "rehearsal")
        .put("body", body)
        .toBuffer();
  }
}
