package org.qstatmesh.poller.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** A cluster that is looked at now and then; tells in words what is new at each look. */
final class Looks {
  /** When tests begin, by the cluster's clock, which is an hour behind the server's. */
  static final long START = 1_795_330_000L;

  private static final long SKEW_SECONDS = 3_600;

  private List<Job> last;
  private long lastAt;
  private Set<String> requeued = Set.of();

  /** The first look, {@link #START}: the base of what comes. */
  static Looks first(Job... jobs) {
    Looks looks = new Looks();
    looks.last = List.of(jobs);
    looks.lastAt = START;
    return looks;
  }

  /** Looks again so many seconds after {@link #START}. */
  List<String> at(long seconds, Job... jobs) {
    return words(events(seconds, List.of(jobs)));
  }

  List<JobEvent> events(long seconds, List<Job> jobs) {
    long now = START + seconds;
    Window window = new Window((now + SKEW_SECONDS) * 1_000, lastAt, now);
    JobComparison changed = JobComparison.between(last, jobs, window, requeued, 1_000_000);
    last = jobs;
    lastAt = now;
    requeued = changed.requeued();
    return changed.events();
  }

  static List<String> words(List<JobEvent> events) {
    List<String> words = new ArrayList<>();
    events.forEach(event -> words.add(word(event)));
    Collections.sort(words);
    return words;
  }

  /** Times are seconds after {@link #START}; what is null is left out. */
  private static String word(JobEvent event) {
    StringBuilder word =
        new StringBuilder(event.jobId())
            .append(' ')
            .append(event.change())
            .append(event.tasks() == 1 ? "" : " x" + event.tasks())
            .append(" of ")
            .append(event.slots());
    put(word, "submitted", event.submissionTimeEpochSeconds());
    put(word, "started", event.dispatchTimeEpochSeconds());
    put(word, "ended", event.finishTimeEpochSeconds());
    if (event.waitSeconds() != null) {
      word.append(" waited ").append(event.waitSeconds());
    }
    return word.toString();
  }

  private static void put(StringBuilder word, String what, Long epochSeconds) {
    if (epochSeconds != null) {
      word.append(' ').append(what).append(' ').append(epochSeconds - START);
    }
  }

  static Job queued(String id, long submitted) {
    return job(id, JobState.QUEUED, submitted).build();
  }

  static Job running(String id, long submitted, long started) {
    return job(id, JobState.RUNNING, submitted).dispatchTimeEpochSeconds(START + started).build();
  }

  /** Four cores of alice's. */
  static Job.Builder job(String id, JobState state, long submitted) {
    return Job.builder(id, "alice", state)
        .queueName("batch")
        .slots(4)
        .submissionTimeEpochSeconds(START + submitted);
  }

  /** So many tasks in one record. */
  static Job tasks(String id, JobState state, int count) {
    return job(id, state, -100).taskCount(count).build();
  }
}
