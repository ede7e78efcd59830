package org.qstatmesh.probe.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

@Timeout(20)
class ProbePolicyTest {
  private static final Job JOB =
      Job.builder("1", "bob", JobState.RUNNING).jobName("n").groupName("g").priority(1L).build();

  @TempDir Path folder;

  @Test
  void everyKeyOfTheFileCounts() throws Exception {
    ProbePolicy policy =
        read(
            """
            {"minimumIntervalSeconds": 60, "hideJobNames": true, "hiddenUsers": ["bob"],
             "attributes": ["jobName", "groupName", "priority"]}
            """);
    assertEquals(Duration.ofSeconds(60), policy.atLeast(Duration.ofSeconds(30)));
    assertEquals(Duration.ofSeconds(90), policy.atLeast(Duration.ofSeconds(90)));
    assertTrue(policy.hidesJobNames(), "hideJobNames is stronger than attributes");
    Job expected = Job.builder("1", "(hidden)", JobState.RUNNING).priority(1L).build();
    assertEquals(expected, policy.redaction().apply(JOB));
    assertEquals(3, policy.limits().size());
  }

  @Test
  void anEmptyFileAllowsEverything() throws Exception {
    ProbePolicy policy = read("{}");
    assertEquals(Duration.ZERO, policy.atLeast(Duration.ZERO));
    assertFalse(policy.hidesJobNames());
    assertEquals(JOB, policy.redaction().apply(JOB));
    assertEquals(List.of(), policy.limits());
  }

  @Test
  void anEmptyListAllowsNoneOfThem() throws Exception {
    Job expected = Job.builder("1", "bob", JobState.RUNNING).build();
    assertEquals(expected, read("{\"attributes\": []}").redaction().apply(JOB));
  }

  @Test
  void aLimitThatIsSpeltWrongIsNotTakenForNone() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    """
                    {"minimumIntervalSeconds": "60", "hideJobName": true, "hiddenUsers": "bob",
                     "attributes": ["jobName", "names"]}
                    """));
    String at = folder.resolve("probe.json") + "#/";
    List<String> problems = refused.problems();
    assertEquals(4, problems.size(), problems.toString());
    assertEquals(
        at + "minimumIntervalSeconds: must be a whole number from 0 to 86400", problems.get(0));
    assertEquals(at + "hiddenUsers: must be an array of strings", problems.get(1));
    assertTrue(
        problems.get(2).startsWith(at + "attributes: names is no field"), problems::toString);
    assertTrue(problems.get(3).startsWith(at + "hideJobName: is unknown"), problems::toString);
  }

  private ProbePolicy read(String text) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("probe.json"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return ProbePolicy.read(file);
  }
}
