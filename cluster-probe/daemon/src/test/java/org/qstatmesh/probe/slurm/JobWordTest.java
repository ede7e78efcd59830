package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.JobState;

@Timeout(60)
class JobWordTest {

  /** The table of squeue(1), and what each is on the wire. */
  @ParameterizedTest
  @CsvSource({
    "BF, BOOT_FAIL, FINISHED",
    "CA, CANCELLED, FINISHED",
    "CD, COMPLETED, FINISHED",
    "CF, CONFIGURING, RUNNING",
    "CG, COMPLETING, RUNNING",
    "DL, DEADLINE, FINISHED",
    "F, FAILED, FINISHED",
    "NF, NODE_FAIL, FINISHED",
    "OOM, OUT_OF_MEMORY, FINISHED",
    "PD, PENDING, QUEUED",
    "PR, PREEMPTED, FINISHED",
    "R, RUNNING, RUNNING",
    "RD, RESV_DEL_HOLD, HELD",
    "RF, REQUEUE_FED, QUEUED",
    "RH, REQUEUE_HOLD, HELD",
    "RQ, REQUEUED, QUEUED",
    "RS, RESIZING, RUNNING",
    "RV, REVOKED, FINISHED",
    "SI, SIGNALING, RUNNING",
    "SE, SPECIAL_EXIT, HELD",
    "SO, STAGE_OUT, RUNNING",
    "ST, STOPPED, RUNNING",
    "S, SUSPENDED, SUSPENDED",
    "TO, TIMEOUT, FINISHED"
  })
  void bothFormsMeanTheSame(String compact, String word, JobState state) {
    assertNotNull(JobWord.of(word));
    assertSame(JobWord.of(word), JobWord.of(compact));
    assertTrue(JobWord.agree(word, compact));
    assertEquals(state, JobWord.of(word).state(null));
  }

  @Test
  void theTableAboveIsWhole() {
    assertEquals(24, JobWord.values().length);
  }

  @Test
  void formsOfTwoStatesDoNotAgree() {
    assertFalse(JobWord.agree("RUNNING", "PD"));
    assertFalse(JobWord.agree("RUNNING", "XX"));
    assertNull(JobWord.of("LEVITATING"));
    assertTrue(JobWord.agree("LEVITATING", "LV"), "a later version's word");
  }

  @ParameterizedTest
  @CsvSource({
    "JobHeldUser, HELD",
    "JobHeldAdmin, HELD",
    "JobHoldMaxRequeue, HELD",
    "launch_failed_requeued_held, HELD",
    "Dependency, HELD",
    "DependencyNeverSatisfied, HELD",
    "BeginTime, HELD",
    "Priority, QUEUED",
    "Resources, QUEUED",
    "JobArrayTaskLimit, QUEUED",
    "PartitionDown, QUEUED"
  })
  void someReasonsHold(String reason, JobState state) {
    assertEquals(state, JobWord.PENDING.state(reason));
    assertEquals(JobState.RUNNING, JobWord.RUNNING.state(reason));
  }

  @Test
  void bothFormsAgreeInTheRecordedListing() throws Exception {
    Fixture mixed = Fixture.of("slurm-22.05.8/mixed");
    String text = new String(mixed.bytes(Fixture.jobsOf(mixed.adapter())), StandardCharsets.UTF_8);
    long records =
        text.lines()
            .map(line -> line.split("\\|"))
            .filter(fields -> fields.length > 20)
            .peek(fields -> assertTrue(JobWord.agree(fields[9], fields[10]), fields[0]))
            .count();
    assertEquals(55, records);
  }
}
