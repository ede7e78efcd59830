package org.qstatmesh.broadcast.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.broadcast.feed.ChangeFeedTest.START;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.qstatmesh.broadcast.feed.FeedAnswer.Entry;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;

/** Reading back through a store that has more than fits in an answer. */
class FeedDeskTest {
  private static final long WINDOW = ChangeFeed.WINDOW_MILLIS;

  private final List<JobEvent> stored = new ArrayList<>();
  private int asked;

  /** As the store answers: the newest first, and whether there were more. */
  private Future<EventsAnswer> store(EventsQuery query) {
    EventsQuery checked = query.checked();
    asked++;
    List<JobEvent> all =
        stored.stream()
            .filter(event -> event.atEpochMillis() >= checked.fromEpochMillis())
            .filter(event -> event.atEpochMillis() < checked.toEpochMillis())
            .sorted(Comparator.comparingLong(JobEvent::atEpochMillis).reversed())
            .collect(Collectors.toList());
    List<JobEvent> newest = all.subList(0, Math.min(all.size(), checked.limit()));
    return Future.succeededFuture(new EventsAnswer(newest, List.of(), newest.size() < all.size()));
  }

  private FeedAnswer answer(long from, long to, int limit) {
    FeedDesk desk = new FeedDesk(this::store, cluster -> 100_000);
    return desk.answer(new FeedQuery("hpc1", from, to, limit)).result();
  }

  private void start(long at, String owner, int events, int slots) {
    for (int i = 0; i < events; i++) {
      stored.add(ChangeFeedTest.started(at, owner, 1, slots));
    }
  }

  private static long cores(FeedAnswer answer, String user) {
    return answer.entries().stream()
        .filter(entry -> entry.use().user().equals(user))
        .mapToLong(entry -> entry.use().startedSlots())
        .sum();
  }

  @Test
  void aPageThatIsFullIsReadOnFrom() {
    start(START + 3 * WINDOW, "alice", 1_500, 1);
    start(START + 2 * WINDOW + 5, "bob", 2_000, 1);
    start(START + 2 * WINDOW, "bob", 2_000, 1);
    start(START + 4, "carol", 2_000, 1);
    FeedAnswer answer = answer(START, START + 4 * WINDOW, 50);
    assertEquals(2, asked);
    assertEquals(1_500, cores(answer, "alice"));
    assertEquals(4_000, cores(answer, "bob"));
    assertEquals(2_000, cores(answer, "carol"));
    assertEquals(START, answer.fromEpochMillis());
    assertEquals(false, answer.more());
  }

  @Test
  void moreThanIsReadIsSaidAndNoWindowIsCutInTwo() {
    for (int i = 0; i < 100; i++) {
      start(START + i * WINDOW / 4, "u" + i, 1_000, 1);
    }
    long end = START + 25 * WINDOW;
    FeedAnswer answer = answer(START, end, 200);
    assertEquals(FeedDesk.MOST_PAGES, asked);
    assertTrue(answer.more());
    assertEquals(answer.fromEpochMillis(), ChangeFeed.windowStart(answer.fromEpochMillis()));
    List<Entry> all = new ArrayList<>(answer.entries());
    for (int questions = 1; answer.more() && questions < 20; questions++) {
      answer = answer(START, answer.fromEpochMillis(), 200);
      all.addAll(answer.entries());
    }
    assertEquals(100, all.size());
    assertTrue(all.stream().allMatch(entry -> entry.use().startedSlots() == 1_000));
  }

  @Test
  void aMomentWithMoreEventsThanFitIsPassed() {
    start(START + WINDOW, "alice", FeedDesk.EVENTS_A_PAGE + 1, 1);
    start(START, "bob", 100, 1);
    FeedAnswer answer = answer(START, START + 2 * WINDOW, 50);
    assertEquals(FeedDesk.EVENTS_A_PAGE, cores(answer, "alice"), "as far as it is told");
    assertEquals(100, cores(answer, "bob"));
  }

  @Test
  void aWindowWithMoreThanIsReadIsPassed() {
    for (int i = 0; i < 30; i++) {
      start(START + WINDOW + i, "alice", 1_000, 1);
    }
    start(START, "bob", 100, 1);
    FeedAnswer answer = answer(START, START + 2 * WINDOW, 50);
    assertTrue(cores(answer, "alice") > 10_000, answer.toString());
    assertEquals(START + WINDOW, answer.fromEpochMillis());
    assertEquals(100, cores(answer(START, answer.fromEpochMillis(), 50), "bob"));
  }

  @Test
  void noMoreLinesThanAreWanted() {
    start(START + WINDOW, "alice", 100, 1);
    start(START + 1, "bob", 100, 1);
    FeedAnswer answer = answer(START - WINDOW, START + 2 * WINDOW, 1);
    assertEquals(List.of("alice"), answer.entries().stream().map(e -> e.use().user()).toList());
    assertTrue(answer.more());
    assertEquals(START + WINDOW, answer.fromEpochMillis());
  }
}
