package org.qstatmesh.store.events;

import java.util.Comparator;
import java.util.List;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.store.chunk.ByteSink;
import org.qstatmesh.store.chunk.ByteSource;
import org.qstatmesh.wire.NodeState;

/**
 * What one sample brought, as bytes. Of a job: flags, words, id, then what the flags announce;
 * times as differences from each other. Commonly 15 to 20 bytes.
 */
public final class EventBody {
  private static final int VERSION = 1;
  private static final long DAY_MILLIS = 86_400_000;

  /** Numbered from 0; a state that is added stands behind these. */
  private static final List<JobChange> CHANGES =
      List.of(JobChange.SUBMITTED, JobChange.STARTED, JobChange.FINISHED);

  /** Numbered from 1; 0 is none. */
  private static final List<NodeState> STATES =
      List.of(
          NodeState.DOWN,
          NodeState.OFFLINE,
          NodeState.DRAINING,
          NodeState.UNKNOWN,
          NodeState.FULL,
          NodeState.PARTIAL,
          NodeState.FREE);

  private static final int CHANGE_BITS = 3;
  private static final int ID_IS_OTHER = 1 << 2;
  private static final int SUBMITTED_UNKNOWN = 1 << 3;
  private static final int STARTED_KNOWN = 1 << 4;
  private static final int WAITED_FROM_SUBMISSION_TO_START = 1 << 5;
  private static final int TASKS = 1 << 6;
  private static final int WAIT_IS_OTHER = 1 << 7;
  private static final int FINISH_IS_UNUSUAL = 1 << 8;
  private static final int SEEN_BEFORE = 1 << 9;

  private EventBody() {}

  /** Takes what bodies hold, one by one. */
  public interface Visitor {
    /** A job. */
    void job(StoredJob job);

    /** A node. */
    default void node(NodeEvent node) {}

    /** So many changes more there were. */
    default void omitted(long changes) {}
  }

  static byte[] encode(
      long observedAtEpochMillis, List<StoredJob> jobs, List<NodeEvent> nodes, long omitted) {
    ByteSink payload = new ByteSink();
    payload.putVarint(VERSION);
    payload.putVarint(Math.floorMod(observedAtEpochMillis, DAY_MILLIS));
    payload.putVarint(omitted);
    String idEnd = idEnd(jobs);
    payload.putText(idEnd);
    payload.putVarint(jobs.size());
    long idBefore = 0;
    for (StoredJob job : jobs) {
      boolean usualId = job.idNumber() >= 0 && job.idText().equals(idEnd);
      putJob(payload, job, observedAtEpochMillis, usualId ? idBefore : -1);
      idBefore = usualId ? job.idNumber() : idBefore;
    }
    payload.putVarint(nodes.size());
    nodes.forEach(node -> putNode(payload, node, observedAtEpochMillis));
    ByteSink body = new ByteSink();
    body.putVarint(payload.size());
    body.putAll(payload);
    return body.toBytes();
  }

