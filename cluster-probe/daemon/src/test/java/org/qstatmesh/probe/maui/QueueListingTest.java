package org.qstatmesh.probe.maui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

@Timeout(120)
class QueueListingTest {
  private static final String HEADINGS =
      """
      ACTIVE JOBS--------------------
      JOBNAME            USERNAME      STATE  PROC   REMAINING            STARTTIME

      8                       bob    Running     8    00:45:09  Sun Nov 22 06:53:30

           1 Active Jobs     151 of  176 Processors Active (85.80%)
                               7 of    7 Nodes Active      (100.00%)

      IDLE JOBS----------------------
      JOBNAME            USERNAME      STATE  PROC     WCLIMIT            QUEUETIME

      """;
  private static final String IDLE =
      "60                    alice       Idle    16     1:00:00  Sun Nov 22 06:53:30\n";
  private static final String NOTE = "\nNOTE:  output truncated";

  private static Job waiting(String id, String user, JobState state, String reason) {
    return Job.builder(id, user, state).reason(reason).build();
  }

  private static Job queued(String id, String user) {
    return waiting(id, user, JobState.QUEUED, null);
  }

  private static UnaryOperator<Job> read(String text) throws Exception {
    Problems problems = new Problems();
    UnaryOperator<Job> waiting = MauiFixture.queue(text, problems);
    assertEquals(List.of(), problems.notes());
    return waiting;
  }

  @Test
  void theRecordedListTellsWhichJobsArePutOff() throws Exception {
    UnaryOperator<Job> waiting = read(MauiFixture.text("showq.out"));
    assertEquals(
        "put off for a while: the scheduler could not start it",
        waiting.apply(queued("42.login1.cluster.example", "bob")).reason());
    assertNull(
        waiting.apply(queued("51[7].login1.cluster.example", "dave")).reason(),
        "blocked, and the list does not say why");
    Job running = waiting("8.login1.cluster.example", "bob", JobState.RUNNING, null);
    assertSame(running, waiting.apply(running));
  }

  @Test
  void theRecordedReasonsAreThoseOfTheLedger() throws Exception {
    UnaryOperator<Job> blocked = read(MauiFixture.text("showq-b.out"));
    Map<String, Integer> reasons = new TreeMap<>();
    for (int task = 1; task <= 100; task++) {
      Job job = blocked.apply(queued("51[" + task + "].login1.cluster.example", "dave"));
      reasons.merge(job.reason(), 1, Integer::sum);
    }
    assertEquals(Map.of("its queue is stopped", 100), reasons);
    assertEquals("its queue is stopped", blocked.apply(queued("49.login1", "erin")).reason());
    assertEquals(
        "put off for a while: the scheduler could not start it",
        blocked.apply(queued("54.login1", "a_very_long_username_indeed_x")).reason());
  }

  @Test
  void aListWithoutJobsIsWhole() throws Exception {
    Job job = queued("42.login1", "bob");
    assertSame(job, read(MauiFixture.text("showq-unknown-user.out")).apply(job));
  }

  @Test
  void whatMayStartWaitsForFreeResources() throws Exception {
    UnaryOperator<Job> waiting =
        read(
            HEADINGS
                + IDLE
                + "\n1 Idle Job\n\nBLOCKED JOBS----------------\n\n\nTotal Jobs: 2   Active Jobs: 1\n");
    assertEquals("waits for free resources", waiting.apply(queued("60.login1", "alice")).reason());
    Job stale = waiting("60.login1", "alice", JobState.QUEUED, "its queue is stopped");
    assertEquals("waits for free resources", waiting.apply(stale).reason());
  }

  @Test
  void ofAHeldJobQstatKnowsWhoHoldsIt() throws Exception {
    UnaryOperator<Job> blocked = read(MauiFixture.text("showq-b.out"));
    Job held = waiting("45.login1", "carol", JobState.HELD, "held by its user");
    assertSame(held, blocked.apply(held));
    Job unexplained = waiting("45.login1", "carol", JobState.HELD, null);
    assertEquals(
        "held by its user, an operator or the system", blocked.apply(unexplained).reason());
  }

  @Test
  void aJobIsTheSameByNumberAndUser() throws Exception {
    UnaryOperator<Job> blocked = read(MauiFixture.text("showq-b.out"));
    for (String[] other :
        new String[][] {
          {"49.login1", "mallory"},
          {"499.login1", "erin"},
          {"4.login1", "erin"},
          {"49[1].login1", "erin"},
          {"51[].login1", "dave"},
          {"51.login1", "dave"}
        }) {
      Job job = queued(other[0], other[1]);
      assertSame(job, blocked.apply(job), other[0]);
    }
  }

  @Test
  void aNumberThatStandsThereTwiceIsNobodys() throws Exception {
    UnaryOperator<Job> blocked =
        read("JobName      User               Reason\n\n 7  bob enabled\n 7  bob 'Hold'\n");
    Job job = queued("7.login1", "bob");
    assertSame(job, blocked.apply(job));
  }

