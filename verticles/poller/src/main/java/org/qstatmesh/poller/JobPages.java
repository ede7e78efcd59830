package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.JobsQuery.Filter;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.summary.Keys;

/** Pages of a list of jobs. Pure; takes up to some 100 ms for 100,000 jobs: not for event loops. */
final class JobPages {
  private JobPages() {}

  /**
   * The page that {@code query} asks for.
   *
   * @throws org.qstatmesh.bus.QueryFailure 400 that names the field
   */
  static JobsAnswer page(Picture.Part<Job> jobs, JobsQuery query) {
    JobsQuery checked = query.checked();
    Comparator<Job> order = JobOrder.of(checked.sort());
    Predicate<Job> wanted = wanted(checked.filter());
    List<Job> matching = new ArrayList<>();
    for (Job job : jobs.records()) {
      if (wanted.test(job)) {
        matching.add(job);
      }
    }
    return new JobsAnswer(
        jobs.observedAtEpochMillis(),
        matching.size(),
        slice(matching, order, checked.offset(), checked.limit()));
  }

  private static List<Job> slice(List<Job> jobs, Comparator<Job> order, int offset, int limit) {
    if (offset >= jobs.size()) {
      return List.of();
    }
    int end = (int) Math.min(jobs.size(), (long) offset + limit);
    // For a page near the start it costs a tenth to keep only what can be on it.
    List<Job> first = end < jobs.size() / 8 ? smallest(jobs, order, end) : new ArrayList<>(jobs);
    first.sort(order);
    return first.subList(offset, end);
  }

  private static List<Job> smallest(List<Job> jobs, Comparator<Job> order, int count) {
    PriorityQueue<Job> largestFirst = new PriorityQueue<>(count, order.reversed());
    for (Job job : jobs) {
      if (largestFirst.size() < count) {
        largestFirst.add(job);
      } else if (order.compare(job, largestFirst.peek()) < 0) {
        largestFirst.poll();
        largestFirst.add(job);
      }
    }
    return new ArrayList<>(largestFirst);
  }

  private static Predicate<Job> wanted(Filter filter) {
    if (filter == null) {
      return job -> true;
    }
    return job ->
        isKey(filter.jobOwner(), job.jobOwner())
            && isKey(filter.groupName(), job.groupName())
            && isKey(filter.accountingId(), job.accountingId())
            && (filter.jobState() == null || filter.jobState() == job.jobState())
            && isQueue(filter.queueName(), job.queueName())
            && hasText(filter.text(), job);
  }

  private static boolean isKey(String wanted, String value) {
    return wanted == null || wanted.equals(value) || wanted.equals(Keys.of(value));
  }

  /** A job in {@code batch,fat} is found in both. */
  private static boolean isQueue(String wanted, String queueName) {
    if (isKey(wanted, queueName)) {
      return true;
    }
    if (queueName == null) {
      return false;
    }
    int from = 0;
    for (int comma = queueName.indexOf(','); comma >= 0; comma = queueName.indexOf(',', from)) {
      if (isKey(wanted, queueName.substring(from, comma))) {
        return true;
      }
      from = comma + 1;
    }
    return from > 0 && isKey(wanted, queueName.substring(from));
  }

  private static boolean hasText(String text, Job job) {
    return text == null
        || contains(job.jobId(), text)
        || contains(job.jobName(), text)
        || contains(job.jobOwner(), text)
        || contains(job.groupName(), text)
        || contains(job.accountingId(), text)
        || contains(job.queueName(), text)
        || contains(job.reason(), text);
  }

  private static boolean contains(String value, String text) {
    if (value == null) {
      return false;
    }
    for (int i = 0; i + text.length() <= value.length(); i++) {
      if (value.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}
