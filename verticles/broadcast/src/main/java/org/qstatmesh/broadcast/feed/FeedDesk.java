package org.qstatmesh.broadcast.feed;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.qstatmesh.broadcast.feed.FeedAnswer.Entry;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;

/** Answers what is new on a cluster. Event loop of its maker. */
public final class FeedDesk {
  /** More than happens between two samples, of which all events have the same time. */
  static final int EVENTS_A_PAGE = EventsQuery.MOST;

  /** Bounds what one question costs; a busy day has some 100,000 events. */
  static final int MOST_PAGES = 4;

  private final Function<EventsQuery, Future<EventsAnswer>> store;
  private final ToIntFunction<String> cores;

  /**
   * @param store who knows the events
   * @param cores how many a cluster has; 0 when unknown
   */
  public FeedDesk(Function<EventsQuery, Future<EventsAnswer>> store, ToIntFunction<String> cores) {
    this.store = store;
    this.cores = cores;
  }

  /** Fails as the store does. */
  public Future<FeedAnswer> answer(FeedQuery query) {
    return new Reading(query, cores.applyAsInt(query.cluster())).goOn(query.toEpochMillis());
  }

  /** One question; reads back until there are enough lines. */
  private final class Reading {
    private final FeedQuery query;
    private final int clusterCores;
    private final ChangeFeed feed = new ChangeFeed();
    private int pages;

    Reading(FeedQuery query, int clusterCores) {
      this.query = query;
      this.clusterCores = clusterCores;
    }

    Future<FeedAnswer> goOn(long toEpochMillis) {
      return store
          .apply(
              new EventsQuery(
                  query.cluster(), query.fromEpochMillis(), toEpochMillis, null, EVENTS_A_PAGE))
          .compose(this::take);
    }

    private Future<FeedAnswer> take(EventsAnswer page) {
      pages++;
      long known = knownFrom(page);
      page.jobs().stream().filter(event -> event.atEpochMillis() >= known).forEach(feed::add);
      page.nodes().stream().filter(event -> event.atEpochMillis() >= known).forEach(feed::add);
      page.clusters().stream().filter(event -> event.atEpochMillis() >= known).forEach(feed::add);
      List<Entry> whole = whole(known);
      boolean enough =
          known <= query.fromEpochMillis() || whole.size() >= query.limit() || pages == MOST_PAGES;
      return enough ? Future.succeededFuture(answer(whole, known)) : goOn(known);
    }

    /** From when on all events were read; of the oldest moment of a full page some may lack. */
    private long knownFrom(EventsAnswer page) {
      if (!page.more()) {
        return query.fromEpochMillis();
      }
      long oldest = times(page).min().orElse(query.fromEpochMillis());
      long newest = times(page).max().orElse(oldest);
      return oldest == newest ? oldest : oldest + 1;
    }

    private LongStream times(EventsAnswer page) {
      return Stream.of(
              page.jobs().stream().mapToLong(JobEvent::atEpochMillis),
              page.nodes().stream().mapToLong(NodeEvent::atEpochMillis),
              page.clusters().stream().mapToLong(ClusterEvent::atEpochMillis))
          .flatMapToLong(each -> each);
    }

    /** Lines of windows of which all events were read. */
    private List<Entry> whole(long known) {
      long from = wholeFrom(known);
      return feed.entries(clusterCores).stream()
          .filter(entry -> entry.atEpochMillis() >= from)
          .toList();
    }

    /**
     * Where the oldest window begins of which all events were read. One with more than is read for
     * a question is taken as it is, or nobody would get past it.
     */
    private long wholeFrom(long known) {
      if (known <= query.fromEpochMillis()) {
        return query.fromEpochMillis();
      }
      long start = ChangeFeed.windowStart(known);
      long next = start == known ? known : start + ChangeFeed.WINDOW_MILLIS;
      boolean noneWhole = pages == MOST_PAGES && next >= query.toEpochMillis();
      return noneWhole ? Math.max(start, query.fromEpochMillis()) : next;
    }

    private FeedAnswer answer(List<Entry> whole, long known) {
      if (whole.size() <= query.limit()) {
        long from = wholeFrom(known);
        return new FeedAnswer(whole, from, from > query.fromEpochMillis());
      }
      List<Entry> newest = new ArrayList<>(whole.subList(0, query.limit()));
      long from = ChangeFeed.windowStart(newest.get(newest.size() - 1).atEpochMillis());
      return new FeedAnswer(newest, Math.max(from, query.fromEpochMillis()), true);
    }
  }
}
