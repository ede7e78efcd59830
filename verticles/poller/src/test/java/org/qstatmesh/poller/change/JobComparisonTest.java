package org.qstatmesh.poller.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.poller.change.Looks.START;
import static org.qstatmesh.poller.change.Looks.job;
import static org.qstatmesh.poller.change.Looks.queued;
import static org.qstatmesh.poller.change.Looks.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

class JobComparisonTest {
  private static final List<String> NOTHING = List.of();

  @Test
  void aJobComesStartsAndEnds() {
    Looks looks = Looks.first();
    assertEquals(
        List.of("11.login1 SUBMITTED of 4 submitted 20"), looks.at(30, queued("11.login1", 20)));
    assertEquals(NOTHING, looks.at(60, queued("11.login1", 20)));
    assertEquals(
        List.of("11.login1 STARTED of 4 submitted 20 started 75 waited 55"),
        looks.at(90, running("11.login1", 20, 75)));
    assertEquals(NOTHING, looks.at(120, running("11.login1", 20, 75)));
    assertEquals(
        List.of("11.login1 FINISHED of 4 submitted 20 started 75 ended 150"), looks.at(150));
    assertEquals(NOTHING, looks.at(180));
  }

  @Test
  void whatIsThereAtTheFirstLookIsNoNews() {
    Looks looks = Looks.first(running("11", -500, -400), queued("12", -300));
    assertEquals(
        List.of("11 FINISHED of 4 submitted -500 started -400 ended 30"),
        looks.at(30, queued("12", -300)));
  }

  @Test
  void aJobThatIsSeenRunningFirstCameAndStarted() {
    assertEquals(
        List.of("11 STARTED of 4 submitted 5 started 9 waited 4", "11 SUBMITTED of 4 submitted 5"),
        Looks.first().at(30, running("11", 5, 9)));
  }

  @Test
  void aJobThatWasOverlookedIsNoNews() {
    Looks looks = Looks.first();
    assertEquals(NOTHING, looks.at(30, running("11", -9_000, -8_000), queued("12", -9_000)));
    assertEquals(
        List.of("12 STARTED of 4 submitted -9000 started 40 waited 9040"),
        looks.at(60, running("11", -9_000, -8_000), running("12", -9_000, 40)));
  }

  @Test
  void aJobThatWaitedAndIsGoneHasEndedWithoutAStart() {
    assertEquals(
        List.of("11 FINISHED of 4 submitted -9 ended 30"), Looks.first(queued("11", -9)).at(30));
  }

  @Test
  void aHeldJobThatRunsHasStarted() {
    Looks looks = Looks.first(job("11", JobState.HELD, -50).build());
    assertEquals(NOTHING, looks.at(30, queued("11", -50)));
    assertEquals(NOTHING, looks.at(60, job("11", JobState.HELD, -50).build()));
    assertEquals(
        List.of("11 STARTED of 4 submitted -50 started 70 waited 120"),
        looks.at(90, running("11", -50, 70)));
  }

  @Test
  void aSuspendedJobHasNotEnded() {
    Job suspended =
        running("11", -50, -20).toBuilder().jobState(JobState.SUSPENDED).slots(0).build();
    Looks looks = Looks.first(running("11", -50, -20));
    assertEquals(NOTHING, looks.at(30, suspended));
    assertEquals(NOTHING, looks.at(60, running("11", -50, -20)));
  }

  @Test
  void aStateThatIsNotUnderstoodChangesNothing() {
    Looks looks = Looks.first(running("11", -50, -20), queued("12", -50));
    Job odd11 = job("11", JobState.UNDETERMINED, -50).build();
    Job odd12 = job("12", JobState.UNDETERMINED, -50).build();
    assertEquals(NOTHING, looks.at(30, odd11, odd12));
    assertEquals(
        List.of("12 STARTED of 4 submitted -50 started 40 waited 90"),
        looks.at(60, running("11", -50, -20), running("12", -50, 40)));
  }

  @Test
  void aRequeuedJobStartsAgainWithAWaitThatIsNotKnown() {
    Looks looks = Looks.first(running("11", -50, -20));
    assertEquals(NOTHING, looks.at(30, queued("11", -50)));
    assertEquals(NOTHING, looks.at(60, job("11", JobState.HELD, -50).build()));
    assertEquals(
        List.of("11 STARTED of 4 submitted -50 started 70"), looks.at(90, running("11", -50, 70)));
    assertEquals(
        List.of("11 STARTED of 4 submitted -50 started 100"),
        looks.at(120, running("11", -50, 100)));
  }

