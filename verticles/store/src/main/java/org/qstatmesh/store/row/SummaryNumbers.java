package org.qstatmesh.store.row;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.bus.MeshJson;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;

/**
 * Takes a summary apart. Nothing of it is left out but what broadcast makes of it anew, status and
 * revision, and what was kept of an earlier sample: that is a gap in the history. One thread.
 */
public final class SummaryNumbers {
  private final Numbers numbers;
  private final Map<Part, long[]> values = new EnumMap<>(Part.class);

  private SummaryNumbers(Numbers numbers) {
    this.numbers = numbers;
  }

  /** Gives names their numbers. */
  public interface Numbers {
    /**
     * Number of a name.
     *
     * @param part the one whose keys such names are: USER to REASON, LAB
     * @param word null: 0
     */
    int numberOf(Part part, String word) throws SQLException;
  }

  /** The sample that a summary is. */
  public static RowSample of(SnapshotTaken taken, int aboutNumber, Numbers numbers)
      throws SQLException {
    SummaryNumbers apart = new SummaryNumbers(numbers);
    ClusterSummary summary = taken.summary();
    Set<SnapshotTaken.Part> kept = taken.keptParts();
    if (!kept.contains(SnapshotTaken.Part.JOBS)) {
      apart.putJobs(summary);
    }
    if (!kept.contains(SnapshotTaken.Part.NODES)) {
      apart.putNodes(summary);
    }
    if (!kept.contains(SnapshotTaken.Part.QUEUES) && summary.queues() != null) {
      apart.putQueues(summary.queues());
    }
    Head head =
        new Head(
            summary.snapshotId(),
            summary.receivedAtEpochMillis() - summary.observedAtEpochMillis(),
            aboutNumber,
            summary.failure() == null
                ? null
                : new String(MeshJson.encode(summary.failure()), StandardCharsets.UTF_8),
            taken.backfilled(),
            Head.bitsOf(apart.values.keySet()));
    return new RowSample(summary.observedAtEpochMillis(), head, apart.values);
  }

  private void putJobs(ClusterSummary summary) throws SQLException {
    Jobs jobs = summary.jobs();
    if (jobs != null) {
      put(
          Part.JOBS,
          jobs.running(),
          jobs.queued(),
          jobs.held(),
          jobs.suspended(),
          jobs.undetermined());
    }
    if (summary.usage() != null) {
      putUses(Part.USER, summary.usage().user());
      putUses(Part.GROUP, summary.usage().group());
      putUses(Part.ACCOUNT, summary.usage().account());
      putUses(Part.QUEUE, summary.usage().queue());
      if (summary.usage().lab() != null) {
        putUses(Part.LAB, summary.usage().lab());
      }
    }
    if (summary.waiting() != null) {
      putWaiting(summary.waiting());
    }
  }

  private void putNodes(ClusterSummary summary) {
    Slots slots = summary.slots();
    if (slots != null) {
      put(
          Part.SLOTS,
          slots.total(),
          slots.used(),
          slots.free(),
          slots.unavailable(),
          slots.largestFreeOnOneNode());
    }
    Gpus gpus = summary.gpus();
    if (gpus != null) {
      put(Part.GPUS, gpus.total(), gpus.used());
    }
    Nodes nodes = summary.nodes();
    if (nodes != null) {
      put(
          Part.NODES,
          nodes.total(),
          nodes.free(),
          nodes.partial(),
          nodes.full(),
          nodes.draining(),
          nodes.offline(),
          nodes.down(),
          nodes.unknown());
    }
  }

  /** The measures of the single key 0. */
  private void put(Part part, long... measures) {
    long[] of = new long[1 + measures.length];
    System.arraycopy(measures, 0, of, 1, measures.length);
    values.put(part, of);
  }

  private void putUses(Part part, List<Use> uses) throws SQLException {
    long[] of = new long[uses.size() * (1 + part.measures())];
    int at = 0;
    for (Use use : uses) {
      of[at++] = numbers.numberOf(part, nameOf(part, use));
      of[at++] = use.runningJobs();
      of[at++] = use.runningSlots();
      of[at++] = use.runningGpus();
      of[at++] = use.queuedJobs();
      of[at++] = use.queuedSlots();
      of[at++] = use.heldJobs();
    }
    values.put(part, of);
  }

  /** What is no lab's has no name. */
  private static String nameOf(Part part, Use use) {
    return part == Part.LAB && use.key().isEmpty() ? null : use.key();
  }

  private void putWaiting(List<Waiting> waiting) throws SQLException {
    long[] of = new long[waiting.size() * (1 + Part.REASON.measures())];
    int at = 0;
    for (Waiting one : waiting) {
      of[at++] = numbers.numberOf(Part.REASON, one.reason());
      of[at++] = one.jobs();
      of[at++] = one.slots();
    }
    values.put(Part.REASON, of);
  }

  /** A queue counts once, because flags cannot be added up. */
  private void putQueues(List<QueueCount> queues) throws SQLException {
    long[] of = new long[queues.size() * (1 + Part.HEAD.measures())];
    Set<Integer> listed = new HashSet<>();
    int at = 0;
    for (QueueCount queue : queues) {
      int name = numbers.numberOf(Part.QUEUE, queue.queueName());
      if (listed.add(name)) {
        of[at++] = name;
        of[at++] = 1L + (answer(queue.enabled()) | answer(queue.started()) << 2);
        of[at++] = queue.runningJobs();
        of[at++] = queue.queuedJobs();
        of[at++] = queue.wallclockLimitSeconds() == null ? 0 : queue.wallclockLimitSeconds() + 1;
        of[at++] = queue.slotsLimit() == null ? 0 : queue.slotsLimit() + 1L;
      }
    }
    values.put(Part.HEAD, at == of.length ? of : Arrays.copyOf(of, at));
  }

  private static int answer(Boolean value) {
    if (value == null) {
      return 0;
    }
    return value ? 2 : 1;
  }
}
