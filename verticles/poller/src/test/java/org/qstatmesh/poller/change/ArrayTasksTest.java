package org.qstatmesh.poller.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.poller.change.Looks.queued;
import static org.qstatmesh.poller.change.Looks.running;
import static org.qstatmesh.poller.change.Looks.tasks;
import static org.qstatmesh.wire.JobState.HELD;
import static org.qstatmesh.wire.JobState.QUEUED;
import static org.qstatmesh.wire.JobState.RUNNING;
import static org.qstatmesh.wire.JobState.UNDETERMINED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.wire.Job;

/** Arrays as the four schedulers list them. */
class ArrayTasksTest {
  private static final List<String> NOTHING = List.of();

  @ParameterizedTest
  @CsvSource({
    "15[3].login1, 15[].login1",
    "15[].login1, 15[].login1",
    "11.login1, 11.login1",
    "11, 11",
    "12_4, 12",
    "'12_[1,3,5-9%2]', 12",
    "7.2, 7",
    "7., 7.",
    "7.2x, 7.2x",
    "15[3, 15[3",
    "job_1, job_1",
    "'', ''",
  })
  void aTaskBelongsToAWhole(String jobId, String whole) {
    assertEquals(whole, ArrayIds.whole(jobId));
  }

  @Test
  void countedTasksAreStartedWhenTheyWereSeen() {
    Looks looks = Looks.first(tasks("14[].l", QUEUED, 10));
    assertEquals(
        List.of("14[].l STARTED x4 of 4 submitted -100 started 30 waited 130"),
        looks.at(30, tasks("14[].l", QUEUED, 6), tasks("14[].l", RUNNING, 4)));
    assertEquals(
        List.of(
            "14[].l FINISHED x3 of 4 submitted -100 ended 60",
            "14[].l STARTED x3 of 4 submitted -100 started 60 waited 160"),
        looks.at(60, tasks("14[].l", QUEUED, 3), tasks("14[].l", RUNNING, 4)));
    assertEquals(
        List.of(
            "14[].l FINISHED x6 of 4 submitted -100 ended 90",
            "14[].l STARTED x3 of 4 submitted -100 started 90 waited 190"),
        looks.at(90, tasks("14[].l", RUNNING, 1)));
    assertEquals(List.of("14[].l FINISHED of 4 submitted -100 ended 120"), looks.at(120));
  }

  @Test
  void countedTasksThatGoBackIntoTheQueueAreNoNews() {
    Looks looks = Looks.first(tasks("14[].l", QUEUED, 6), tasks("14[].l", RUNNING, 4));
    assertEquals(NOTHING, looks.at(30, tasks("14[].l", QUEUED, 8), tasks("14[].l", RUNNING, 2)));
    assertEquals(
        NOTHING,
        looks.at(
            60,
            tasks("14[].l", QUEUED, 5),
            tasks("14[].l", HELD, 2),
            tasks("14[].l", UNDETERMINED, 1),
            tasks("14[].l", RUNNING, 2)));
  }

  @Test
  void anArrayComesOnceWithAllItsTasks() {
    assertEquals(
        List.of(
            "14[].l STARTED x2 of 4 submitted -100 started 30 waited 130",
            "14[].l SUBMITTED x9 of 4 submitted -100"),
        Looks.first().at(30, tasks("14[].l", QUEUED, 7), tasks("14[].l", RUNNING, 2)));
    assertEquals(
        List.of(
            "15[2].l STARTED of 4 submitted 5 started 8 waited 3",
            "15[].l SUBMITTED x3 of 4 submitted 5"),
        Looks.first().at(30, running("15[2].l", 5, 8), queued("15[3].l", 5), queued("15[4].l", 5)));
  }

