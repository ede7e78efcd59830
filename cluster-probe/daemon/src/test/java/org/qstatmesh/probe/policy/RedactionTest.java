package org.qstatmesh.probe.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

@Timeout(20)
class RedactionTest {
  private static final Set<String> ALWAYS_TOLD =
      Set.of("jobId", "jobOwner", "jobState", "taskCount", "slots", "queueName");
  private static final Set<JobAttribute> ALL = EnumSet.allOf(JobAttribute.class);

  /** A job with a value in every field. */
  private static final Job FULL =
      Job.builder("11.login1", "alice", JobState.QUEUED)
          .jobName("secret name")
          .groupName("chem")
          .accountingId("chem-acct")
          .queueName("batch")
          .jobSubState("Q")
          .taskCount(3)
          .slots(4)
          .nodeCount(2)
          .gpus(1)
          .memoryBytes(1L)
          .nodeNames(List.of("n001"))
          .submissionTimeEpochSeconds(1L)
          .dispatchTimeEpochSeconds(2L)
          .expectedStartEpochSeconds(3L)
          .wallclockLimitSeconds(4L)
          .wallclockTimeSeconds(5L)
          .priority(6L)
          .reason("waits")
          .build();

  /** A field that a later version adds must be decided on. */
  @Test
  void everyFieldIsEitherAlwaysToldOrCanBeKeptBack() {
    Set<String> known = new TreeSet<>(ALWAYS_TOLD);
    ALL.forEach(attribute -> known.add(attribute.fieldName()));
    Set<String> fields =
        Arrays.stream(Job.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(fields, known);
  }

  @Test
  void keepsNothingBackUnlessItIsAsked() {
    assertSame(FULL, Redaction.none().apply(FULL));
  }

  @ParameterizedTest
  @EnumSource
  void keepsBackOneFieldAndNoOther(JobAttribute attribute) throws Exception {
    Set<JobAttribute> allowed = EnumSet.complementOf(EnumSet.of(attribute));
    Job left = new Redaction(Set.of(), allowed, true).apply(FULL);
    for (RecordComponent field : Job.class.getRecordComponents()) {
      Object before = field.getAccessor().invoke(FULL);
      Object after = field.getAccessor().invoke(left);
      if (field.getName().equals(attribute.fieldName())) {
        assertNotEquals(before, after, field.getName());
      } else {
        assertEquals(before, after, field.getName());
      }
    }
  }

  @Test
  void countsTheJobOfAHiddenUserAndTellsNothingOfWhoItIs() {
    Redaction redaction = new Redaction(Set.of("alice"), ALL, false);
    Job expected =
        FULL.toBuilder()
            .jobOwner("(hidden)")
            .jobName(null)
            .groupName(null)
            .accountingId(null)
            .reason(null)
            .build();
    assertEquals(expected, redaction.apply(FULL));
    assertEquals(Optional.empty(), redaction.ofDetail(new JobDetail(FULL, "waits", "a = b\n")));
    Job other = FULL.toBuilder().jobOwner("alicea").build();
    assertSame(other, redaction.apply(other));
  }

  @Test
  void aSingleJobsTextTellsOnlyWhatIsListed() {
    String text =
        """
        Job_Name = secret name
        Job_Owner = alice@login1
        job_state = Q
        egroup = chem
        comment = because Job_Owner = alice
        Resource_List.nodes = 2:ppn=4
        Resource_List.walltime = 01:00:00
        something.new = 1
        a line in other words
        """;
    Redaction redaction =
        new Redaction(
            Set.of(), EnumSet.of(JobAttribute.GROUP_NAME, JobAttribute.WALLCLOCK_LIMIT), true);
    JobDetail left = redaction.ofDetail(new JobDetail(FULL, "waits", text)).orElseThrow();
    assertEquals(
        """
        Job_Owner = alice@login1
        job_state = Q
        egroup = chem
        Resource_List.walltime = 01:00:00
        """,
        left.text());
    assertEquals(null, left.reason());
    assertEquals(null, left.job().jobName());
  }

  /** Where no list was made, the adapters' own list of attributes holds. */
  @Test
  void aSingleJobsTextStaysWholeWithoutAList() {
    JobDetail detail = new JobDetail(FULL, "waits", "something.new = 1\n");
    assertEquals(Optional.of(detail), Redaction.none().ofDetail(detail));
  }
}
