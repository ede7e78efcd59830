package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

class LabUseTest {
  private static final People PEOPLE =
      new People(
          List.of(
              person(
                  "alice", "bio", Map.of("hpc2", List.of("u1234", "u99"), "*", List.of("alice"))),
              person("bob", "bio", Map.of("hpc2", List.of("bob"))),
              person("carol", null, Map.of("*", List.of("carol")))),
          List.of(
              new People.Lab(
                  "chem",
                  "Chemistry",
                  Map.of("hpc1", List.of("chem", "chem-gpu")),
                  Map.of("*", List.of("p1001"))),
              lab("phys", Map.of("*", List.of("phys"), "hpc2", List.of("physics")), Map.of()),
              lab("bio", Map.of(), Map.of())));

  private final LabRules rules = LabRules.of(PEOPLE);

  @Test
  void anOwnersLabGoesBeforeTheAccountsAndThatBeforeTheGroups() {
    assertEquals("bio", rules.labOf("hpc1", job("alice", "chem", "p1001")));
    assertEquals("chem", rules.labOf("hpc1", job("carol", "phys", "p1001")));
    assertEquals("phys", rules.labOf("hpc1", job("carol", "phys", "p7")));
    assertEquals("chem", rules.labOf("hpc1", job("stranger", "chem-gpu", null)));
    assertEquals("", rules.labOf("hpc1", job("stranger", null, null)));
  }

  @Test
  void aStarIsForClustersThatAreNotNamedBesideIt() {
    assertEquals("bio", rules.labOf("hpc2", job("u1234", null, null)));
    assertEquals("bio", rules.labOf("hpc2", job("u99", null, null)));
    assertEquals("", rules.labOf("hpc2", job("alice", null, null)));
    assertEquals("", rules.labOf("hpc1", job("u1234", null, null)));
    assertEquals("bio", rules.labOf("hpc3", job("alice", null, null)));
    assertEquals("", rules.labOf("hpc1", job("bob", null, null)));
    assertEquals("", rules.labOf("hpc2", job("x", "phys", null)));
    assertEquals("phys", rules.labOf("hpc2", job("x", "physics", null)));
    assertEquals("", rules.labOf("hpc2", job("x", "chem", null)));
  }

