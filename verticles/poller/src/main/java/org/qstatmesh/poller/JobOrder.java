package org.qstatmesh.poller;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.summary.Keys;

/** The orders a list of jobs can be asked for in: by every field of a job, both ways. */
final class JobOrder {
  private static final Comparator<Job> BY_ID =
      Comparator.comparing(Job::jobId, NaturalOrder.INSTANCE);

  // One id may stand for several records: the tasks of one array, one record a state.
  private static final Comparator<Job> AMONG_EQUALS = BY_ID.thenComparing(Job::jobState);

  private static final Comparator<List<String>> BY_NAMES =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = NaturalOrder.INSTANCE.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private static final Map<String, Field<?>> FIELDS =
      Map.ofEntries(
          entry("jobId", new Field<>(Job::jobId, NaturalOrder.INSTANCE)),
          entry("jobName", text(Job::jobName)),
          entry("jobOwner", text(Job::jobOwner)),
          entry("groupName", text(Job::groupName)),
          entry("accountingId", text(Job::accountingId)),
          entry("queueName", text(Job::queueName)),
          entry("jobState", new Field<>(Job::jobState, Comparator.naturalOrder())),
          entry("jobSubState", text(Job::jobSubState)),
          entry("taskCount", new Field<>(Job::taskCount, Comparator.<Integer>naturalOrder())),
          entry("slots", new Field<>(Job::slots, Comparator.<Integer>naturalOrder())),
          entry("nodeCount", new Field<>(Job::nodeCount, Comparator.<Integer>naturalOrder())),
          entry("gpus", new Field<>(Job::gpus, Comparator.<Integer>naturalOrder())),
          entry("memoryBytes", number(Job::memoryBytes)),
          entry("nodeNames", new Field<>(Job::nodeNames, BY_NAMES)),
          entry("submissionTimeEpochSeconds", number(Job::submissionTimeEpochSeconds)),
          entry("dispatchTimeEpochSeconds", number(Job::dispatchTimeEpochSeconds)),
          entry("expectedStartEpochSeconds", number(Job::expectedStartEpochSeconds)),
          entry("wallclockLimitSeconds", number(Job::wallclockLimitSeconds)),
          entry("wallclockTimeSeconds", number(Job::wallclockTimeSeconds)),
          entry("priority", number(Job::priority)),
          entry("reason", text(Job::reason)));

  private JobOrder() {}

  /**
   * The order of a {@code sort}: a field's name, {@code -} in front for descending, null for by
   * jobId. Absent values come last both ways.
   *
   * @throws QueryFailure 400 for a name that is no field of a job
   */
  static Comparator<Job> of(String sort) {
    if (sort == null) {
      return AMONG_EQUALS;
    }
    boolean descending = sort.startsWith("-");
    Field<?> field = FIELDS.get(descending ? sort.substring(1) : sort);
    if (field == null) {
      throw QueryFailure.badField("sort", "a job has no field " + Printable.escape(Keys.cut(sort)));
    }
    return field.order(descending).thenComparing(AMONG_EQUALS);
  }

  /** Names of the fields that can be sorted by. */
  static Set<String> fields() {
    return FIELDS.keySet();
  }

  private static Field<String> text(Function<Job, String> value) {
    return new Field<>(value, Comparator.naturalOrder());
  }

  private static Field<Long> number(Function<Job, Long> value) {
    return new Field<>(value, Comparator.naturalOrder());
  }

  private record Field<T>(Function<Job, T> value, Comparator<? super T> order) {
    Comparator<Job> order(boolean descending) {
      return Comparator.comparing(
          value, Comparator.nullsLast(descending ? order.reversed() : order));
    }
  }
}
