package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.JobsQuery.Filter;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

@Timeout(30)
class JobPagesTest {
  private static final List<Job> JOBS =
      List.of(
          Snapshots.running("10.login1", "alice", 32).groupName("chem").jobName("Wave").build(),
          Snapshots.running("9.login1", "bob", 4).queueName("batch,fat").priority(7L).build(),
          Snapshots.queued("2[].login1", "carol", 8)
              .accountingId("grant-7")
              .queueName("long")
              .nodeNames(List.of())
              .build(),
          Snapshots.job("100.login1", "alice", JobState.HELD)
              .queueName(null)
              .reason("held by its user")
              .build());

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, 2[].login1 9.login1 10.login1 100.login1",
        "jobId, 2[].login1 9.login1 10.login1 100.login1",
        "-jobId, 100.login1 10.login1 9.login1 2[].login1",
        "jobOwner, 10.login1 100.login1 9.login1 2[].login1",
        "-slots, 10.login1 2[].login1 9.login1 100.login1",
        // Absent comes last both ways, equals by id.
        "slots, 9.login1 2[].login1 10.login1 100.login1",
        "priority, 9.login1 2[].login1 10.login1 100.login1",
        "-priority, 9.login1 2[].login1 10.login1 100.login1",
        "jobState, 9.login1 10.login1 2[].login1 100.login1",
      })
  void pagesAreSorted(String sort, String ids) {
    assertEquals(ids, ids(page(JOBS, new JobsQuery(null, sort, 0, 100))));
  }

  @Test
  void everyFieldOfAJobCanBeSortedBy() {
    Set<String> fields =
        Arrays.stream(Job.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    assertEquals(fields, JobOrder.fields());
    for (String field : fields) {
      assertEquals(4, page(JOBS, new JobsQuery(null, "-" + field, 0, 100)).jobs().size());
    }
  }

  @Test
  void anUnknownFieldIsNamed() {
    QueryFailure failure =
        assertThrows(
            QueryFailure.class, () -> page(JOBS, new JobsQuery(null, "-owner\u001b", 0, 10)));
    assertEquals(QueryFailure.BAD_QUERY, failure.code());
    assertTrue(failure.getMessage().startsWith("sort:"), failure.getMessage());
    assertTrue(failure.getMessage().contains("-owner\\u001b"), failure.getMessage());
    assertThrows(QueryFailure.class, () -> page(JOBS, new JobsQuery(null, null, -1, 10)));
    assertThrows(QueryFailure.class, () -> page(JOBS, new JobsQuery(null, null, 0, 1_001)));
  }

  @Test
  void filtersHoldTogether() {
    assertEquals("10.login1 100.login1", found(new Filter("alice", null, null, null, null, null)));
    assertEquals("100.login1", found(new Filter("alice", null, null, JobState.HELD, null, null)));
    assertEquals("10.login1", found(new Filter(null, "chem", null, null, null, null)));
    assertEquals("2[].login1", found(new Filter(null, null, "grant-7", null, null, null)));
    assertEquals(
        "2[].login1 9.login1 100.login1",
        found(new Filter(null, "(none)", null, null, null, null)));
    assertEquals("9.login1 10.login1", found(new Filter(null, null, null, null, "batch", null)));
    assertEquals("9.login1", found(new Filter(null, null, null, null, "fat", null)));
    assertEquals("9.login1", found(new Filter(null, null, null, null, "batch,fat", null)));
    assertEquals("100.login1", found(new Filter(null, null, null, null, "(none)", null)));
    assertEquals("10.login1", found(new Filter(null, null, null, null, null, "wAVE")));
    assertEquals("2[].login1", found(new Filter(null, null, null, null, null, "GRANT")));
    assertEquals("100.login1", found(new Filter(null, null, null, null, null, "Held by its")));
    assertEquals("", found(new Filter("alice", null, null, null, "long", null)));
  }

  private static String found(Filter filter) {
    return ids(page(JOBS, new JobsQuery(filter, null, 0, 100)));
  }

  @Test
  void pagesTogetherAreTheWholeList() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      jobs.add(Snapshots.queued(i + ".login1", "user" + i % 7, i % 5).build());
    }
    Collections.shuffle(jobs, new Random(1));
    List<String> paged = new ArrayList<>();
    for (int offset = 0; offset < 1_100; offset += 100) {
      JobsAnswer page = page(jobs, new JobsQuery(null, "-slots", offset, 100));
      assertEquals(1_000, page.total());
      assertEquals(4_711, page.takenAtEpochMillis());
      page.jobs().forEach(job -> paged.add(job.jobId()));
    }
    List<String> expected =
        IntStream.of(4, 3, 2, 1, 0)
            .boxed()
            .flatMap(
                slots ->
                    IntStream.range(0, 1_000)
                        .filter(i -> i % 5 == slots)
                        .mapToObj(i -> i + ".login1"))
            .toList();
    assertEquals(expected, paged);
  }

  @Test
  void theFirstPageOfAHundredThousandJobsIsQuick() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      jobs.add(
          Snapshots.queued(i + ".login1", "user" + i % 300, i % 64)
              .jobName("job " + i)
              .groupName("group" + i % 20)
              .submissionTimeEpochSeconds(1_795_330_000L + i * 7_919L % 100_000)
              .build());
    }
    Collections.shuffle(jobs, new Random(1));
    Filter text = new Filter(null, null, null, null, null, "9.LOG");
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      JobsAnswer all = page(jobs, new JobsQuery(null, "-submissionTimeEpochSeconds", 0, 100));
      JobsAnswer some = page(jobs, new JobsQuery(text, "jobName", 0, 100));
      best = Math.min(best, System.nanoTime() - start);
      assertEquals(100_000, all.total());
      assertEquals(10_000, some.total());
    }
    assertTrue(best < 2_000_000_000L, "two pages took " + best / 1_000_000 + " ms");
  }

  @ParameterizedTest
  @CsvSource({
    "9, 10, -1",
    "a9b, a10b, -1",
    "12_3, 12_20, -1",
    "7.2, 7.10, -1",
    "007, 7, -1",
    "7, 7, 0",
    "a, B, 1",
    "99999999999999999999998, 99999999999999999999999, -1",
    "1, 1a, -1",
    "'', 1, -1",
  })
  void digitsAreNumbers(String a, String b, int order) {
    assertEquals(order, Integer.signum(NaturalOrder.INSTANCE.compare(a, b)));
    assertEquals(-order, Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
  }

  private static JobsAnswer page(List<Job> jobs, JobsQuery query) {
    return JobPages.page(new Picture.Part<>(jobs, 4_711), query);
  }

  private static String ids(JobsAnswer page) {
    return page.jobs().stream().map(Job::jobId).collect(Collectors.joining(" "));
  }
}
