package org.qstatmesh.broadcast.browser;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.qstatmesh.bus.QueryFailure;

/**
 * Puts browsers' questions to who can answer them: a bounded number at a time, browsers in turn. A
 * browser's question is done when its answer was taken, so who does not read is not served more.
 * Browsers' event loop.
 */
final class QueryDesk {
  private final Context context;
  private final GridQuestions questions;
  private final BrowserLimits limits;
  private final GridTraffic traffic;

  /** Browsers that have a question which may start. */
  private final Set<GridSocket> ready = new LinkedHashSet<>();

  private int atWork;
  private long unreadBytes;

  QueryDesk(Context context, GridQuestions questions, BrowserLimits limits, GridTraffic traffic) {
    this.context = context;
    this.questions = questions;
    this.limits = limits;
    this.traffic = traffic;
  }

  void submit(GridSocket socket, String address, String replyAddress, GridQuestion question) {
    QueryLine line = socket.queries();
    if (line.waiting() >= limits.queriesWaiting()) {
      QueryFailure busy =
          new QueryFailure(QueryFailure.UNAVAILABLE, "too many questions of this page wait");
      refuse(socket, address, replyAddress, busy);
      return;
    }
    line.add(new QueryLine.Asked(address, replyAddress, question, System.nanoTime()));
    startWhatMay(socket);
  }

  /** Answers a question that never started. */
  void refuse(GridSocket socket, String address, String replyAddress, QueryFailure failure) {
    traffic.answered(address, Integer.toString(failure.code()), Duration.ZERO);
    socket.notice(BridgeFrames.refusal(replyAddress, failure));
  }

  private void startWhatMay(GridSocket socket) {
    notice(socket);
    while (atWork < limits.queriesAtWorkInAll() && !ready.isEmpty()) {
      GridSocket next = ready.iterator().next();
      ready.remove(next);
      if (!next.isClosed()) {
        start(next, next.queries().start());
        notice(next);
      }
    }
  }

  /** Whether this browser has a question that may start. */
  private void notice(GridSocket socket) {
    if (!socket.isClosed() && socket.queries().canStart(limits.queriesAtWork())) {
      ready.add(socket);
    } else {
      ready.remove(socket);
    }
  }

  private void start(GridSocket socket, QueryLine.Asked asked) {
    atWork++;
    questions
        .answer(asked.question())
        .onComplete(
            json -> context.runOnContext(go -> answered(socket, asked, json)),
            cause -> context.runOnContext(go -> failed(socket, asked, cause)));
  }

  private void answered(GridSocket socket, QueryLine.Asked asked, byte[] json) {
    if (json.length > limits.answerBytes()) {
      failed(
          socket,
          asked,
          new QueryFailure(QueryFailure.TOO_LARGE, "the answer is too long: ask for less"));
    } else if (unreadBytes + json.length > limits.answerBytesInAll()) {
      failed(
          socket,
          asked,
          new QueryFailure(QueryFailure.UNAVAILABLE, "too many answers are not read"));
    } else {
      finish(socket, asked, "ok", BridgeFrames.answer(asked.replyAddress(), json));
    }
  }

  private void failed(GridSocket socket, QueryLine.Asked asked, Throwable cause) {
    QueryFailure failure =
        cause instanceof QueryFailure known
            ? known
            : new QueryFailure(QueryFailure.INTERNAL, "the question could not be put");
    String code = Integer.toString(failure.code());
    finish(socket, asked, code, BridgeFrames.refusal(asked.replyAddress(), failure));
  }

  private void finish(GridSocket socket, QueryLine.Asked asked, String result, Buffer frame) {
    atWork--;
    traffic.answered(
        asked.address(), result, Duration.ofNanos(System.nanoTime() - asked.sinceNanos()));
    int length = frame.length();
    unreadBytes += length;
    socket.letter(
        frame,
        () -> {
          unreadBytes -= length;
          socket.queries().done();
          startWhatMay(socket);
        });
    startWhatMay(socket);
  }
}
