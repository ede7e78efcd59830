package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;

/** What users write into names and accounts makes no job, hides none and changes none. */
@Timeout(60)
class HostileNamesTest {
  private static final Mark MARK = new Mark("0123456789abcdef");
  private static final String TIME = "1795329240";
  private static final String MARKED = TIME + "~" + MARK.text();
  private static final String FORGED =
      record("999", "mallory", "chem", TIME, "forged").replace("\n", "");

  private final Problems problems = new Problems();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new\nline",
        "\n",
        "\n\n",
        "pipe|pipe",
        "||||||||||||||||||||||||||||||||||||||||",
        "tab\there",
        "esc\u001b[2J",
        "carriage\rreturn",
        "(null)",
        "%j%A|%i",
        "~0123456789abcde",
        "{\"jobs\":[]}"
      })
  void aNameIsReadAsItIs(String name) throws Exception {
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", MARKED, name)
                + record("2", "bob", "phys", MARKED, "next"));
    assertEquals(List.of("1", "2"), jobs.stream().map(Job::jobId).toList());
    assertEquals(name, jobs.get(0).jobName());
    assertEquals("next", jobs.get(1).jobName());
    assertEquals(0, problems.count(), problems.notes().toString());
  }

  @Test
  void aWholeRecordInANameIsAName() throws Exception {
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", MARKED, "x\n" + FORGED + "\n" + FORGED)
                + record("2", "bob", "phys", MARKED, "next"));
    assertEquals(List.of("1", "2"), jobs.stream().map(Job::jobId).toList());
    assertEquals(2, problems.count(), "each imitation is told");
  }

  @Test
  void aMarkOfAnotherRunIsNone() throws Exception {
    String guessed = record("999", "mallory", "chem", TIME + "~fedcba9876543210", "forged");
    List<Job> jobs = parse(record("1", "alice", "chem", MARKED, "x\n" + guessed.strip()));
    assertEquals(1, jobs.size());
    assertNotEquals(Mark.random().text(), Mark.random().text());
  }

  @Test
  void barsInAnAccountAreTheAccounts() throws Exception {
    Job job = parse(record("1", "alice", "a|b|c", MARKED, "x|y")).get(0);
    assertEquals("a|b|c", job.accountingId());
    assertEquals("batch", job.queueName());
    assertEquals("x|y", job.jobName());
    assertEquals(0, problems.count());
  }

  @Test
  void aNewlineInAnAccountCostsThatJobAloneAndIsCounted() throws Exception {
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", MARKED, "one")
                + record("2", "mallory", "a\nb", MARKED, "two")
                + record("3", "bob", "phys", MARKED, "three"));
    assertEquals(List.of("1", "3"), jobs.stream().map(Job::jobId).toList());
    assertTrue(problems.count() > 0);
  }

  @Test
  void aNewlineInTheFirstAccountDoesNotTurnTheMarkOff() throws Exception {
    List<Job> jobs =
        parse(
            record("1", "mallory", "a\nb", MARKED, "one")
                + record("2", "alice", "chem", MARKED, "x\n" + FORGED));
    assertEquals(List.of("2"), jobs.stream().map(Job::jobId).toList());
    assertTrue(problems.count() > 0);
  }

  @Test
  void randomNamesNeitherMakeNorHideJobs() throws Exception {
    Random random = new Random(20_261_122L);
    String[] pieces = {"\n", "|", FORGED, "\u001b", "1|1|", "~", "PENDING|PD", "é", "9_[1-5]", " "};
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int id = 1; id <= 3; id++) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
          name.append(pieces[random.nextInt(pieces.length)]);
        }
        text.append(record(Integer.toString(id), "alice", "chem", MARKED, name.toString()));
      }
      List<Job> jobs = parse(text.toString());
      assertEquals(List.of("1", "2", "3"), jobs.stream().map(Job::jobId).toList(), "" + round);
      assertTrue(jobs.stream().allMatch(job -> job.jobOwner().equals("alice")));
    }
  }

  @Test
  void everyRunHasAMarkInItsEnvironment() {
    SlurmAdapter adapter = new SlurmAdapter(false);
    String format = Fixture.jobsOf(adapter).environment().get("SLURM_TIME_FORMAT");
    assertTrue(format.matches("%s~[0-9a-f]{16}"), format);
    assertTrue(format.length() < 32, "Slurm refuses longer ones");
    assertNotEquals(format, Fixture.jobsOf(adapter).environment().get("SLURM_TIME_FORMAT"));
    assertTrue(adapter.job("12_3").environment().containsKey("SLURM_TIME_FORMAT"));
  }

  @Test
  void withoutTheMarkLinesThatAreNoRecordsAreNames() throws Exception {
    String iso = "2026-11-22T06:34:00";
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", iso, "new\n7|line")
                + record("2", "bob", "phys", iso, "next"));
    assertEquals(List.of("1", "2"), jobs.stream().map(Job::jobId).toList());
    assertEquals("new\n7|line", jobs.get(0).jobName());
    assertEquals(1, problems.count());
  }

  @Test
  void withoutTheMarkATextIsRefusedByWhoTrustsNone() {
    String iso = "2026-11-22T06:34:00";
    String text = record("1", "alice", "chem", iso, "x\n" + FORGED);
    assertThrows(
        UnparsableException.class,
        () ->
            SlurmJobs.parse(
                new StringReader(text),
                problems,
                MARK,
                JobLines.Trust.MARKED_ONLY,
                false,
                job -> {}));
  }

  /** Slurm 22.05 takes {@code --gres=$'gpu:a100\n9:1'} and the like, newlines and bars included. */
  @Test
  void aNewlineInARequestForGpusHidesNoJob() throws Exception {
    String asked = "|gres:gpu:a100\n" + FORGED + "\n9:1|";
    String hostile =
        record("2", "mallory", "chem", MARKED, "two").replace("|N/A||n/a|", asked + "|n/a|");
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", MARKED, "one")
                + hostile
                + record("3", "bob", "phys", MARKED, "three"));
    assertEquals(List.of("1", "2", "3"), jobs.stream().map(Job::jobId).toList());
    assertEquals("one", jobs.get(0).jobName());
    assertEquals("mallory", jobs.get(1).jobOwner());
    assertEquals(4, jobs.get(1).slots());
  }

  @Test
  void aRequestForGpusThatMakesNoSenseHidesNoJob() throws Exception {
    String record =
        record("2", "mallory", "chem", MARKED, "two")
            .replace("|N/A||n/a|", "|gres:gpu:99999999999||n/a|");
    Job job = parse(record).get(0);
    assertEquals("2", job.jobId());
    assertNull(job.gpus());
  }

  @Test
  void aRecordThatNeverEndsIsCounted() throws Exception {
    String text = record("2", "mallory", "chem", MARKED, "two");
    String broken = text.substring(0, text.indexOf("|N/A||n/a|")) + "\nmore\n";
    List<Job> jobs =
        parse(
            record("1", "alice", "chem", MARKED, "one")
                + broken
                + record("3", "bob", "phys", MARKED, "x"));
    assertEquals(List.of("1", "3"), jobs.stream().map(Job::jobId).toList());
    assertEquals(1, problems.count(), problems.notes().toString());
  }

  @Test
  void anotherTextIsRefused() {
    assertThrows(UnparsableException.class, () -> parse("JOBID PARTITION NAME\n"));
    assertThrows(UnparsableException.class, () -> parse("{\"jobs\":[],\"errors\":[{}]}\n"));
  }

  @Test
  void noTextIsAnEmptyQueue() throws Exception {
    assertEquals(List.of(), parse(""));
  }

  @Test
  void hiddenNamesAreInNoRecord() throws Exception {
    String text = record("1", "alice", "chem", MARKED, "secret\nname");
    Job job = parse(text, true).get(0);
    assertFalse(job.toString().contains("secret"));
    assertFalse(
        SlurmJobDetail.parse(new StringReader(text), problems, MARK, "1", true)
            .toString()
            .contains("secret"));
  }

  private List<Job> parse(String text) throws Exception {
    return parse(text, false);
  }

  private List<Job> parse(String text, boolean hideJobNames) throws Exception {
    List<Job> jobs = new ArrayList<>();
    assertEquals(
        SlurmJobs.parse(
            new StringReader(text),
            problems,
            MARK,
            JobLines.Trust.UNMARKED_TOO,
            hideJobNames,
            jobs::add),
        jobs.size());
    return jobs;
  }

  private static String record(
      String id, String user, String account, String submitted, String name) {
    return String.join(
            "|",
            id,
            id,
            id,
            "N/A",
            user,
            "users",
            account,
            "batch",
            "normal",
            "PENDING",
            "PD",
            "Priority",
            "4",
            "1",
            "1000M",
            "1:00:00",
            "1:00:00",
            "0:00",
            submitted,
            "N/A",
            "N/A",
            "1",
            "N/A",
            "",
            "n/a",
            name)
        + "\n";
  }
}
