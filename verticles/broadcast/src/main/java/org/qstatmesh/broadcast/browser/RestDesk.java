package org.qstatmesh.broadcast.browser;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.qstatmesh.broadcast.browser.rest.RestBackend;
import org.qstatmesh.broadcast.browser.rest.RestQuestion;
import org.qstatmesh.bus.QueryFailure;

/**
 * Answers programs with what browsers have: the same rows, the same questions, checked by the same
 * code. Browsers' event loop.
 */
final class RestDesk implements RestBackend {
  private final Context context;
  private final GridBridge bridge;
  private final GridQuestions questions;
  private final RequestGuard guard;
  private final GridTraffic traffic;

  RestDesk(
      Context context,
      GridBridge bridge,
      GridQuestions questions,
      RequestGuard guard,
      GridTraffic traffic) {
    this.context = context;
    this.bridge = bridge;
    this.questions = questions;
    this.guard = guard;
    this.traffic = traffic;
  }

  @Override
  public Told overview() {
    return bridge.told(BrowserTopics.CLUSTERS);
  }

  @Override
  public Told row(String cluster) {
    if (!bridge.clusters().contains(cluster)) {
      throw new QueryFailure(QueryFailure.NOT_FOUND, "cluster: there is none of this id");
    }
    return bridge.told(BrowserTopics.cluster(cluster));
  }

  @Override
  public Future<byte[]> ask(RestQuestion question, JsonObject fields, boolean csv) {
    GridQuestion checked = QuestionReader.read(address(question), fields, bridge.clusters());
    Promise<byte[]> promise = Promise.promise();
    questions
        .answer(csv ? new GridQuestion.AsTable(checked) : checked)
        .onComplete(
            bytes -> context.runOnContext(go -> promise.complete(bytes)),
            cause -> context.runOnContext(go -> promise.fail(cause)));
    return promise.future();
  }

  private static String address(RestQuestion question) {
    return switch (question) {
      case HISTORY -> BrowserTopics.HISTORY_QUERY;
      case JOBS -> BrowserTopics.JOBS_QUERY;
      case JOB -> BrowserTopics.JOB_QUERY;
      case NODES -> BrowserTopics.NODES_QUERY;
      case AT -> BrowserTopics.AT_QUERY;
      case WAITS -> BrowserTopics.WAITS_QUERY;
      case EVENTS -> BrowserTopics.EVENTS_QUERY;
      case CHANGES -> BrowserTopics.FEED_QUERY;
      case FIT -> BrowserTopics.FIT_QUERY;
    };
  }

  @Override
  public boolean allowsOrigin(String origin, String host) {
    return guard.allowsOrigin(origin, host);
  }

  @Override
  public void answered(String route, int status, Duration took) {
    traffic.programAnswered(route, status, took);
  }
}
