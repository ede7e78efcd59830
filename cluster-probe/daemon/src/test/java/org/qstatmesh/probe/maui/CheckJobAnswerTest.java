package org.qstatmesh.probe.maui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

@Timeout(120)
class CheckJobAnswerTest {
  private static final String ID = "42.login1.cluster.example";
  private static final long SUBMITTED = 1_795_330_423L;

  static List<String> recorded() throws Exception {
    return MauiFixture.checkedJobs().stream()
        .filter(file -> !file.matches("checkjob-v-(1|9|99999)\\.out"))
        .toList();
  }

  private static JobDetail known(String id, JobState state, String reason) {
    Job job =
        Job.builder(id, "bob", state).submissionTimeEpochSeconds(SUBMITTED).reason(reason).build();
    return new JobDetail(job, reason, "job_state = Q\n");
  }

  private static JobDetail queued(String id) {
    return known(id, JobState.QUEUED, null);
  }

  private static JobDetail recorded(String number, JobState state, String reason) throws Exception {
    String file = "checkjob-v-" + number + ".out";
    String id = MauiFixture.idOf(file);
    return MauiFixture.checked(id, MauiFixture.text(file)).apply(known(id, state, reason));
  }

  private static UnaryOperator<JobDetail> answer(String lines) throws Exception {
    return MauiFixture.checked(ID, "\n\nchecking job 42 (RM job '" + ID + "')\n\n" + lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "42; waits for free resources",
        "54; waits for free resources",
        "49; its queue is stopped",
        "51_1_; its queue is stopped",
        "56; its queue is stopped",
        "45; held by its user, an operator or the system"
      })
  void recordedReasons(String number, String reason) throws Exception {
    assertEquals(reason, recorded(number, JobState.QUEUED, null).reason());
    assertEquals(reason, recorded(number, JobState.QUEUED, null).job().reason());
  }

  @Test
  void ofAHeldJobQstatKnowsWhoHoldsIt() throws Exception {
    assertEquals("held by its user", recorded("45", JobState.HELD, "held by its user").reason());
    assertEquals(
        "waits for another job", recorded("43", JobState.HELD, "waits for another job").reason());
  }

