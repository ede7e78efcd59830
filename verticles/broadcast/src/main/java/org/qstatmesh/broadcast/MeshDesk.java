package org.qstatmesh.broadcast;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import org.qstatmesh.broadcast.browser.GridQuestion;
import org.qstatmesh.broadcast.browser.GridQuestions;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.MeshMessage;
import org.qstatmesh.bus.NodesQuery;
import org.qstatmesh.bus.QueryFailure;

/**
 * Puts a browser's questions to the mesh. Any thread may ask; the work is done on the mesh's side.
 */
final class MeshDesk implements GridQuestions {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration JOB_TIMEOUT = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final Context context;
  private final Consumer<Boolean> storeAnswered;

  /**
   * @param context where the mesh is asked
   * @param storeAnswered told, on {@code context}, after each question to the store
   */
  MeshDesk(Vertx vertx, Context context, Consumer<Boolean> storeAnswered) {
    this.vertx = vertx;
    this.context = context;
    this.storeAnswered = storeAnswered;
  }

  @Override
  public Future<byte[]> answer(GridQuestion question) {
    Promise<byte[]> promise = Promise.promise();
    context.runOnContext(
        go -> ask(question).map(MeshJson::encode).onComplete(promise::complete, promise::fail));
    return promise.future();
  }

  private Future<? extends MeshMessage> ask(GridQuestion question) {
    if (question instanceof GridQuestion.History history) {
      return askStore(history);
    }
    if (question instanceof GridQuestion.Jobs jobs) {
      return Addresses.jobs(jobs.cluster()).ask(vertx, jobs.query(), TIMEOUT);
    }
    if (question instanceof GridQuestion.OneJob job) {
      return Addresses.job(job.cluster()).ask(vertx, job.query(), JOB_TIMEOUT);
    }
    return Addresses.nodes(question.cluster()).ask(vertx, new NodesQuery(), TIMEOUT);
  }

  private Future<HistoryAnswer> askStore(GridQuestion.History history) {
    return Addresses.HISTORY
        .ask(vertx, history.query(), TIMEOUT)
        .onSuccess(answer -> storeAnswered.accept(true))
        .onFailure(cause -> storeAnswered.accept(!isAbsence(cause)));
  }

  /** Whether a question failed because nobody was there to answer it. */
  private static boolean isAbsence(Throwable cause) {
    return cause instanceof QueryFailure failure
        && (failure.code() == QueryFailure.UNAVAILABLE || failure.code() == QueryFailure.TIMEOUT);
  }
}