  @Test
  void torquesTasksAreComparedOneByOne() {
    Looks looks = Looks.first(queued("15[1].l", -9), queued("15[2].l", -9), queued("15[3].l", -9));
    assertEquals(
        List.of(
            "15[1].l STARTED of 4 submitted -9 started 10 waited 19",
            "15[2].l STARTED of 4 submitted -9 started 20 waited 29"),
        looks.at(
            30, running("15[1].l", -9, 10), running("15[2].l", -9, 20), queued("15[3].l", -9)));
    assertEquals(
        List.of(
            "15[1].l FINISHED of 4 submitted -9 started 10 ended 60",
            "15[3].l STARTED of 4 submitted -9 started 40 waited 49"),
        looks.at(60, running("15[2].l", -9, 20), running("15[3].l", -9, 40)));
  }

  @Test
  void slurmsTasksLeaveTheirRangeAsTheyStart() {
    Looks looks = Looks.first(slurm("12_[0-9%4]", 10));
    assertEquals(
        List.of(
            "12_0 STARTED of 4 submitted -100 started 10 waited 110",
            "12_1 STARTED of 4 submitted -100 started 11 waited 111"),
        looks.at(30, running("12_0", -100, 10), running("12_1", -100, 11), slurm("12_[2-9%4]", 8)));
    assertEquals(
        List.of(
            "12_0 FINISHED of 4 submitted -100 started 10 ended 60",
            "12_2 STARTED of 4 submitted -100 started 40 waited 140",
            "12_[2-9%4] FINISHED of 4 submitted -100 ended 60"),
        looks.at(60, running("12_1", -100, 11), running("12_2", -100, 40), slurm("12_[4-9%4]", 6)));
  }

  @Test
  void gridEnginesTasksGetANumberAsTheyStart() {
    Looks looks = Looks.first(tasks("7", QUEUED, 3), tasks("7", HELD, 2));
    assertEquals(
        List.of("7.1 STARTED of 4 submitted -100 started 10 waited 110"),
        looks.at(30, running("7.1", -100, 10), tasks("7", QUEUED, 2), tasks("7", HELD, 2)));
    assertEquals(
        NOTHING, looks.at(60, running("7.1", -100, 10), tasks("7", QUEUED, 3), queued("7", -100)));
    assertEquals(
        List.of(
            "7.1 FINISHED of 4 submitted -100 started 10 ended 90",
            "7.2 STARTED of 4 submitted -100 started 70 waited 170",
            "7.3 STARTED of 4 submitted -100 started 71 waited 171",
            "7.4 STARTED of 4 submitted -100 started 72 waited 172"),
        looks.at(
            90,
            running("7.2", -100, 70),
            running("7.3", -100, 71),
            running("7.4", -100, 72),
            queued("7", -100)));
    assertEquals(
        List.of(
            "7.2 FINISHED of 4 submitted -100 started 70 ended 120",
            "7.3 FINISHED of 4 submitted -100 started 71 ended 120",
            "7.4 FINISHED of 4 submitted -100 started 72 ended 120",
            "7.5 STARTED of 4 submitted -100 started 110 waited 210"),
        looks.at(120, running("7.5", -100, 110)));
  }

  @Test
  void aDeletedArrayEnds() {
    Looks looks = Looks.first(tasks("7", QUEUED, 3), running("7.1", -100, -50));
    assertEquals(
        List.of(
            "7 FINISHED x3 of 4 submitted -100 ended 30",
            "7.1 FINISHED of 4 submitted -100 started -50 ended 30"),
        looks.at(30));
  }

  @Test
  void anArrayIdThatIsGivenAgainIsAnotherArray() {
    Looks looks = Looks.first(tasks("7", QUEUED, 3), running("7.1", -100, -50));
    assertEquals(
        List.of(
            "7 FINISHED x3 of 4 submitted -100 ended 30",
            "7 SUBMITTED x2 of 4 submitted 5",
            "7.1 FINISHED of 4 submitted -100 started -50 ended 30"),
        looks.at(30, Looks.job("7", QUEUED, 5).taskCount(2).build()));
  }

  private static Job slurm(String range, int tasks) {
    return tasks(range, QUEUED, tasks);
  }
}
