package org.qstatmesh.poller.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.wire.Job;

/**
 * What happened to the jobs of a cluster between two lists of them. See the package for what is
 * decided how.
 *
 * @param events at most as many as were wanted
 * @param omitted how many more there were
 * @param requeued ids of jobs that wait now and ran before, for the next comparison
 */
public record JobComparison(List<JobEvent> events, long omitted, Set<String> requeued) {

  /**
   * Compares.
   *
   * @param requeued of the comparison before this one
   * @param limit most events wanted
   */
  public static JobComparison between(
      List<Job> before, List<Job> now, Window window, Set<String> requeued, int limit) {
    JobNews news = new JobNews(window, limit);
    SameId sameId = new SameId(window, news, requeued);
    ArrayTasks arrays = new ArrayTasks(window, news, sameId);
    Index earlier = new Index(before);
    Index later = new Index(now);
    later.firsts.forEach(
        (whole, job) -> {
          Job partner = earlier.firsts.get(whole);
          if (earlier.isOneTask(whole, partner) && later.isOneTask(whole, job)) {
            if (partner == null) {
              sameId.appeared(List.of(job), whole, 1);
              return;
            } else if (partner.jobId().equals(job.jobId())) {
              sameId.compare(partner, job);
              return;
            }
          }
          arrays.compare(whole, earlier.records(whole), later.records(whole));
        });
    earlier.firsts.forEach(
        (whole, job) -> {
          if (!later.firsts.containsKey(whole)) {
            arrays.compare(whole, earlier.records(whole), List.of());
          }
        });
    return of(news, sameId.requeued(), limit);
  }

  /**
   * What a single list says happened since the earlier look, of which there is no list: jobs whose
   * own times are later.
   */
  public static JobComparison since(List<Job> now, Window window, int limit) {
    JobNews news = new JobNews(window, limit);
    Index later = new Index(now);
    later.firsts.forEach(
        (whole, first) -> {
          List<Job> records = later.records(whole);
          if (window.isSince(first.submissionTimeEpochSeconds())) {
            news.submitted(first, whole, ArrayTasks.count(records));
          }
          for (Job job : records) {
            if (Phase.of(job) == Phase.STARTED && window.isSince(job.dispatchTimeEpochSeconds())) {
              news.started(job, null, job.taskCount());
            }
          }
        });
    return of(news, Set.of(), limit);
  }

  private static JobComparison of(JobNews news, Set<String> requeued, int limit) {
    List<JobEvent> events = news.events(limit);
    return new JobComparison(events, news.told() - events.size(), requeued);
  }

  /** A list by the id of the whole; nearly every job is a whole of its own. */
  private static final class Index {
    private final Map<String, Job> firsts;
    private final Map<String, List<Job>> arrays = new HashMap<>();

    Index(List<Job> jobs) {
      firsts = new HashMap<>(jobs.size() * 4 / 3 + 1);
      for (Job job : jobs) {
        if (Phase.of(job) != Phase.OVER) {
          add(job);
        }
      }
    }

    private void add(Job job) {
      String whole = ArrayIds.whole(job.jobId());
      Job first = firsts.putIfAbsent(whole, job);
      if (first != null) {
        arrays
            .computeIfAbsent(
                whole,
                any -> {
                  List<Job> records = new ArrayList<>();
                  records.add(first);
                  return records;
                })
            .add(job);
      }
    }

    /** {@code first} is null where there is none of that id. */
    boolean isOneTask(String whole, Job first) {
      return first == null || (first.taskCount() == 1 && !arrays.containsKey(whole));
    }

    List<Job> records(String whole) {
      List<Job> records = arrays.get(whole);
      if (records != null) {
        return records;
      }
      Job first = firsts.get(whole);
      return first == null ? List.of() : List.of(first);
    }
  }
}
