package org.qstatmesh.poller.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.wire.Job;

/**
 * Compares the records of one array. A task that both lists show under an id of its own is compared
 * by {@link SameId}; of the others the counts are compared: those that wait, those that run under
 * an id of their own (Slurm and Grid Engine list a task so once it runs), and those that run and
 * are only counted (OpenPBS).
 */
final class ArrayTasks {
  private final Window window;
  private final JobNews news;
  private final SameId tasks;

  ArrayTasks(Window window, JobNews news, SameId tasks) {
    this.window = window;
    this.news = news;
    this.tasks = tasks;
  }

  void compare(String wholeId, List<Job> before, List<Job> now) {
    if (before.isEmpty()) {
      tasks.appeared(now, wholeId, count(now));
    } else if (now.isEmpty()) {
      before.forEach(job -> news.finished(job, job.taskCount()));
    } else if (isAnother(before, now)) {
      before.forEach(job -> news.finished(job, job.taskCount()));
      tasks.appeared(now, wholeId, count(now));
    } else {
      compareTasks(before, now);
    }
  }

  /** A requeued task may have a new time of submission; not all of them. */
  private boolean isAnother(List<Job> before, List<Job> now) {
    return !before.get(0).jobOwner().equals(now.get(0).jobOwner())
        || (now.stream().allMatch(job -> window.isSince(job.submissionTimeEpochSeconds()))
            && before.stream().noneMatch(job -> window.isSince(job.submissionTimeEpochSeconds())));
  }

  private void compareTasks(List<Job> before, List<Job> now) {
    Map<String, Job> onceBefore = withIdsOfTheirOwn(before);
    Map<String, Job> onceNow = withIdsOfTheirOwn(now);
    Side earlier = new Side();
    Side later = new Side();
    for (Job job : now) {
      Job partner = onceBefore.get(job.jobId());
      if (partner != null && onceNow.get(job.jobId()) != null) {
        tasks.compare(partner, job);
      } else {
        later.add(job, isOne(job, onceNow, onceBefore));
      }
    }
    for (Job job : before) {
      if (onceBefore.get(job.jobId()) == null || onceNow.get(job.jobId()) == null) {
        earlier.add(job, isOne(job, onceBefore, onceNow));
      }
    }
    for (Job job : later.single) {
      if (!window.isLongBefore(job.dispatchTimeEpochSeconds())) {
        news.started(job, null, 1);
      }
    }
    long explained = later.single.size() + later.unknown - earlier.unknown;
    long left = earlier.waiting - later.waiting - explained;
    if (left >= 0) {
      tasksLeft(earlier, later, left);
    } else {
      tasksWentBack(earlier, later, -left);
    }
  }

  /** So many tasks wait no more and are not seen running under an id of their own. */
  private void tasksLeft(Side earlier, Side later, long left) {
    earlier.single.forEach(job -> news.finished(job, 1));
    if (earlier.counted == 0 && later.counted == 0) {
      // deleted, or too short to be seen
      finished(earlier.aWaiting, left);
      return;
    }
    long started = Math.max(left, later.counted - earlier.counted);
    started(later.aCounted == null ? earlier.aWaiting : later.aCounted, started);
    finished(
        earlier.aCounted == null ? later.aCounted : earlier.aCounted,
        earlier.counted + started - later.counted);
  }

  /** So many that ran were requeued; which of them does not show. */
  private void tasksWentBack(Side earlier, Side later, long back) {
    started(later.aCounted, Math.max(0, later.counted - earlier.counted));
    long gone = Math.max(0, earlier.counted - later.counted);
    finished(earlier.aCounted, Math.max(0, gone - back));
    long requeuedSingles = Math.max(0, back - gone);
    earlier.single.stream().skip(requeuedSingles).forEach(job -> news.finished(job, 1));
  }

  private void started(Job job, long count) {
    if (job != null && count > 0) {
      news.started(job, null, saturated(count));
    }
  }

  private void finished(Job job, long count) {
    if (job != null && count > 0) {
      news.finished(job, saturated(count));
    }
  }

  /** By id; null stands for an id that counts tasks or several records share. */
  private static Map<String, Job> withIdsOfTheirOwn(List<Job> records) {
    Map<String, Job> once = new HashMap<>(records.size() * 2);
    for (Job job : records) {
      boolean known = once.containsKey(job.jobId());
      once.put(job.jobId(), known || job.taskCount() > 1 ? null : job);
    }
    return once;
  }

  private static boolean isOne(Job job, Map<String, Job> ownSide, Map<String, Job> otherSide) {
    return ownSide.get(job.jobId()) != null && !otherSide.containsKey(job.jobId());
  }

  static int count(List<Job> records) {
    long tasks = 0;
    for (Job job : records) {
      tasks += job.taskCount();
    }
    return saturated(tasks);
  }

  private static int saturated(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  /** What one list says of the tasks that cannot be compared one by one. */
  private static final class Side {
    private final List<Job> single = new ArrayList<>();
    private long waiting;
    private long counted;
    private long unknown;
    private Job aWaiting;
    private Job aCounted;

    private void add(Job job, boolean isOne) {
      switch (Phase.of(job)) {
        case WAITING -> {
          waiting += job.taskCount();
          aWaiting = job;
        }
        case STARTED -> {
          if (isOne) {
            single.add(job);
          } else {
            counted += job.taskCount();
            aCounted = job;
          }
        }
        case UNKNOWN -> unknown += job.taskCount();
        case OVER -> {}
      }
    }
  }
}
