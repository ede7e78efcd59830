package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.summary.JobTally;
import org.qstatmesh.wire.summary.Summaries;

@Timeout(60)
class BackgroundCollectorTest {
  private static final Duration STEP = Duration.ofMillis(400);

  @TempDir Path folder;
  private FakeCommands commands;
  private CommandRunner runner;
  private SnapshotTaker taker;
  private BackgroundCollector collector;

  @BeforeEach
  void makeCluster() {
    commands = new FakeCommands(folder).torque("0");
    runner = new CommandRunner(CommandPath.only(folder), Map.of(), CommandLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    runner.close();
    collector.close();
  }

  @Test
  void collectsOnceForFiftyWhoAskAtOnce() throws Exception {
    begin(Duration.ofSeconds(30));
    commands.torque("0.3");
    ExecutorService askers = Executors.newFixedThreadPool(50);
    CyclicBarrier start = new CyclicBarrier(50);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          askers.submit(
              () -> {
                start.await();
                return idOf(collector.ask().get());
              }));
    }
    String first = answers.get(0).get();
    for (Future<String> answer : answers) {
      assertEquals(first, answer.get());
    }
    askers.shutdown();
    assertEquals(1, commands.calls("qstat -f -x"));
    assertEquals(1, commands.calls("pbsnodes"));
    assertEquals(5, commands.calls().size());
  }

  @Test
  void runsNothingUntilSomebodyAsks() throws Exception {
    begin(Duration.ZERO);
    assertNull(collector.newest());
    assertNull(collector.hello().drms());
    assertEquals(List.of(), commands.calls());
  }

  @Test
  void keepsTheIntervalAndThenCollectsAnew() throws Exception {
    begin(Duration.ofSeconds(2));
    long began = System.nanoTime();
    String first = idOf(collector.ask().get());
    CompletableFuture<Collected> again = collector.ask();
    assertTrue(again.isDone());
    assertEquals(first, idOf(again.get()));
    String next = first;
    while (next.equals(first)) {
      next = idOf(collector.ask().get());
    }
    assertTrue(System.nanoTime() - began >= Duration.ofSeconds(2).toNanos());
    assertEquals(2, commands.calls("pbsnodes"));
  }

  @Test
  void letsOneWaitWhoComesAMomentBeforeTheNextCollection() throws Exception {
    begin(Duration.ofSeconds(3));
    String first = idOf(collector.ask().get());
    CompletableFuture<Collected> early = collector.ask();
    while (early.isDone()) {
      assertEquals(first, idOf(early.get()));
      TimeUnit.MILLISECONDS.sleep(20);
      early = collector.ask();
    }
    assertNotEquals(first, idOf(early.get()));
    assertEquals(2, commands.calls("pbsnodes"));
  }

  @Test
  void collectsForEveryoneWithoutAnInterval() throws Exception {
    begin(Duration.ZERO);
    String first = idOf(collector.ask().get());
    assertNotEquals(first, idOf(collector.ask().get()));
  }

  @Test
  void showsAFailureInsteadOfTheLastPictureAndHeals() throws Exception {
    begin(Duration.ZERO);
    String first = idOf(collector.ask().get());
    commands.command("qstat", "exit 255").command("pbsnodes", "exit 1");
    Collected failed = collector.ask().get();
    assertEquals(
        "DRMS_COMMAND_FAILED", assertInstanceOf(Collected.Nothing.class, failed).error().code());
    assertEquals(failed, collector.newest());
    assertEquals("torque", collector.hello().drms());
    commands.torque("0");
    assertNotEquals(first, idOf(collector.ask().get()));
  }

  @Test
  void agesFromTheBeginningOfTheCollection() throws Exception {
    begin(Duration.ofSeconds(30));
    commands.torque("0.4");
    Collected.Picture picture = assertInstanceOf(Collected.Picture.class, collector.ask().get());
    assertTrue(picture.ageMillis() >= 400, "age is " + picture.ageMillis());
  }

  @Test
  void endsTheCollectionUnderWayWhenClosed() throws Exception {
    begin(Duration.ZERO);
    commands.torque("60");
    CompletableFuture<Collected> asked = collector.ask();
    while (commands.calls("qstat -B") == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    collector.close();
    runner.close();
    assertInstanceOf(Collected.Nothing.class, asked.get(2, TimeUnit.SECONDS));
    assertTrue(collector.ask().isDone());
  }

  @Test
  void goesOnForWhoWillComeBackAndKeepsWhatItCounts() throws Exception {
    begin(Duration.ZERO, new BackfillOptions(Duration.ofHours(1), STEP, 1 << 20));
    TimeUnit.NANOSECONDS.sleep(2 * STEP.toNanos());
    assertEquals(List.of(), commands.calls(), "nobody asked yet");
    String asked = idOf(collector.ask().get());
    Backfill page = collector.backfill(ProbeRequest.backfill("1", asked, null, 60));
    while (page.summaries().size() < 3) {
      TimeUnit.MILLISECONDS.sleep(5);
      page = collector.backfill(ProbeRequest.backfill("1", asked, null, 60));
    }
    for (PastSummary past : page.summaries()) {
      Snapshot seen = Pictures.of(taker.take());
      assertEquals(
          Summaries.of(JobTally.of(seen.jobs()), seen.nodes(), seen.queues()), past.summary());
      assertEquals("torque", past.drms());
    }
    List<PastSummary> summaries = page.summaries();
    long apart = summaries.get(0).ageMillis() - summaries.get(1).ageMillis();
    assertTrue(apart >= STEP.toMillis(), "begun " + apart + " ms apart");
  }

  @Test
  void stopsGoingOnWhenClosed() throws Exception {
    begin(Duration.ZERO, new BackfillOptions(Duration.ofHours(1), STEP, 1 << 20));
    String asked = idOf(collector.ask().get());
    collector.close();
    int calls = commands.calls().size();
    TimeUnit.NANOSECONDS.sleep(2 * STEP.toNanos());
    assertEquals(calls, commands.calls().size());
    assertEquals(
        List.of(), collector.backfill(ProbeRequest.backfill("1", asked, null, 60)).summaries());
  }

  @Test
  void goesOnForNobodyWhereNothingIsKept() throws Exception {
    begin(Duration.ZERO, new BackfillOptions(Duration.ZERO, STEP, 1 << 20));
    idOf(collector.ask().get());
    int calls = commands.calls().size();
    TimeUnit.NANOSECONDS.sleep(2 * STEP.toNanos());
    assertEquals(calls, commands.calls().size());
    assertEquals(Backfill.NOTHING, collector.backfill(ProbeRequest.backfill("1", null, null, 60)));
  }

  private void begin(Duration interval) {
    begin(interval, BackfillOptions.DEFAULT);
  }

  private void begin(Duration interval, BackfillOptions backfill) {
    taker = new SnapshotTaker(runner, DrmsChoice.AUTO, new TakerOptions(interval, false, "test"));
    collector = new BackgroundCollector(taker, backfill);
  }

  private static String idOf(Collected collected) {
    return assertInstanceOf(Collected.Picture.class, collected, collected.toString()).snapshotId();
  }
}