  @Test
  void aRequeuedJobWithANewSubmissionWaitedSinceThen() {
    Looks looks = Looks.first(running("11", -50, -20), running("12", -50, -20));
    assertEquals(
        List.of("12 STARTED of 4 submitted 10 started 20 waited 10"),
        looks.at(30, queued("11", 12), running("12", 10, 20)));
    assertEquals(
        List.of("11 STARTED of 4 submitted 12 started 40 waited 28"),
        looks.at(60, running("11", 12, 40), running("12", 10, 20)));
  }

  @Test
  void anIdThatIsGivenAgainIsAnotherJob() {
    Looks looks = Looks.first(running("11", -50, -20), queued("12", -70));
    Job bobs = Job.builder("11", "bob", JobState.QUEUED).slots(8).build();
    assertEquals(
        List.of(
            "11 FINISHED of 4 submitted -50 started -20 ended 30",
            "11 SUBMITTED of 8",
            "12 FINISHED of 4 submitted -70 ended 30",
            "12 SUBMITTED of 4 submitted 3"),
        looks.at(30, bobs, queued("12", 3)));
  }

  @Test
  void aClockThatGoesWrongGivesNoWait() {
    Looks looks = Looks.first(queued("11", 500));
    assertEquals(
        List.of("11 STARTED of 4 submitted 500 started 20"), looks.at(30, running("11", 500, 20)));
  }

  @Test
  void whatIsNotSaidIsGuessedOnlyInAShortTime() {
    Job running = job("11", JobState.RUNNING, -50).build();
    assertEquals(
        List.of("11 STARTED of 4 submitted -50 started 30 waited 80"),
        Looks.first(queued("11", -50)).at(30, running));
    assertEquals(
        List.of("11 STARTED of 4 submitted -50"),
        Looks.first(queued("11", -50)).at(7_200, running));
  }

  @Test
  void aJobThatIsCompletingWhenItIsSeenFirstKeepsItsSlots() {
    Job completing = running("11", -50, 10).toBuilder().slots(0).build();
    assertEquals(
        List.of("11 STARTED of 4 submitted -50 started 10 waited 60"),
        Looks.first(queued("11", -50)).at(30, completing));
  }

  @Test
  void namesAreThoseThatUseIsCountedUnder() {
    Job job =
        Job.builder("1", "o".repeat(300), JobState.QUEUED)
            .queueName("fat,batch")
            .accountingId(" ")
            .build();
    JobEvent event = Looks.first().events(30, List.of(job)).get(0);
    assertEquals("fat", event.queueName());
    assertEquals(null, event.accountingId());
    assertEquals(201, event.jobOwner().length());
    assertEquals(0, event.slots());
    assertEquals((START + 3_630) * 1_000, event.atEpochMillis());
  }

  @Test
  void aSingleListTellsOnlyWhatItsOwnTimesSay() {
    Job noTimes = Job.builder("15", "alice", JobState.RUNNING).build();
    List<Job> jobs =
        List.of(
            queued("11", -5),
            running("12", -5, 5),
            running("13", 7, 9),
            queued("14", 8),
            noTimes,
            Looks.tasks("16[].login1", JobState.QUEUED, 7).toBuilder()
                .submissionTimeEpochSeconds(START + 3)
                .build(),
            Looks.tasks("16[].login1", JobState.RUNNING, 2));
    JobComparison since = JobComparison.since(jobs, new Window(0, START, START + 30), 100);
    assertEquals(
        List.of(
            "12 STARTED of 4 submitted -5 started 5 waited 10",
            "13 STARTED of 4 submitted 7 started 9 waited 2",
            "13 SUBMITTED of 4 submitted 7",
            "14 SUBMITTED of 4 submitted 8",
            "16[].login1 SUBMITTED x9 of 4 submitted 3"),
        Looks.words(since.events()));
  }

  @Test
  void tooManyAreCountedAndStartsGoFirst() {
    List<Job> before = new ArrayList<>();
    List<Job> now = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      before.add(running("1" + i, -9, -5));
      before.add(queued("2" + i, -9));
      now.add(running("2" + i, -9, 5));
      now.add(queued("3" + i, 5));
    }
    Window window = new Window(0, START, START + 30);
    JobComparison changed = JobComparison.between(before, now, window, Set.of(), 150);
    assertEquals(150, changed.events().size());
    assertEquals(150, changed.omitted());
    assertEquals(
        100, changed.events().stream().filter(e -> e.change() == JobChange.STARTED).count());
    assertEquals(
        50, changed.events().stream().filter(e -> e.change() == JobChange.FINISHED).count());
  }
}