  @Test
  void aRunningJobWaitsForNothing() throws Exception {
    JobDetail detail = recorded("7", JobState.RUNNING, null);
    assertNull(detail.reason());
    assertNull(detail.job().expectedStartEpochSeconds(), "its reservation has begun");
    assertTrue(detail.text().contains("[n003:16][n002:16]"), detail.text());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void itsOwnWordsFollowThoseOfQstat(String file) throws Exception {
    String id = MauiFixture.idOf(file);
    String text = MauiFixture.checked(id, MauiFixture.text(file)).apply(queued(id)).text();
    assertTrue(text.startsWith("job_state = Q\nState: "), text);
    assertTrue(text.contains("\nCreds:  user:"), text);
    assertTrue(text.contains("\nPE:  "), text);
    for (String secret : List.of("IWD", "Exec", "Task Distribution", "checking job")) {
      assertFalse(text.contains(secret), file + " holds " + secret);
    }
  }

  @Test
  void privateLinesDoNotLeave() throws Exception {
    String text =
        answer(
                """
                AName: planted-name
                State: Idle
                IWD: /home/bob/planted  Executable:  /home/bob/planted.sh
                Exec:  '/home/bob/planted'  ExecSize: 0  ImageSize: 0
                Notification Address: planted@far.example
                SubmitArgs: planted
                EnvVariables: TOKEN=planted
                Messages:  cannot open '/home/bob/planted' for planted@far.example (~/planted)
                NOTE:  job cannot run in partition base (cannot read /scratch/planted/x)
                """)
            .apply(queued(ID))
            .toString();
    assertFalse(text.contains("planted"), text);
    assertTrue(text.contains("Messages:  cannot open '(path)' for (address) ((path))"), text);
    assertTrue(text.contains("cannot read (path)"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Holds:    User  Batch; held after an error: somebody must release it",
        "Holds:    System  (hold reason:  Admin); held by an operator or administrator",
        "job cannot run  (job has hold in place); held by its user, an operator or the system",
        "job cannot run  (dependency 41 jobsuccessfulcomplete not met); waits for another job",
        "job cannot run in partition DEFAULT (insufficient idle procs available: 752 < 896);"
            + " waits for free resources",
        "job cannot run in partition DEFAULT.  (job 42 violates active HARD MAXPROC limit of 160"
            + " for user bob  (R: 2, U: 160)); its user is at a limit",
        "job cannot run in any partition  (insufficient total procs:  12 available);"
            + " asks for what no node has",
        "cannot select job 42 for partition DEFAULT (startdate in '1:12:00:00');"
            + " waits for its start time",
        "NOTE:  job violates constraints for partition base (job 42 violates active HARD MAXPROC"
            + " limit of 160 for class batch  partition ALL (Req: 2  InUse: 160));"
            + " its queue or service class is at its limit",
        "BLOCK MSG: job 42 violates active HARD MAXJOB limit of 1 for group chem (Req: 1)"
            + " (recorded at last scheduling iteration); your group is at its limit",
        "job can run in partition DEFAULT (32 procs available.  4 procs required);"
            + " waits its turn: others have higher priority",
        "job is deferred.  Reason:  RMFailure  (cannot start job);"
            + " put off for a while: the scheduler could not start it",
        "cannot select job 42 for partition DEFAULT (something nobody wrote down);"
            + " something nobody wrote down",
        "nothing known;"
      })
  void reasonsOfSingleLines(String line, String reason) throws Exception {
    assertEquals(reason, answer(line + "\n").apply(queued(ID)).reason());
  }

  @Test
  void theReservationOfAWaitingJobIsItsExpectedStart() throws Exception {
    UnaryOperator<JobDetail> answer =
        answer(
            """
              (Time Queued  Total: 00:14:48  Eligible: 00:13:53)
            Reservation '42' (1:02:00:00 -> 1:07:00:00  Duration: 5:00:00)
            """);
    assertEquals(
        SUBMITTED + 14 * 60 + 48 + 26 * 3600,
        answer.apply(queued(ID)).job().expectedStartEpochSeconds());
    assertNull(
        answer("Reservation '42' (  INFINITY ->   INFINITY  Duration: 00:01:40)\n")
            .apply(queued(ID))
            .job()
            .expectedStartEpochSeconds());
  }

  @Test
  void moabIsReadAsWell() throws Exception {
    JobDetail detail =
        MauiFixture.checked(
                "717.moab",
                """
                job 717

                AName: planted
                State: Idle
                Creds:  user:bob  group:chem  class:batch
                StartPriority:  5063
                NOTE:  job cannot run in partition base (idle procs do not meet requirements : 0 of 1 procs found)
                idle procs:   4  feasible procs:   0
                """)
            .apply(queued("717.moab"));
    assertEquals("waits for free resources", detail.reason());
    assertTrue(detail.text().endsWith("idle procs:   4  feasible procs:   0\n"), detail.text());
  }

  @ParameterizedTest
  @CsvSource({
    "43.login1.cluster.example",
    "4.login1.cluster.example",
    "42[1].login1.cluster.example",
    "42.login1.cluster",
    "42.login2"
  })
  void theAnswerAboutAnotherJobIsRefused(String asked) throws Exception {
    String text = MauiFixture.text("checkjob-v-42.out");
    boolean shortened = "42.login1.cluster".equals(asked);
    if (shortened) {
      assertEquals(
          "waits for free resources", MauiFixture.checked(asked, text).apply(queued(ID)).reason());
    } else {
      assertThrows(UnparsableException.class, () -> MauiFixture.checked(asked, text));
    }
  }

  @Test
  void aJobThatMauiDoesNotKnowHasNoAnswer() throws Exception {
    String nothing = MauiFixture.text("checkjob-v-99999.out");
    assertThrows(UnparsableException.class, () -> MauiFixture.checked("99999.login1", nothing));
    assertTrue(MauiFixture.text("checkjob-v-99999.err").contains("cannot locate job"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void cutAtAnyByteItTellsNothingWrong(String file) throws Exception {
    String id = MauiFixture.idOf(file);
    String whole = MauiFixture.text(file);
    JobDetail right = MauiFixture.checked(id, whole).apply(queued(id));
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      if (cut.endsWith("\n") && !cut.isBlank()) {
        JobDetail some = MauiFixture.checked(id, cut).apply(queued(id));
        assertTrue(right.text().startsWith(some.text()), "cut after " + length);
        assertTrue(
            some.reason() == null || some.reason().equals(right.reason()), "cut after " + length);
      } else {
        assertThrows(
            UnparsableException.class,
            () -> MauiFixture.checked(id, cut),
            file + " cut after " + length);
      }
    }
  }

  @Test
  void longAnswersAreBounded() throws Exception {
    String text =
        answer("NOTE:  x\n".repeat(100_000) + "NOTE:  " + "y".repeat(2_000) + "\n")
            .apply(queued(ID))
            .text();
    assertTrue(text.length() < 10_000, text.length() + " characters");
    String full = "a = b\n".repeat(10_000);
    JobDetail known = new JobDetail(queued(ID).job(), null, full);
    assertEquals(full, answer("State: Idle\n").apply(known).text());
  }
}