  @Test
  void useByLabComesToTheSameSumAsByUser() {
    Random random = new Random(7);
    List<String> owners = List.of("alice", "bob", "carol", "dan");
    List<JobState> states = List.of(JobState.values());
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      JobState state = states.get(random.nextInt(states.size()));
      jobs.add(
          Job.builder("j" + i, owners.get(random.nextInt(owners.size())), state)
              .groupName(any(random, "chem", "phys", "other"))
              .accountingId(any(random, "p1001", "p7"))
              .slots(1 + random.nextInt(64))
              .gpus(random.nextInt(3))
              .taskCount(1 + random.nextInt(4))
              .build());
    }
    Picture picture = Picture.after(null, Snapshots.of("s-1", jobs, List.of(), null), 500);
    ClusterSummary row = LabUse.counted(row(picture), picture, rules);
    for (ToIntFunction<Use> measure :
        List.<ToIntFunction<Use>>of(
            Use::runningJobs,
            Use::runningSlots,
            Use::runningGpus,
            Use::queuedJobs,
            Use::queuedSlots,
            Use::heldJobs)) {
      assertEquals(sum(row.usage().user(), measure), sum(row.usage().lab(), measure));
    }
    assertEquals(
        List.of("", "bio", "chem", "phys"),
        row.usage().lab().stream().map(Use::key).sorted().toList());
    int phys =
        jobs.stream()
            .filter(job -> job.jobState() == JobState.RUNNING && "phys".equals(job.groupName()))
            .filter(job -> !"alice".equals(job.jobOwner()) && !"p1001".equals(job.accountingId()))
            .mapToInt(job -> job.slots() * job.taskCount())
            .sum();
    assertEquals(phys, use(row, "phys").runningSlots());
  }

  @Test
  void withoutLabsNothingIsCounted() {
    Picture picture = Picture.after(null, Snapshots.small("s-1"), 500);
    ClusterSummary row = row(picture);
    assertSame(row, LabUse.counted(row, picture, LabRules.NONE));
    ClusterSummary before = LabUse.counted(row, picture, rules);
    assertEquals(List.of(new Use("bio", 1, 4, 0, 0, 0, 0)), before.usage().lab());
    assertEquals(row, LabUse.counted(before, picture, LabRules.NONE));
    People known = new People(List.of(person("alice", null, Map.of())), List.of());
    assertSame(row, LabUse.counted(row, picture, LabRules.of(known)));
  }

  @Test
  void aClusterWithoutJobsListedHasNoUse() {
    Picture picture = Picture.after(null, Snapshots.of("s-1", null, List.of(), null), 500);
    assertNull(LabUse.counted(row(picture), picture, rules).usage());
    assertNull(LabUse.ofSums(row(picture), rules).usage());
  }

  @Test
  void sumsTellLabsWhereOnlyOneKindOfNameDoes() {
    List<Job> jobs =
        List.of(
            Snapshots.running("1", "alice", 4).groupName("chem").build(),
            Snapshots.running("2", "bob", 8).groupName("chem").build(),
            Snapshots.queued("3", "carol", 2).groupName("phys").accountingId("p1001").build());
    People byUser =
        new People(
            List.of(
                person("alice", "bio", Map.of("*", List.of("alice"))),
                person("bob", "bio", Map.of("*", List.of("bob")))),
            List.of(lab("bio", Map.of(), Map.of("hpc2", List.of("p1001")))));
    assertSums(
        jobs, byUser, List.of(new Use("bio", 2, 12, 0, 0, 0, 0), new Use("", 0, 0, 0, 1, 2, 0)));
    People byGroup =
        new People(List.of(), List.of(lab("chem", Map.of("*", List.of("chem")), Map.of())));
    assertSums(
        jobs, byGroup, List.of(new Use("chem", 2, 12, 0, 0, 0, 0), new Use("", 0, 0, 0, 1, 2, 0)));
    People byAccount =
        new People(List.of(), List.of(lab("a", Map.of(), Map.of("hpc1", List.of("p1001")))));
    assertSums(
        jobs, byAccount, List.of(new Use("", 2, 12, 0, 0, 0, 0), new Use("a", 0, 0, 0, 1, 2, 0)));
  }

  @Test
  void sumsThatDoNotTellLabsAreNotGuessedFrom() {
    ClusterSummary row = row(Picture.after(null, Snapshots.small("s-1"), 500));
    assertNull(LabUse.ofSums(row, rules).usage().lab());
    List<Use> cut =
        List.of(new Use("alice", 1, 1, 0, 0, 0, 0), new Use("(others)", 1, 1, 0, 0, 0, 0));
    ClusterSummary many = row.using(new ClusterSummary.Usage(cut, List.of(), List.of(), List.of()));
    People byUser =
        new People(
            List.of(person("alice", "bio", Map.of("*", List.of("alice")))),
            List.of(lab("bio", Map.of(), Map.of())));
    assertNull(LabUse.ofSums(many, LabRules.of(byUser)).usage().lab());
  }

  /** Sums say the same as the jobs do. */
  private static void assertSums(List<Job> jobs, People people, List<Use> expected) {
    Picture picture = Picture.after(null, Snapshots.of("s-1", jobs, List.of(), null), 500);
    LabRules rules = LabRules.of(people);
    assertEquals(expected, LabUse.ofSums(row(picture), rules).usage().lab());
    assertEquals(expected, LabUse.counted(row(picture), picture, rules).usage().lab());
  }

  private static ClusterSummary row(Picture picture) {
    return Summaries.of(
        PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621)), picture, null, 900);
  }

  private static Use use(ClusterSummary row, String lab) {
    return row.usage().lab().stream()
        .filter(use -> use.key().equals(lab))
        .findFirst()
        .orElseThrow();
  }

  private static int sum(List<Use> uses, ToIntFunction<Use> measure) {
    return uses.stream().mapToInt(measure).sum();
  }

  private static String any(Random random, String... words) {
    int at = random.nextInt(words.length + 1);
    return at == words.length ? null : words[at];
  }

  private static People.Person person(String id, String lab, Map<String, List<String>> logins) {
    return new People.Person(id, id, lab, logins);
  }

  private static People.Lab lab(
      String id, Map<String, List<String>> groups, Map<String, List<String>> accounts) {
    return new People.Lab(id, id, groups, accounts);
  }

  private static Job job(String owner, String group, String account) {
    return Job.builder("1", owner, JobState.RUNNING).groupName(group).accountingId(account).build();
  }
}
