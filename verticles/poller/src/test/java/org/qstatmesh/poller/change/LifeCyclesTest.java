package org.qstatmesh.poller.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * Jobs live at random, looks are taken at random: whatever a list could show is told once, and what
 * is told is true.
 */
@Timeout(60)
class LifeCyclesTest {
  private static final int JOBS = 300;
  private static final int LOOKS = 60;
  private static final int SPAN_SECONDS = 20_000;

  /** How a scheduler lists the tasks of an array. */
  private enum Form {
    PLAIN,
    TORQUE,
    SLURM,
    GRID_ENGINE,
    OPENPBS
  }

  /** A task's life in seconds after {@link Looks#START}; one that never starts is deleted. */
  private record Task(int job, int index, Form form, long submit, long start, long end) {
    boolean lives(long at) {
      return submit <= at && at < end;
    }

    boolean runs(long at) {
      return lives(at) && start <= at;
    }

    String id() {
      return switch (form) {
        case PLAIN -> job + ".login1";
        case TORQUE -> job + "[" + index + "].login1";
        case SLURM -> job + "_" + index;
        case GRID_ENGINE -> job + "." + index;
        case OPENPBS -> job + "[].login1";
      };
    }

    String wholeId() {
      return switch (form) {
        case PLAIN -> job + ".login1";
        case TORQUE, OPENPBS -> job + "[].login1";
        case SLURM, GRID_ENGINE -> Integer.toString(job);
      };
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsToldIsTrueAndToldOnce(long seed) {
    Random random = new Random(seed);
    List<Task> tasks = tasks(random);
    List<Long> looks = new ArrayList<>();
    for (int i = 0; i < LOOKS; i++) {
      looks.add((long) random.nextInt(SPAN_SECONDS));
    }
    looks.add(SPAN_SECONDS * 4L);
    Collections.sort(looks);
    List<Task> base = living(tasks, 0);
    Looks cluster = Looks.first(listing(base, 0, random).toArray(Job[]::new));
    List<JobEvent> told = new ArrayList<>();
    for (long at : looks) {
      told.addAll(cluster.events(at, listing(living(tasks, at), at, random)));
    }
    looks.add(0, 0L);
    Map<String, Task> byId = new HashMap<>();
    tasks.forEach(task -> byId.put(task.id(), task));
    assertEquals(startsToBeSeen(tasks, looks), starts(told, byId));
    assertEquals(wholesToBeSeen(tasks, looks), submissions(told));
    assertEquals(endsToBeSeen(tasks, looks), ends(told));
  }

  private static List<Task> tasks(Random random) {
    List<Task> tasks = new ArrayList<>();
    for (int job = 1; job <= JOBS; job++) {
      Form form = Form.values()[random.nextInt(Form.values().length)];
      long submit = random.nextLong(-SPAN_SECONDS / 5, SPAN_SECONDS);
      int size = form == Form.PLAIN ? 1 : 1 + random.nextInt(12);
      for (int index = 0; index < size; index++) {
        boolean deleted = random.nextInt(10) == 0;
        long start = submit + random.nextInt(3_000);
        long end = start + (deleted ? 0 : 1 + random.nextInt(4_000));
        tasks.add(new Task(job, index, form, submit, start, end));
      }
    }
    return tasks;
  }

  private static List<Task> living(List<Task> tasks, long at) {
    return tasks.stream().filter(task -> task.lives(at)).toList();
  }

  private static List<Job> listing(List<Task> living, long at, Random random) {
    Map<String, Job.Builder> records = new LinkedHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Task task : living) {
      boolean runs = task.runs(at);
      String id = runs || task.form == Form.TORQUE ? task.id() : waitingId(task);
      String record = id + runs;
      counts.merge(record, 1, Integer::sum);
      Job.Builder job =
          Looks.job(id, runs ? JobState.RUNNING : JobState.QUEUED, task.submit)
              .taskCount(counts.get(record));
      if (runs && task.form != Form.OPENPBS) {
        job.dispatchTimeEpochSeconds(Looks.START + task.start);
      }
      records.put(record, job);
    }
    List<Job> listing = new ArrayList<>();
    records.values().forEach(job -> listing.add(job.build()));
    Collections.shuffle(listing, random);
    return listing;
  }

  private static String waitingId(Task task) {
    return switch (task.form) {
      case SLURM -> task.job + "_[0-9%3]";
      case GRID_ENGINE -> Integer.toString(task.job);
      case PLAIN, TORQUE, OPENPBS -> task.id();
    };
  }

  /** Waits by id of the tasks that a look shows running under it, and no look before. */
  private static Map<String, Long> startsToBeSeen(List<Task> tasks, List<Long> looks) {
    Map<String, Long> starts = new HashMap<>();
    for (Task task : tasks) {
      boolean seen = looks.stream().skip(1).anyMatch(task::runs) && !task.runs(looks.get(0));
      if (seen && task.form != Form.OPENPBS) {
        starts.put(task.id(), task.start - task.submit);
      }
    }
    return starts;
  }

  private static Map<String, Long> starts(List<JobEvent> told, Map<String, Task> byId) {
    Map<String, Long> starts = new HashMap<>();
    for (JobEvent event : told) {
      boolean counted =
          byId.get(event.jobId()) != null && byId.get(event.jobId()).form == Form.OPENPBS;
      if (event.change() == JobChange.STARTED && !counted) {
        assertEquals(null, starts.put(event.jobId(), event.waitSeconds()), event::toString);
        Task task = byId.get(event.jobId());
        assertEquals(Looks.START + task.start, event.dispatchTimeEpochSeconds());
      }
    }
    return starts;
  }

  private static Set<String> wholesToBeSeen(List<Task> tasks, List<Long> looks) {
    Set<String> there = new HashSet<>();
    living(tasks, looks.get(0)).forEach(task -> there.add(task.wholeId()));
    Set<String> came = new HashSet<>();
    for (Task task : tasks) {
      if (looks.stream().anyMatch(task::lives)) {
        came.add(task.wholeId());
      }
    }
    came.removeAll(there);
    return came;
  }

  private static Set<String> submissions(List<JobEvent> told) {
    Set<String> came = new HashSet<>();
    for (JobEvent event : told) {
      if (event.change() == JobChange.SUBMITTED) {
        assertTrue(came.add(event.jobId()), event::toString);
      }
    }
    return came;
  }

  /** How many tasks of each whole were seen and are gone at the last look, where all are. */
  private static Map<String, Integer> endsToBeSeen(List<Task> tasks, List<Long> looks) {
    Map<String, Long> firstSeen = new HashMap<>();
    for (long at : looks) {
      living(tasks, at).forEach(task -> firstSeen.putIfAbsent(task.wholeId(), at));
    }
    Map<String, Integer> ends = new HashMap<>();
    for (Task task : tasks) {
      Long first = firstSeen.get(task.wholeId());
      if (first != null && task.lives(first)) {
        ends.merge(task.wholeId(), 1, Integer::sum);
      }
    }
    return ends;
  }

  private static Map<String, Integer> ends(List<JobEvent> told) {
    Map<String, Integer> ends = new HashMap<>();
    for (JobEvent event : told) {
      if (event.change() == JobChange.FINISHED) {
        ends.merge(ArrayIds.whole(event.jobId()), event.tasks(), Integer::sum);
      }
    }
    return ends;
  }
}
