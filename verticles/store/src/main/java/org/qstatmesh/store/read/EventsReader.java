package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.events.NewestEvents;
import org.qstatmesh.store.events.StoredJob;
import org.qstatmesh.store.read.WordCache.Word;
import org.qstatmesh.store.word.WordKind;

/** Answers what changed on a cluster, newest first: a day at a time, until there are enough. */
final class EventsReader {
  private static final EventsAnswer NOTHING = new EventsAnswer(List.of(), List.of(), false);

  private final ReadPool pool;
  private final WordCache words;
  private final Damages damages;

  EventsReader(ReadPool pool, WordCache words, Damages damages) {
    this.pool = pool;
    this.words = words;
    this.damages = damages;
  }

  /**
   * Fails with {@link QueryFailure} 400 or 504. Days that were summarised have no events any more.
   */
  Future<EventsAnswer> answer(EventsQuery query) {
    if (query.cluster() == null) {
      throw QueryFailure.badField("cluster", "is missing");
    }
    EventsQuery checked = query.checked();
    return pool.ask(
        reading ->
            EventSpan.read(checked.cluster(), reading)
                .compose(
                    spans ->
                        spans.isEmpty()
                            ? Future.succeededFuture(NOTHING)
                            : answer(spans.get(0), checked, reading)));
  }

  private Future<EventsAnswer> answer(EventSpan span, EventsQuery query, Reading reading) {
    EventSpan wanted = span.within(query.fromEpochMillis(), query.toEpochMillis());
    if (query.jobOwner() == null) {
      return ClusterOutages.read(span.clusterNumber(), query, reading)
          .compose(
              outages -> newest(wanted, new NewestEvents(query.limit(), null), outages, reading));
    }
    return owner(span, query.jobOwner(), reading)
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(NOTHING)
                    : newest(
                        wanted,
                        new NewestEvents(query.limit(), owner.get(0)),
                        new ClusterOutages(),
                        reading));
  }

  private static Future<List<Integer>> owner(EventSpan span, String login, Reading reading) {
    List<Integer> numbers = new ArrayList<>();
    Consumer<Row> add = row -> numbers.add(row.getInteger(0));
    return reading
        .fold(
            "SELECT number FROM word WHERE cluster_number = ? AND kind = ? AND word = ?",
            Tuple.of(span.clusterNumber(), WordKind.USER.code(), login),
            add)
        .map(numbers);
  }

  private Future<EventsAnswer> newest(
      EventSpan span, NewestEvents newest, ClusterOutages outages, Reading reading) {
    return readBack(span, newest, outages, reading)
        .compose(done -> words.texts(wordsOf(span, newest.jobs()), reading))
        .map(
            texts ->
                new EventsAnswer(
                    named(span, newest.jobs(), texts),
                    newest.nodes(),
                    newest.more(),
                    newest.clusters()));
  }

  private Future<?> readBack(
      EventSpan span, NewestEvents newest, ClusterOutages outages, Reading reading) {
    if (span.isEmpty()) {
      outages.showSince(Long.MIN_VALUE, newest);
    }
    if (span.isEmpty() || newest.more()) {
      return Future.succeededFuture();
    }
    long day = span.lastDayMillis();
    outages.showSince(day, newest);
    return span.readDay(day, span.toMillis(), reading, newest, damages)
        .compose(done -> readBack(span.within(span.fromMillis(), day), newest, outages, reading));
  }

  private static Set<Word> wordsOf(EventSpan span, List<StoredJob> jobs) {
    Set<Word> wanted = new HashSet<>();
    for (StoredJob job : jobs) {
      wanted.add(new Word(span.clusterNumber(), WordKind.USER, job.owner()));
      wanted.add(new Word(span.clusterNumber(), WordKind.QUEUE, job.queue()));
      wanted.add(new Word(span.clusterNumber(), WordKind.ACCOUNT, job.account()));
    }
    wanted.removeIf(word -> word.number() == 0);
    return wanted;
  }

  private static List<JobEvent> named(
      EventSpan span, List<StoredJob> jobs, Map<Word, String> texts) {
    int cluster = span.clusterNumber();
    return jobs.stream()
        .map(
            job ->
                job.event(
                    texts.get(new Word(cluster, WordKind.USER, job.owner())),
                    texts.get(new Word(cluster, WordKind.QUEUE, job.queue())),
                    texts.get(new Word(cluster, WordKind.ACCOUNT, job.account()))))
        .toList();
  }
}
