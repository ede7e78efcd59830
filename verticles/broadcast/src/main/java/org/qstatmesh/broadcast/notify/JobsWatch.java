package org.qstatmesh.broadcast.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;

/** Tells of one login's jobs that started or ended, all of a minimum interval in one message. */
final class JobsWatch extends RuleWatch<JobsWatch.State> {
  /**
   * What had happened that long before it was seen is told late: the history has it, no message.
   */
  static final Duration LATE = Duration.ofMinutes(15);

  private static final int NAMED = 10;

  private final JobChange change;

  static final class State {
    private long tasks;
    private long slots;
    private final List<Job> first = new ArrayList<>();
    private String firstIn;
    private long lastAtEpochMillis;
  }

  /**
   * Figures of a message.
   *
   * @param jobOwner whose
   * @param count how many, each task of an array one
   * @param slots cores of all of them
   * @param first the first of them
   */
  record Jobs(String jobOwner, long count, long slots, List<Job> first) {}

  /** One job; fields as those of the history's events. */
  record Job(String jobId, String queueName, int tasks, int slots, Long waitSeconds) {}

  JobsWatch(HookConfig hook, int place) {
    super(hook, place);
    this.change = rule().event() == HookEvent.JOB_STARTED ? JobChange.STARTED : JobChange.FINISHED;
  }

  @Override
  State fresh() {
    return new State();
  }

  @Override
  void changed(SnapshotTaken news, State state) {
    for (JobEvent event : news.changes().jobs()) {
      if (event.change() == change
          && rule().jobOwner().equals(event.jobOwner())
          && !isLate(event)) {
        if (state.tasks == 0) {
          state.firstIn = news.summary().snapshotId() + "\n" + event.jobId();
        }
        state.tasks += event.tasks();
        state.slots += (long) event.tasks() * event.slots();
        state.lastAtEpochMillis = event.atEpochMillis();
        if (state.first.size() < NAMED) {
          state.first.add(
              new Job(
                  Sentence.clean(event.jobId()),
                  Sentence.clean(event.queueName()),
                  event.tasks(),
                  event.slots(),
                  event.waitSeconds()));
        }
      }
    }
  }

  /** By the cluster's own clock, which is taken to be right to a few minutes. */
  private static boolean isLate(JobEvent event) {
    Long happened =
        event.change() == JobChange.STARTED
            ? event.dispatchTimeEpochSeconds()
            : event.finishTimeEpochSeconds();
    return happened != null && event.atEpochMillis() - happened * 1_000 > LATE.toMillis();
  }

  @Override
  Optional<Notice> look(ClusterSummary row, State state, long now) {
    if (state.tasks == 0 || !mayTell(row.cluster(), now)) {
      return Optional.empty();
    }
    Notice notice =
        new Notice(
            id(row.cluster(), state.firstIn),
            rule().event(),
            row.cluster(),
            row.title(),
            state.lastAtEpochMillis,
            text(row, state),
            Map.of(
                "jobs",
                new Jobs(
                    Sentence.clean(rule().jobOwner()),
                    state.tasks,
                    state.slots,
                    List.copyOf(state.first))));
    state.tasks = 0;
    state.slots = 0;
    state.first.clear();
    return Optional.of(notice);
  }

  private Sentence text(ClusterSummary row, State state) {
    String did = change == JobChange.STARTED ? " started" : " ended";
    Job first = state.first.get(0);
    Sentence text = Sentence.of(Sentence.clean(row.title()) + ": ");
    text =
        state.tasks == 1
            ? text.say("job ").quote(first.jobId())
            : text.say(Spoken.count(state.tasks, "job"));
    text = text.say(" of ").quote(rule().jobOwner()).say(did);
    if (state.slots > 0) {
      text = text.say(" on " + Spoken.count(state.slots, "core"));
    }
    boolean one = state.tasks == 1 && change == JobChange.STARTED;
    return one && first.waitSeconds() != null
        ? text.say(" after " + Spoken.duration(Duration.ofSeconds(first.waitSeconds())))
        : text;
  }
}
