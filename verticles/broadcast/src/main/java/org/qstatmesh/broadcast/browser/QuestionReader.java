package org.qstatmesh.broadcast.browser;

import java.util.Set;
import org.qstatmesh.broadcast.feed.FeedQuery;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.JobQuery;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.WaitsQuery;
import org.qstatmesh.wire.JobState;

/** Makes a checked question of an address and a body. */
final class QuestionReader {
  private static final int DEFAULT_POINTS = 600;
  private static final int DEFAULT_TOP = 8;
  private static final int DEFAULT_LIMIT = 100;
  private static final int DEFAULT_EVENTS = 200;
  private static final int MOST_EVENTS = 1_000;
  private static final int DEFAULT_LINES = 50;

  /** The addresses that a browser may send to; all others are refused. */
  static final Set<String> ADDRESSES =
      Set.of(
          BrowserTopics.HISTORY_QUERY,
          BrowserTopics.JOBS_QUERY,
          BrowserTopics.JOB_QUERY,
          BrowserTopics.NODES_QUERY,
          BrowserTopics.AT_QUERY,
          BrowserTopics.WAITS_QUERY,
          BrowserTopics.EVENTS_QUERY,
          BrowserTopics.FEED_QUERY,
          BrowserTopics.FIT_QUERY,
          BrowserTopics.OPS_QUERY);

  private QuestionReader() {}

  /**
   * Reads a question; throws {@link QueryFailure} 400 that names the field, or 404 for a cluster
   * that is not configured.
   *
   * @param address one of {@link #ADDRESSES}
   * @param clusters ids configured now
   */
  static GridQuestion read(String address, Object body, Set<String> clusters) {
    QuestionFields fields = QuestionFields.of(body);
    GridQuestion question =
        switch (address) {
          case BrowserTopics.AT_QUERY -> at(fields, clusters);
          case BrowserTopics.WAITS_QUERY -> waits(fields, clusters);
          case BrowserTopics.FIT_QUERY -> fit(fields, clusters);
          case BrowserTopics.OPS_QUERY -> new GridQuestion.Ops(Set.copyOf(clusters));
          default -> ofCluster(address, configured(fields.text("cluster"), clusters), fields);
        };
    fields.end();
    return question;
  }

  private static GridQuestion ofCluster(String address, String cluster, QuestionFields fields) {
    return switch (address) {
      case BrowserTopics.HISTORY_QUERY -> history(cluster, fields);
      case BrowserTopics.EVENTS_QUERY -> events(cluster, fields);
      case BrowserTopics.FEED_QUERY -> feed(cluster, fields);
      case BrowserTopics.JOBS_QUERY -> jobs(cluster, fields);
      case BrowserTopics.JOB_QUERY ->
          new GridQuestion.OneJob(cluster, new JobQuery(fields.text("jobId")));
      case BrowserTopics.NODES_QUERY -> new GridQuestion.Nodes(cluster);
      default -> throw new IllegalArgumentException(address);
    };
  }

  private static String configured(String cluster, Set<String> clusters) {
    if (!clusters.contains(cluster)) {
      throw new QueryFailure(QueryFailure.NOT_FOUND, "cluster: there is none of this id");
    }
    return cluster;
  }

  private static GridQuestion at(QuestionFields fields, Set<String> clusters) {
    return new GridQuestion.At(new AtQuery(fields.whole("atEpochMillis")).checked(), clusters);
  }

  private static GridQuestion waits(QuestionFields fields, Set<String> clusters) {
    String cluster = fields.textOrNull("cluster");
    WaitsQuery query =
        new WaitsQuery(
            cluster == null ? null : configured(cluster, clusters),
            fields.whole("fromEpochMillis"),
            fields.whole("toEpochMillis"));
    return new GridQuestion.Waits(query.checked(), clusters);
  }

  private static GridQuestion fit(QuestionFields fields, Set<String> clusters) {
    String cluster = fields.textOrNull("cluster");
    FitQuery query =
        new FitQuery(
            fields.wholeOr("nodes", 1),
            fields.countOrNull("slotsPerNode"),
            fields.countOrNull("slots"),
            fields.wholeOr("gpusPerNode", 0),
            fields.wholeOrNull("memoryBytesPerNode"),
            fields.wholeOrNull("walltimeSeconds"));
    return new GridQuestion.Fit(
        query.checked(), cluster == null ? clusters : Set.of(configured(cluster, clusters)));
  }

  private static GridQuestion events(String cluster, QuestionFields fields) {
    EventsQuery query =
        new EventsQuery(
            cluster,
            fields.whole("fromEpochMillis"),
            fields.whole("toEpochMillis"),
            fields.textOrNull("jobOwner"),
            fields.wholeOr("limit", DEFAULT_EVENTS));
    if (query.limit() > MOST_EVENTS) {
      throw QueryFailure.badField("limit", "between 1 and " + MOST_EVENTS);
    }
    return new GridQuestion.Events(query.checked());
  }

  private static GridQuestion feed(String cluster, QuestionFields fields) {
    FeedQuery query =
        new FeedQuery(
            cluster,
            fields.whole("fromEpochMillis"),
            fields.whole("toEpochMillis"),
            fields.wholeOr("limit", DEFAULT_LINES));
    return new GridQuestion.Feed(query.checked());
  }

  private static GridQuestion history(String cluster, QuestionFields fields) {
    HistoryQuery query =
        new HistoryQuery(
            cluster,
            fields.wordOf("dimension", HistoryQuery.Dimension.values()),
            fields.wordOf("measure", HistoryQuery.Measure.values()),
            fields.whole("fromEpochMillis"),
            fields.whole("toEpochMillis"),
            fields.wholeOr("maxPoints", DEFAULT_POINTS),
            fields.wholeOr("top", DEFAULT_TOP),
            fields.flag("band"));
    return new GridQuestion.History(query.checked());
  }

  private static GridQuestion jobs(String cluster, QuestionFields fields) {
    JobsQuery query =
        new JobsQuery(
            filter(fields.within("filter")),
            fields.textOrNull("sort"),
            fields.wholeOr("offset", 0),
            fields.wholeOr("limit", DEFAULT_LIMIT));
    return new GridQuestion.Jobs(cluster, query.checked());
  }

  private static JobsQuery.Filter filter(QuestionFields fields) {
    if (fields == null) {
      return null;
    }
    JobsQuery.Filter filter =
        new JobsQuery.Filter(
            fields.textOrNull("jobOwner"),
            fields.textOrNull("groupName"),
            fields.textOrNull("accountingId"),
            fields.nameOrNull("jobState", JobState.values()),
            fields.textOrNull("queueName"),
            fields.textOrNull("text"));
    fields.end();
    return filter;
  }
}
