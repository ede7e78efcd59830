package org.qstatmesh.store.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How long the tasks of one queue and size waited.
 *
 * @param queue number of the queue's word; {@link #ALL_QUEUES}
 * @param size of the jobs
 * @param count how many tasks; more than 0
 * @param p50Seconds half of them waited no longer
 * @param p90Seconds nine of ten waited no longer
 */
public record WaitSummary(int queue, SizeClass size, long count, long p50Seconds, long p90Seconds) {
  /** Stands for all queues and for none. */
  public static final int ALL_QUEUES = 0;

  /**
   * All queues first, then {@code mostQueues} in which most tasks started; of each any size first,
   * then by size. Nothing of which is nothing.
   */
  public static List<WaitSummary> of(WaitTable table, int mostQueues) {
    List<WaitSummary> summaries = new ArrayList<>();
    addSizes(summaries, ALL_QUEUES, List.copyOf(table.queues().values()));
    table.queues().entrySet().stream()
        .filter(queue -> queue.getKey() != ALL_QUEUES)
        .sorted(Comparator.comparingLong(queue -> -count(queue.getValue())))
        .limit(mostQueues)
        .forEach(queue -> addSizes(summaries, queue.getKey(), List.<Waits[]>of(queue.getValue())));
    return summaries;
  }

  private static long count(Waits[] sizes) {
    return Arrays.stream(sizes).filter(Objects::nonNull).mapToLong(Waits::count).sum();
  }

  private static void addSizes(List<WaitSummary> into, int queue, List<Waits[]> queues) {
    List<Waits> all = new ArrayList<>();
    queues.forEach(sizes -> all.addAll(Arrays.asList(sizes)));
    add(into, queue, SizeClass.ANY, all);
    for (int code = 0; code < SizeClass.CLASSES.size(); code++) {
      int place = code;
      List<Waits> ofSize = new ArrayList<>();
      queues.forEach(sizes -> ofSize.add(sizes[place]));
      add(into, queue, SizeClass.CLASSES.get(code), ofSize);
    }
  }

  private static void add(List<WaitSummary> into, int queue, SizeClass size, List<Waits> parts) {
    Waits together = new Waits();
    parts.stream().filter(Objects::nonNull).forEach(together::addAll);
    if (together.count() > 0) {
      long[] percentiles = together.percentiles(50, 90);
      into.add(new WaitSummary(queue, size, together.count(), percentiles[0], percentiles[1]));
    }
  }
}
