package org.qstatmesh.broadcast;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.qstatmesh.broadcast.browser.GridQuestion;
import org.qstatmesh.broadcast.browser.GridQuestions;
import org.qstatmesh.broadcast.feed.FeedDesk;
import org.qstatmesh.broadcast.fit.FitDesk;
import org.qstatmesh.broadcast.fit.FitStandings;
import org.qstatmesh.broadcast.table.AnswerTable;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.AtAnswer;
import org.qstatmesh.bus.FiguresQuery;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.MeshMessage;
import org.qstatmesh.bus.NodesQuery;
import org.qstatmesh.bus.Query;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.WaitsAnswer;

/**
 * Puts a browser's questions to the mesh. Any thread may ask; the work is done on the mesh's side.
 */
final class MeshDesk implements GridQuestions {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration JOB_TIMEOUT = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final Context context;
  private final Consumer<Boolean> storeAnswered;
  private final FitDesk fits;
  private final FeedDesk feeds;

  /**
   * @param context where the mesh is asked
   * @param storeAnswered told, on {@code context}, after each question to the store
   * @param standings how the clusters stand; asked on {@code context}
   * @param cores how many a cluster has, 0 when unknown; asked on {@code context}
   */
  MeshDesk(
      Vertx vertx,
      Context context,
      Consumer<Boolean> storeAnswered,
      Supplier<FitStandings> standings,
      ToIntFunction<String> cores) {
    this.vertx = vertx;
    this.context = context;
    this.storeAnswered = storeAnswered;
    this.fits = new FitDesk(vertx, standings);
    this.feeds = new FeedDesk(query -> askStore(Addresses.EVENTS, query), cores);
  }

  @Override
  public Future<byte[]> answer(GridQuestion question) {
    Promise<byte[]> promise = Promise.promise();
    context.runOnContext(go -> encoded(question).onComplete(promise::complete, promise::fail));
    return promise.future();
  }

  private Future<byte[]> encoded(GridQuestion question) {
    return question instanceof GridQuestion.AsTable table
        ? ask(table.question()).compose(answer -> tabled(table.question(), answer))
        : ask(question).map(MeshJson::encode);
  }

  /** A long history is a hundred thousand lines: not on an event loop. */
  private Future<byte[]> tabled(GridQuestion question, Object answer) {
    return vertx.executeBlocking(() -> AnswerTable.csv(question, answer), false);
  }

  private Future<?> ask(GridQuestion question) {
    if (question instanceof GridQuestion.History history) {
      return askStore(Addresses.HISTORY, history.query());
    }
    if (question instanceof GridQuestion.At at) {
      return askStore(Addresses.AT, at.query()).map(answer -> ofThese(at.clusters(), answer));
    }
    if (question instanceof GridQuestion.Waits waits) {
      return askStore(Addresses.WAITS, waits.query())
          .map(answer -> ofThese(waits.clusters(), answer));
    }
    if (question instanceof GridQuestion.Events events) {
      return askStore(Addresses.EVENTS, events.query());
    }
    if (question instanceof GridQuestion.Feed feed) {
      return feeds.answer(feed.query());
    }
    if (question instanceof GridQuestion.Fit fit) {
      return fits.choices(fit.query(), fit.clusters());
    }
    if (question instanceof GridQuestion.Ops ops) {
      return Addresses.FIGURES
          .ask(vertx, new FiguresQuery(), TIMEOUT)
          .map(answer -> OpsAnswer.of(answer, ops.clusters()));
    }
    return askPoller(question);
  }

  private Future<? extends MeshMessage> askPoller(GridQuestion question) {
    if (question instanceof GridQuestion.Jobs jobs) {
      return Addresses.jobs(jobs.cluster()).ask(vertx, jobs.query(), TIMEOUT);
    }
    if (question instanceof GridQuestion.OneJob job) {
      return Addresses.job(job.cluster()).ask(vertx, job.query(), JOB_TIMEOUT);
    }
    if (question instanceof GridQuestion.Nodes nodes) {
      return Addresses.nodes(nodes.cluster()).ask(vertx, new NodesQuery(), TIMEOUT);
    }
    throw new IllegalArgumentException(question.toString());
  }

  private <Q extends MeshMessage, A extends MeshMessage> Future<A> askStore(
      Query<Q, A> query, Q question) {
    return query
        .ask(vertx, question, TIMEOUT)
        .onSuccess(answer -> storeAnswered.accept(true))
        .onFailure(cause -> storeAnswered.accept(!isAbsence(cause)));
  }

  /** The store also remembers clusters that are not shown any more. */
  private static AtAnswer ofThese(Set<String> clusters, AtAnswer answer) {
    return new AtAnswer(
        answer.atEpochMillis(),
        answer.summaries().stream()
            .filter(summary -> clusters.contains(summary.cluster()))
            .toList());
  }

  private static WaitsAnswer ofThese(Set<String> clusters, WaitsAnswer answer) {
    return new WaitsAnswer(
        answer.waits().stream().filter(wait -> clusters.contains(wait.cluster())).toList(),
        answer.kept().stream().filter(kept -> clusters.contains(kept.cluster())).toList());
  }

  /** Whether a question failed because nobody was there to answer it. */
  private static boolean isAbsence(Throwable cause) {
    return cause instanceof QueryFailure failure
        && (failure.code() == QueryFailure.UNAVAILABLE || failure.code() == QueryFailure.TIMEOUT);
  }
}
