package org.qstatmesh.probe.pbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.wire.JobState;

class JobLetterTest {

  @Test
  void everyLetterOfTheManualPagesIsThere() {
    Set<String> manual = Set.of("B", "C", "E", "F", "H", "M", "Q", "R", "S", "T", "U", "W", "X");
    assertEquals(
        manual, Arrays.stream(JobLetter.values()).map(JobLetter::name).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource({
    "B, UNDETERMINED", "C, FINISHED", "E, RUNNING", "F, FINISHED", "H, HELD", "M, FINISHED",
    "Q, QUEUED", "R, RUNNING", "S, SUSPENDED", "T, QUEUED", "U, SUSPENDED", "W, HELD",
    "X, FINISHED", "Z, UNDETERMINED", "r, UNDETERMINED", "'', UNDETERMINED", ", UNDETERMINED"
  })
  void letterHasItsState(String letter, JobState state) {
    assertEquals(state, JobLetter.stateOf(letter));
  }
}