  /** Commonly the server's name; those of tasks of arrays are longer. */
  private static String idEnd(List<StoredJob> jobs) {
    return jobs.stream()
        .filter(job -> job.idNumber() >= 0)
        .map(StoredJob::idText)
        .min(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** {@code idBefore} is -1 for an id that does not end as the others do. */
  private static void putJob(ByteSink out, StoredJob job, long observedAtMillis, long idBefore) {
    long observedAt = Math.floorDiv(observedAtMillis, 1_000L);
    int flags = flags(job, observedAtMillis) | (idBefore < 0 ? ID_IS_OTHER : 0);
    out.putVarint(flags);
    out.putVarint(job.owner());
    out.putVarint(job.queue());
    out.putVarint(job.account());
    if (idBefore < 0) {
      out.putText(job.idNumber() < 0 ? job.idText() : job.idNumber() + job.idText());
    } else {
      out.putZigzag(job.idNumber() - idBefore);
    }
    out.putVarint(job.slots());
    if ((flags & TASKS) != 0) {
      out.putVarint(job.tasks());
    }
    if ((flags & SUBMITTED_UNKNOWN) == 0) {
      out.putZigzag(observedAt - job.submittedAt());
    }
    if ((flags & STARTED_KNOWN) != 0) {
      out.putZigzag(job.startedAt() - orElse(job.submittedAt(), observedAt));
    }
    if ((flags & WAIT_IS_OTHER) != 0) {
      out.putZigzag(job.waitSeconds());
    }
    if (job.finishedAt() != StoredJob.UNKNOWN) {
      out.putZigzag(observedAt - job.finishedAt());
    }
    if ((flags & SEEN_BEFORE) != 0) {
      out.putZigzag(observedAtMillis - job.atEpochMillis());
    }
  }

  private static int flags(StoredJob job, long observedAtMillis) {
    boolean submitted = job.submittedAt() != StoredJob.UNKNOWN;
    boolean started = job.startedAt() != StoredJob.UNKNOWN;
    boolean waited = job.waitSeconds() != StoredJob.UNKNOWN;
    boolean plainWait =
        waited && submitted && started && job.waitSeconds() == job.startedAt() - job.submittedAt();
    boolean finished = job.finishedAt() != StoredJob.UNKNOWN;
    return CHANGES.indexOf(job.change())
        | (submitted ? 0 : SUBMITTED_UNKNOWN)
        | (started ? STARTED_KNOWN : 0)
        | (plainWait ? WAITED_FROM_SUBMISSION_TO_START : 0)
        | (job.tasks() == 1 ? 0 : TASKS)
        | (waited && !plainWait ? WAIT_IS_OTHER : 0)
        | (finished == (job.change() == JobChange.FINISHED) ? 0 : FINISH_IS_UNUSUAL)
        | (job.atEpochMillis() == observedAtMillis ? 0 : SEEN_BEFORE);
  }

  private static void putNode(ByteSink out, NodeEvent node, long observedAtMillis) {
    out.putVarint(node.from() == null ? 0 : STATES.indexOf(node.from()) + 1);
    out.putVarint(node.to() == null ? 0 : STATES.indexOf(node.to()) + 1);
    out.putZigzag(observedAtMillis - node.atEpochMillis());
    out.putText(node.nodeName());
    out.putVarint(node.reason() == null ? 0 : 1);
    if (node.reason() != null) {
      out.putText(node.reason());
    }
  }

  /**
   * Reads the bodies of rows of one day, one behind the other.
   *
   * @param epochDay of the rows, UTC
   * @throws IllegalArgumentException they are damaged
   */
  public static void read(byte[] bodies, long epochDay, Visitor visitor) {
    ByteSource in = new ByteSource(bodies);
    while (in.hasMore()) {
      int length = in.getCount();
      int start = in.position();
      readOne(new ByteSource(bodies, start, start + length), epochDay * DAY_MILLIS, visitor);
      in.skip(length);
    }
  }

  private static void readOne(ByteSource in, long dayMillis, Visitor visitor) {
    long version = in.getVarint();
    if (version != VERSION) {
      throw new IllegalArgumentException("events of version " + version + " are not known here");
    }
    long observedAtMillis = dayMillis + in.getVarint();
    long omitted = in.getVarint();
    if (omitted > 0) {
      visitor.omitted(omitted);
    }
    String idEnd = in.getText();
    int jobs = in.getCount();
    long idBefore = 0;
    for (int i = 0; i < jobs; i++) {
      StoredJob job = job(in, observedAtMillis, idBefore, idEnd);
      idBefore = job.idNumber() < 0 ? idBefore : job.idNumber();
      visitor.job(job);
    }
    int nodes = in.getCount();
    for (int i = 0; i < nodes; i++) {
      visitor.node(node(in, observedAtMillis));
    }
  }

  private static StoredJob job(ByteSource in, long observedAtMillis, long idBefore, String idEnd) {
    long observedAt = Math.floorDiv(observedAtMillis, 1_000L);
    int flags = (int) in.getVarint();
    JobChange change = of(CHANGES, flags & CHANGE_BITS);
    int owner = (int) in.getVarint();
    int queue = (int) in.getVarint();
    int account = (int) in.getVarint();
    boolean otherId = (flags & ID_IS_OTHER) != 0;
    String idText = otherId ? in.getText() : idEnd;
    long idNumber = otherId ? -1 : idBefore + in.getZigzag();
    int slots = (int) in.getVarint();
    int tasks = (flags & TASKS) == 0 ? 1 : (int) in.getVarint();
    long submitted =
        (flags & SUBMITTED_UNKNOWN) == 0 ? observedAt - in.getZigzag() : StoredJob.UNKNOWN;
    long started =
        (flags & STARTED_KNOWN) == 0
            ? StoredJob.UNKNOWN
            : orElse(submitted, observedAt) + in.getZigzag();
    long wait =
        (flags & WAITED_FROM_SUBMISSION_TO_START) == 0 ? StoredJob.UNKNOWN : started - submitted;
    wait = (flags & WAIT_IS_OTHER) == 0 ? wait : in.getZigzag();
    boolean ended = (change == JobChange.FINISHED) == ((flags & FINISH_IS_UNUSUAL) == 0);
    long finished = ended ? observedAt - in.getZigzag() : StoredJob.UNKNOWN;
    long at = (flags & SEEN_BEFORE) == 0 ? observedAtMillis : observedAtMillis - in.getZigzag();
    return new StoredJob(
        change, at, idNumber, idText, owner, queue, account, tasks, slots, submitted, started,
        finished, wait);
  }

  private static NodeEvent node(ByteSource in, long observedAtMillis) {
    NodeState from = state((int) in.getVarint());
    NodeState to = state((int) in.getVarint());
    long at = observedAtMillis - in.getZigzag();
    String name = in.getText();
    return new NodeEvent(at, name, from, to, in.getVarint() == 0 ? null : in.getText());
  }

  private static NodeState state(int code) {
    return code == 0 ? null : of(STATES, code - 1);
  }

  private static <T> T of(List<T> known, int code) {
    if (code < 0 || code >= known.size()) {
      throw new IllegalArgumentException("an event of the history is damaged");
    }
    return known.get(code);
  }

  private static long orElse(long time, long other) {
    return time == StoredJob.UNKNOWN ? other : time;
  }
}
