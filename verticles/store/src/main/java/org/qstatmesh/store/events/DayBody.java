package org.qstatmesh.store.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.store.chunk.ByteSink;
import org.qstatmesh.store.chunk.ByteSource;

/** What is left of a day: counts, and waits by queue, size and class. */
public final class DayBody {
  private static final int VERSION = 1;

  /** In the order in which their counts are stored. */
  private static final List<JobChange> CHANGES =
      List.of(JobChange.SUBMITTED, JobChange.STARTED, JobChange.FINISHED);

  private DayBody() {}

  /** Puts the table's waits into classes first. */
  static byte[] encode(WaitTable table) {
    table.putIntoClasses();
    ByteSink payload = new ByteSink();
    payload.putVarint(VERSION);
    CHANGES.forEach(change -> payload.putVarint(table.tasks(change)));
    payload.putVarint(table.omitted());
    payload.putVarint(table.queues().size());
    for (Map.Entry<Integer, Waits[]> queue : table.queues().entrySet()) {
      payload.putVarint(queue.getKey());
      for (Waits waits : queue.getValue()) {
        putClasses(payload, waits);
      }
    }
    ByteSink body = new ByteSink();
    body.putVarint(payload.size());
    body.putAll(payload);
    return body.toBytes();
  }

  private static void putClasses(ByteSink out, Waits waits) {
    List<Integer> codes = new ArrayList<>();
    ByteSink counts = new ByteSink();
    if (waits != null) {
      waits.forEachClass(
          (code, tasks) -> {
            counts.putVarint(codes.isEmpty() ? code : code - codes.get(codes.size() - 1));
            counts.putVarint(tasks);
            codes.add(code);
          });
    }
    out.putVarint(codes.size());
    out.putAll(counts);
  }

  /**
   * Adds bodies, one behind the other.
   *
   * @throws IllegalArgumentException they are damaged
   */
  public static void read(byte[] bodies, WaitTable into) {
    ByteSource in = new ByteSource(bodies);
    while (in.hasMore()) {
      int length = in.getCount();
      int start = in.position();
      readOne(new ByteSource(bodies, start, start + length), into);
      in.skip(length);
    }
  }

  private static void readOne(ByteSource in, WaitTable into) {
    long version = in.getVarint();
    if (version != VERSION) {
      throw new IllegalArgumentException("days of version " + version + " are not known here");
    }
    CHANGES.forEach(change -> into.count(change, in.getVarint()));
    into.omitted(in.getVarint());
    int queues = in.getCount();
    for (int i = 0; i < queues; i++) {
      int queue = (int) in.getVarint();
      for (int size = 0; size <= SizeClass.NONE; size++) {
        readClasses(in, into, queue, size);
      }
    }
  }

  private static void readClasses(ByteSource in, WaitTable into, int queue, int size) {
    int classes = in.getCount();
    int code = 0;
    for (int i = 0; i < classes; i++) {
      code += (int) in.getVarint();
      into.waits(queue, size).addClass(code, in.getVarint());
    }
  }
}
