package org.qstatmesh.broadcast.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.broadcast.fit.FitChoices.Choice;
import org.qstatmesh.broadcast.fit.FitStandings.Standing;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.Fits;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Visibility;

class FitRankingTest {
  private static final long NOW = 1_795_330_395_000L;
  private static final long FROM = NOW - 1;
  private static final Standing UP = new Standing("up", ClusterStatus.UP, 1_000);

  @Test
  void whatFitsNowIsFirstByWhoWaitsThenByWhatIsFree() {
    assertOrder(
        "idle roomy small manyCores busy untold later unknown never",
        ranking(null),
        queue("never", Fits.NEVER, 0, 9, 99L),
        queue("later", Fits.LATER, 0, 0, 0L),
        queue("unknown", Fits.UNKNOWN, 0, 0, 0L),
        queue("untold", Fits.NOW, null, 9, 9L),
        queue("busy", Fits.NOW, 7, 9, 99L),
        queue("manyCores", Fits.NOW, 3, 1, 40L),
        queue("small", Fits.NOW, 3, 2, null),
        queue("roomy", Fits.NOW, 3, 5, 9L),
        queue("idle", Fits.NOW, 0, 1, 1L));
  }

  @Test
  void whatFitsLaterGoesByHowLongSuchJobsWaited() {
    WaitsAnswer waits =
        new WaitsAnswer(
            List.of(
                wait("quick", 9, 32, 10, 60),
                wait("quick", 33, 128, 99, 99_999),
                wait("slow", 9, 32, 500, 7_200),
                wait("rare", 9, 32, 9, 1),
                wait("other", 0, null, 500, 1)),
            List.of());
    assertOrder(
        "quick slow other rare",
        ranking(waits),
        queue("rare", Fits.LATER, 5, 0, 0L),
        queue("other", Fits.LATER, 4, 0, 0L),
        queue("slow", Fits.LATER, 0, 0, 0L),
        queue("quick", Fits.LATER, 50, 0, 0L));
  }

  @Test
  void aWaitIsOfThisSizeAndOfEnoughJobs() {
    WaitsAnswer waits =
        new WaitsAnswer(
            List.of(
                wait("batch", 0, null, 9_999, 1),
                wait("batch", 2, 8, 9_999, 2),
                wait("batch", 9, 32, 212, 2_400),
                wait("few", 9, 32, 9, 4)),
            List.of(new WaitsAnswer.Kept("up", FROM + 5)));
    FitRanking ranking = ranking(waits);
    ranking.add(
        UP,
        answer(
            NOW,
            queue("batch", Fits.LATER, 0, 0, 0L),
            queue("few", Fits.LATER, 0, 0, 0L),
            queue("none", Fits.LATER, 0, 0, 0L)));
    List<Choice> choices = ranking.choices(FROM).choices();
    assertEquals(new FitChoices.Waited(9, 32, 212, 2_400L, 24_000L), choices.get(0).waited());
    assertEquals(new FitChoices.Waited(9, 32, 9, null, null), choices.get(1).waited());
    assertEquals(new FitChoices.Waited(null, null, 0, null, null), choices.get(2).waited());
    choices.forEach(choice -> assertEquals(FROM + 5, choice.keptFromEpochMillis()));
  }

  @Test
  void theLargestClassHasNoEnd() {
    WaitsAnswer waits = new WaitsAnswer(List.of(wait("batch", 513, null, 20, 3)), List.of());
    FitRanking ranking = new FitRanking(standings(), 1_000_000_000_000L, waits);
    ranking.add(UP, answer(NOW, queue("batch", Fits.LATER, 0, 0, 0L)));
    assertEquals(20, ranking.choices(FROM).choices().get(0).waited().count());
  }

  @Test
  void withoutAHistoryNothingIsSaidOfWaits() {
    FitRanking ranking = ranking(null);
    ranking.add(UP, answer(NOW, queue("batch", Fits.LATER, 0, 0, 0L)));
    ranking.add(UP, null);
    FitChoices choices = ranking.choices(FROM);
    assertEquals(false, choices.waitsKnown());
    assertEquals(NOW, choices.askedAtEpochMillis());
    assertEquals(FROM, choices.waitsFromEpochMillis());
    choices.choices().forEach(choice -> assertNull(choice.waited()));
  }

  @ParameterizedTest
  @CsvSource({
    "UP,      1000, NOW,   NOW,     false",
    "UP,      1001, NOW,   UNKNOWN, true",
    "UP,      1001, LATER, UNKNOWN, true",
    "UP,      1001, NEVER, NEVER,   true",
    "STALE,   0,    NOW,   UNKNOWN, true",
    "DOWN,    0,    NOW,   UNKNOWN, true",
    "UNKNOWN, 0,    NOW,   UNKNOWN, true"
  })
  void whatOldNewsSaidFreeIsNotFreeNow(
      ClusterStatus status, long ageMillis, Fits told, Fits shown, boolean stale) {
    FitRanking ranking = ranking(null);
    ranking.add(
        new Standing("hpc1", status, 1_000), answer(NOW - ageMillis, queue("q", told, 3, 2, 1L)));
    Choice choice = ranking.choices(FROM).choices().get(0);
    assertEquals(shown, choice.queue().fits());
    assertEquals(stale, choice.queue().reasons().contains(Reason.STALE));
    assertEquals(status, choice.status());
    assertEquals(NOW - ageMillis, choice.takenAtEpochMillis());
    assertEquals(2, choice.queue().matchingNodesFree(), "the last picture's numbers stay");
  }