  @ParameterizedTest
  @ValueSource(strings = {NOTE, NOTE + "\n", "\n\nNOTE:  output truncated\n\n"})
  void aListThatMauiCutsIsReadAndCountedAsAProblem(String note) throws Exception {
    String cut = HEADINGS + IDLE + IDLE.replace("60 ", "61 ") + IDLE.substring(0, 40);
    Problems problems = new Problems();
    UnaryOperator<Job> waiting = MauiFixture.queue(cut + note, problems);
    assertTrue(problems.count() >= 1);
    assertTrue(problems.notes().toString().contains("has cut its list"));
    assertEquals("waits for free resources", waiting.apply(queued("60.login1", "alice")).reason());
  }

  @Test
  void theLastLineBeforeTheCutIsNotTrusted() throws Exception {
    String cut = MauiFixture.text("showq-b.out").replaceAll("(?s)(54 \\S+ state 'D).*", "$1");
    UnaryOperator<Job> blocked = MauiFixture.queue(cut + NOTE, new Problems());
    Job job = queued("54.login1", "a_very_long_username_indeed_x");
    assertSame(job, blocked.apply(job));
    assertEquals("its queue is stopped", blocked.apply(queued("49.login1", "erin")).reason());
  }

  @Test
  void aTotalThatIsNotReachedIsAProblem() throws Exception {
    Problems problems = new Problems();
    MauiFixture.queue(HEADINGS + IDLE + "\nTotal Jobs: 3   Active Jobs: 1\n", problems);
    assertEquals(List.of("showq lists 2 of 3 jobs"), problems.notes());
  }

  @Test
  void moabIsReadAsWell() throws Exception {
    UnaryOperator<Job> waiting =
        read(
            """

            active jobs------------------------
            JOBID              USERNAME      STATE PROCS   REMAINING            STARTTIME

            717                jacksond    Running     4    00:45:09  Sun Nov 22 06:53:30

            1 active job            4 of 16 processors in use by local jobs (25.00%)
                                     1 of 2 nodes active      (50.00%)

            eligible jobs----------------------
            JOBID              USERNAME      STATE PROCS     WCLIMIT            QUEUETIME

            718                jacksond       Idle     4    00:45:09  Sun Nov 22 06:53:30

            1 eligible job

            blocked jobs-----------------------
            JOBID              USERNAME      STATE PROCS     WCLIMIT            QUEUETIME

            719                jacksond  BatchHold     4    00:45:09  Sun Nov 22 06:53:30
            720                jacksond   UserHold     4    00:45:09  Sun Nov 22 06:53:30

            2 blocked jobs

            Total jobs:  4

            """);
    assertEquals(
        "waits for free resources", waiting.apply(queued("718.moab", "jacksond")).reason());
    assertEquals(
        "held after an error: somebody must release it",
        waiting.apply(queued("719.moab", "jacksond")).reason());
    assertEquals("held by its user", waiting.apply(queued("720.moab", "jacksond")).reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7 bob violates active HARD MAXPROC limit of 160 for user bob  (R: 2, U: 160); its user is at a limit",
        "7 bob violates active HARD MAXPROC limit of 8 for group chem  (R: 2, U: 8); your group is at its limit",
        "7 bob 'UserHold'; held by its user",
        "7 bob something nobody wrote down; something nobody wrote down",
        "7 bob;"
      })
  void reasonsOfSingleLines(String line, String reason) throws Exception {
    UnaryOperator<Job> blocked = read("JobName User Reason\n\n" + line + "\n");
    assertEquals(reason, blocked.apply(queued("7.login1", "bob")).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"showq.out", "showq-b.out"})
  void cutAtAnyByteItTellsNothingWrong(String file) throws Exception {
    String whole = MauiFixture.text(file);
    UnaryOperator<Job> right = read(whole);
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      if (file.equals("showq-b.out") && cut.endsWith("\n") && !cut.isBlank()) {
        UnaryOperator<Job> some = MauiFixture.queue(cut, new Problems());
        for (String id : List.of("42.login1", "49.login1", "51[1].login1", "51[10].login1")) {
          for (String user : List.of("bob", "erin", "dave")) {
            Job told = some.apply(queued(id, user));
            assertTrue(
                told.reason() == null
                    || told.reason().equals(right.apply(queued(id, user)).reason()),
                "cut after " + length);
          }
        }
      } else {
        assertThrows(
            UnparsableException.class,
            () -> MauiFixture.queue(cut, new Problems()),
            file + " cut after " + length);
      }
    }
  }

  @Test
  void anotherCommandsTextIsRefused() {
    for (String text :
        List.of(
            "", "\n", "ERROR:    cannot connect\n", "Reservations\n\nReservationID  Type S\n")) {
      assertThrows(UnparsableException.class, () -> MauiFixture.queue(text, new Problems()), text);
    }
    assertFalse(Maui.commands().isEmpty());
  }
}
