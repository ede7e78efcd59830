package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.poller.fit.ClusterFit;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Queue;

/**
 * Answers the questions about one cluster: jobs, nodes and what fits there from the newest picture,
 * a single job from the probe itself. Event loop only; what walks over all jobs is done by {@link
 * QueryWork}.
 */
final class ClusterQueries {
  private static final int MAX_JOB_ID_LENGTH = 256;

  private final ProbeLink link;
  private final Supplier<Picture> picture;
  private final Supplier<ClusterSummary> summary;
  private final QueryWork work;
  private final List<Subscription> subscriptions;

  ClusterQueries(
      Vertx vertx,
      String cluster,
      ProbeLink link,
      Supplier<Picture> picture,
      Supplier<ClusterSummary> summary,
      QueryWork work) {
    this.link = link;
    this.picture = picture;
    this.summary = summary;
    this.work = work;
    this.subscriptions =
        List.of(
            Addresses.jobs(cluster).serve(vertx, this::jobs),
            Addresses.job(cluster).serve(vertx, this::job),
            Addresses.nodes(cluster).serve(vertx, query -> nodes()),
            Addresses.fit(cluster).serve(vertx, this::fit));
  }

  Future<Void> ready() {
    return Future.all(subscriptions.stream().map(Subscription::ready).toList()).mapEmpty();
  }

  Future<Void> stop() {
    return Future.join(subscriptions.stream().map(Subscription::cancel).toList()).mapEmpty();
  }

  private Future<JobsAnswer> jobs(JobsQuery query) {
    Picture now = picture.get();
    if (now == null || now.jobs() == null) {
      return noPicture();
    }
    return work.run(() -> JobPages.page(now.jobs(), query));
  }

  private Future<NodesAnswer> nodes() {
    Picture now = picture.get();
    if (now == null || now.nodes() == null) {
      return noPicture();
    }
    return work.run(() -> NodeOwners.answer(now.nodes(), now.jobs()));
  }

  /** Asked of all clusters at once: what is short is not put in the workers' bounded line. */
  private Future<FitAnswer> fit(FitQuery query) {
    Picture now = picture.get();
    if (now == null || now.nodes() == null) {
      return noPicture();
    }
    ClusterSummary row = summary.get();
    List<Node> nodes = now.nodes().records();
    List<Queue> queues = now.queues() == null ? null : now.queues().records();
    Supplier<FitAnswer> answer =
        () -> ClusterFit.answer(query, nodes, now.nodes().observedAtEpochMillis(), queues, row);
    return ClusterFit.isQuick(nodes, queues)
        ? Future.succeededFuture(answer.get())
        : work.run(answer::get);
  }

  private Future<JobAnswer> job(JobQuery query) {
    String jobId = query.jobId();
    if (jobId == null || jobId.isBlank() || jobId.length() > MAX_JOB_ID_LENGTH) {
      return Future.failedFuture(
          QueryFailure.badField("jobId", "1 to " + MAX_JOB_ID_LENGTH + " characters"));
    }
    return link.askLast(id -> ProbeRequest.job(id, jobId))
        .compose(
            answer -> job(answer.reply()),
            cause ->
                Future.failedFuture(
                    cause instanceof ExchangeFailure failure ? refusal(failure) : cause));
  }

  private static Future<JobAnswer> job(ProbeReply reply) {
    if (reply instanceof ProbeReply.OfJob found) {
      JobDetail detail = found.detail();
      return Future.succeededFuture(new JobAnswer(detail.job(), detail.reason(), detail.text()));
    }
    if (reply instanceof ProbeReply.Failed failed) {
      return Future.failedFuture(refusal(failed.error()));
    }
    return Future.failedFuture(
        new QueryFailure(QueryFailure.UNAVAILABLE, "the probe answers something else"));
  }

  private static QueryFailure refusal(ProbeError error) {
    if (ProbeErrorCode.UNKNOWN_JOB.name().equals(error.code())) {
      return new QueryFailure(QueryFailure.NOT_FOUND, "the scheduler knows no such job");
    }
    if (ProbeErrorCode.DRMS_TIMEOUT.name().equals(error.code())) {
      return new QueryFailure(QueryFailure.TIMEOUT, error.message());
    }
    return new QueryFailure(QueryFailure.UNAVAILABLE, error.message());
  }

  private static QueryFailure refusal(ExchangeFailure failure) {
    int code =
        failure.code() == FailureCode.PROBE_TIMEOUT
            ? QueryFailure.TIMEOUT
            : QueryFailure.UNAVAILABLE;
    return new QueryFailure(code, failure.getMessage());
  }

  private static <T> Future<T> noPicture() {
    return Future.failedFuture(
        new QueryFailure(QueryFailure.UNAVAILABLE, "no snapshot of this cluster yet"));
  }
}
