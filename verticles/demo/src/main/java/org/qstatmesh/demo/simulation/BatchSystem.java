package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cluster's jobs and nodes, and the scheduler that brings them together: first come, first fit;
 * what does not fit is passed over. It looks in cycles, as real ones do.
 */
public final class BatchSystem {
  private static final long FIRST_SEQUENCE = 184_201;
  private static final long FORGOTTEN_SEQUENCE = 171_946;

  /** Nobody waits longer; they delete the job. */
  private static final long PATIENCE_SECONDS = 3 * 86_400;

  private static final long CYCLE_SECONDS = 2;
  private static final long UNWATCHED_CYCLE_SECONDS = 60;

  private final ClusterPlan plan;
  private final Machine machine;
  private final Agenda agenda;
  private final long watchedFrom;
  private final Map<Long, Submission> submissions = new LinkedHashMap<>();
  private final Map<Person, Integer> runningTasks = new HashMap<>();
  private final List<Task> startedTasks = new ArrayList<>();
  private long nextSequence = FIRST_SEQUENCE;
  private long lastCycle;
  private boolean cyclePlanned;
  private int waitingCores;
  private Task forgotten;

  /**
   * An empty cluster.
   *
   * @param startsAt when its first job may come
   * @param watchedFrom from when on it moves every few seconds; before that, for one job that runs
   *     a minute there is one of ten minutes, so that a week is played in a moment
   */
  public BatchSystem(ClusterPlan plan, long seed, long startsAt, long watchedFrom) {
    this.plan = plan;
    this.machine = new Machine(plan.nodeKinds());
    this.agenda = new Agenda(startsAt);
    this.watchedFrom = watchedFrom;
    this.lastCycle = startsAt;
    long own = seed ^ ((long) plan.id().hashCode() << 17);
    keepForgottenCores();
    new Workload(plan, this, agenda, watchedFrom, own).begin();
    new Mishaps(this, agenda, own).begin();
  }

  /** A node still counts the cores of a job that its server knows no longer. */
  private void keepForgottenCores() {
    if (plan.forgottenCores() > 0) {
      Person owner = Person.everybody().get(0);
      Request request = new Request(1, plan.forgottenCores(), 0);
      Order order = new Order("lost", ClusterPlan.BATCH, request, 3_600, false, 0, List.of(3_600L));
      forgotten = new Submission(FORGOTTEN_SEQUENCE, owner, order, agenda.now()).tasks().get(0);
      forgotten.start(machine.place(forgotten, request), agenda.now());
    }
  }

  /** Plays up to that time. */
  public void advanceTo(long epochSeconds) {
    agenda.runUntil(epochSeconds);
  }

  /** Up to where it was played. */
  public long now() {
    return agenda.now();
  }

  /** What the cluster is like. */
  public ClusterPlan plan() {
    return plan;
  }

  /** Its nodes, always the same ones in the same order. */
  public List<SimNode> nodes() {
    return machine.nodes();
  }

  /** Everything not ended, by number. */
  public Collection<Submission> submissions() {
    return Collections.unmodifiableCollection(submissions.values());
  }

  /** The submissions that an ordinary user is shown. */
  public List<Submission> visibleSubmissions() {
    return submissions.values().stream()
        .filter(s -> plan.visibleOwner() == null || s.owner().login().equals(plan.visibleOwner()))
        .toList();
  }

  /** Running tasks, in the order of their start. */
  List<Task> runningTasks() {
    return startedTasks;
  }

  /** Cores that waiting tasks ask for. */
  int waitingCores() {
    return waitingCores;
  }

  /** Whether a task is one that the server does not know. */
  boolean isForgotten(Task task) {
    return task == forgotten;
  }

  Submission submit(Person owner, Order order) {
    Submission submission = new Submission(nextSequence, owner, order, agenda.now());
    nextSequence++;
    submissions.put(submission.sequence(), submission);
    submission.countSlotLimit();
    countWaiting(submission, submission.tasks().size());
    agenda.at(agenda.now() + PATIENCE_SECONDS, () -> giveUp(submission));
    planCycle();
    return submission;
  }

  void release(Submission submission) {
    submission.release();
    planCycle();
  }

  private void countWaiting(Submission submission, int change) {
    submission.countWaiting(change);
    waitingCores += change * submission.order().request().cores();
  }

  private void giveUp(Submission submission) {
    for (Task task : List.copyOf(submission.tasks())) {
      if (task.isWaiting()) {
        countWaiting(submission, -1);
        submission.remove(task);
      }
    }
    forgetIfEnded(submission);
  }

  private void forgetIfEnded(Submission submission) {
    if (submission.tasks().isEmpty() && submissions.remove(submission.sequence()) != null) {
      submission.dependents().forEach(this::release);
    }
  }

  /** The scheduler is going to look, soon. */
  void planCycle() {
    if (!cyclePlanned) {
      cyclePlanned = true;
      long pause = agenda.now() < watchedFrom ? UNWATCHED_CYCLE_SECONDS : CYCLE_SECONDS;
      agenda.at(Math.max(agenda.now() + 1, lastCycle + pause), this::cycle);
    }
  }

  private void cycle() {
    cyclePlanned = false;
    lastCycle = agenda.now();
    Set<Request> misfits = new HashSet<>();
    for (Submission submission : submissions.values()) {
      startWhatFits(submission, misfits);
    }
  }

  private void startWhatFits(Submission submission, Set<Request> misfits) {
    Request request = submission.order().request();
    Task task = submission.nextEligible();
    while (task != null) {
      if (runningTasks.getOrDefault(submission.owner(), 0) >= plan.tasksPerUser()) {
        submission.setComment(Comments.USER_LIMIT);
        return;
      }
      List<Placement> given = misfits.contains(request) ? List.of() : machine.place(task, request);
      if (given.isEmpty()) {
        misfits.add(request);
        submission.setComment(Comments.noRoom(plan.scheduler(), request));
        return;
      }
      countWaiting(submission, -1);
      task.start(given, agenda.now());
      submission.noteStart(agenda.now());
      begins(task, task.durationSeconds());
      task = submission.nextEligible();
    }
  }

  private void begins(Task task, long secondsToRun) {
    Submission submission = task.submission();
    startedTasks.add(task);
    runningTasks.merge(submission.owner(), 1, Integer::sum);
    submission.countSlotLimit();
    int run = task.runs();
    agenda.at(agenda.now() + secondsToRun, () -> end(task, run));
  }

  private void end(Task task, int run) {
    if (task.isRunning() && task.runs() == run) {
      leave(task, Task.Stage.ENDED);
      Submission submission = task.submission();
      submission.remove(task);
      submission.countSlotLimit();
      forgetIfEnded(submission);
    }
  }

  private void leave(Task task, Task.Stage next) {
    task.leave(next);
    startedTasks.remove(task);
    runningTasks.merge(task.submission().owner(), -1, Integer::sum);
    planCycle();
  }

  /** Stops a running task and starts it again from its beginning when there is room. */
  void requeue(Task task) {
    leave(task, Task.Stage.WAITING);
    countWaiting(task.submission(), 1);
    task.submission().countSlotLimit();
  }

  /** Stops a running task; its cores are others' meanwhile. */
  void suspend(Task task) {
    leave(task, Task.Stage.SUSPENDED);
  }

  /** Lets a suspended task go on where it was; false when others are there. */
  boolean resume(Task task) {
    List<Placement> again = machine.placeAgain(task, task.submission().order().request());
    if (again.isEmpty()) {
      return false;
    }
    task.resume(again);
    begins(task, Math.max(60, task.durationSeconds() / 2));
    return true;
  }
}