  @Test
  void clustersWithOldNewsAreLastAndThoseWithoutAnAnswerBehindThem() {
    FitRanking ranking = ranking(null);
    ranking.add(new Standing("silent", ClusterStatus.UP, 1_000), null);
    ranking.add(
        new Standing("unseen", ClusterStatus.UNKNOWN, 1_000),
        answer(NOW, queue("q", Fits.NOW, 0, 9, 9L)));
    ranking.add(
        new Standing("down", ClusterStatus.DOWN, 1_000),
        answer(NOW, queue("q", Fits.NOW, 0, 9, 9L)));
    ranking.add(
        new Standing("stale", ClusterStatus.STALE, 1_000),
        answer(NOW, queue("q", Fits.NOW, 0, 9, 9L)));
    ranking.add(UP, answer(NOW, queue("q", Fits.NEVER, 99, 0, 0L)));
    List<Choice> choices = ranking.choices(FROM).choices();
    assertEquals(
        List.of("up", "stale", "down", "unseen", "silent"),
        choices.stream().map(Choice::cluster).toList());
    Choice silent = choices.get(4);
    assertEquals(List.of(Reason.NO_ANSWER), silent.queue().reasons());
    assertNull(silent.takenAtEpochMillis());
    assertNull(silent.queue().queuedJobs());
  }

  @Test
  void anAnswerHasABoundAndSilentClustersAreNotLost() {
    FitRanking ranking = ranking(null);
    QueueFit[] queues =
        IntStream.range(0, 300)
            .mapToObj(i -> queue("q" + i, Fits.NOW, i, 0, 0L))
            .toArray(QueueFit[]::new);
    ranking.add(UP, answer(NOW, queues));
    ranking.add(UP, new FitAnswer(NOW, Visibility.ALL, List.of(), 5));
    ranking.add(new Standing("silent", ClusterStatus.DOWN, 1), null);
    FitChoices choices = ranking.choices(FROM);
    assertEquals(200, choices.choices().size());
    assertEquals("q198", choices.choices().get(198).queue().queueName());
    assertEquals("silent", choices.choices().get(199).cluster());
    assertEquals(101 + 5, choices.omitted());
  }

  @Test
  void veryManySilentClustersLeaveRoomForThoseThatAnswered() {
    FitRanking ranking = ranking(null);
    IntStream.range(0, 250)
        .forEach(i -> ranking.add(new Standing("s" + i, ClusterStatus.DOWN, 1), null));
    ranking.add(UP, answer(NOW, queue("q", Fits.NOW, 0, 0, 0L)));
    FitChoices choices = ranking.choices(FROM);
    assertEquals(200, choices.choices().size());
    assertEquals("up", choices.choices().get(0).cluster());
    assertEquals(51, choices.omitted());
  }

  @Test
  void ofFreshNewsNothingIsChanged() {
    QueueFit queue = queue("q", Fits.LATER, 0, 0, 0L);
    FitRanking ranking = ranking(null);
    ranking.add(UP, answer(NOW, queue));
    assertSame(queue, ranking.choices(FROM).choices().get(0).queue());
    assertTrue(ranking.choices(FROM).choices().size() == 1, "asking twice adds nothing");
  }

  private static void assertOrder(String expected, FitRanking ranking, QueueFit... queues) {
    ranking.add(UP, answer(NOW, queues));
    assertEquals(
        Arrays.asList(expected.split(" ")),
        ranking.choices(FROM).choices().stream()
            .map(choice -> choice.queue().queueName())
            .toList());
  }

  private static FitRanking ranking(WaitsAnswer waits) {
    return new FitRanking(standings(), 32, waits);
  }

  private static FitStandings standings() {
    return new FitStandings(NOW, List.of());
  }

  private static FitAnswer answer(long takenAtEpochMillis, QueueFit... queues) {
    return new FitAnswer(takenAtEpochMillis, Visibility.ALL, List.of(queues), 0);
  }

  private static QueueFit queue(
      String name, Fits fits, Integer queuedJobs, int nodesFree, Long freeSlots) {
    return new QueueFit(
        name,
        true,
        true,
        null,
        null,
        fits,
        List.of(),
        true,
        nodesFree,
        nodesFree,
        0,
        0,
        freeSlots,
        null,
        queuedJobs);
  }

  private static WaitsAnswer.Wait wait(
      String queue, int minSlots, Integer maxSlots, long count, long p50Seconds) {
    return new WaitsAnswer.Wait(
        "up", queue, minSlots, maxSlots, count, p50Seconds, 10 * p50Seconds);
  }
}
