package org.qstatmesh.store.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryAnswer.Series;
import org.qstatmesh.bus.HistoryQuery;

/** What an answer means, told as plainly as can be; the samples in the order they were stored. */
final class NaiveHistory {
  private static final long[] STEP_MINUTES = {
    1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440
  };

  private final List<ClusterSummary> samples;

  NaiveHistory(List<ClusterSummary> samples) {
    this.samples = samples;
  }

  /** What the shortest steps that fit say of every sample. */
  HistoryAnswer answer(HistoryQuery query) {
    for (long minutes : STEP_MINUTES) {
      long step = minutes * 60_000;
      if (times(query, step).size() <= query.maxPoints()) {
        return answer(query, step, 0);
      }
    }
    throw new AssertionError("the range is too long");
  }

  private static List<Long> times(HistoryQuery query, long step) {
    List<Long> times = new ArrayList<>();
    for (long at = query.fromEpochMillis() / step * step; at < query.toEpochMillis(); at += step) {
      times.add(at);
    }
    return times;
  }

  /**
   * The same in given steps.
   *
   * @param source length of stored steps: those that hold the ends of the range count whole; 0 for
   *     samples
   */
  HistoryAnswer answer(HistoryQuery query, long step, long source) {
    List<Long> times = times(query, step);
    Map<Long, List<ClusterSummary>> bySteps = new LinkedHashMap<>();
    for (long time : times) {
      bySteps.put(time, new ArrayList<>());
    }
    long whole = Math.max(1, source);
    for (ClusterSummary sample : samples) {
      long at = sample.observedAtEpochMillis();
      if (sample.cluster().equals(query.cluster())
          && at / whole >= query.fromEpochMillis() / whole
          && at / whole <= (query.toEpochMillis() - 1) / whole) {
        bySteps.get(at / step * step).add(sample);
      }
    }

    Map<String, List<Double>> byKey = new LinkedHashMap<>();
    for (String key : keysInOrderOfAppearance(query)) {
      byKey.put(key, means(bySteps, s -> s.usage() != null, s -> value(s, query, key)));
    }
    List<Series> series =
        byKey.entrySet().stream()
            .filter(entry -> area(entry.getValue()) > 0)
            .sorted(Comparator.comparingDouble(entry -> -area(entry.getValue())))
            .limit(query.top())
            .map(entry -> new Series(entry.getKey(), entry.getValue(), null, null))
            .map(one -> query.band() ? withBand(one, bySteps, query) : one)
            .toList();
    Set<String> named = new LinkedHashSet<>();
    series.forEach(one -> named.add(one.key()));
    return new HistoryAnswer(
        step,
        times,
        series,
        means(
            bySteps,
            s -> s.usage() != null,
            s ->
                uses(s.usage(), query)
                    .filter(use -> !named.contains(use.key()))
                    .mapToDouble(use -> value(use, query))
                    .sum()),
        means(bySteps, s -> s.slots() != null, s -> s.slots().free()),
        means(bySteps, s -> s.slots() != null, s -> s.slots().total()),
        source);
  }

  private static Series withBand(
      Series one, Map<Long, List<ClusterSummary>> bySteps, HistoryQuery query) {
    List<Double> min = new ArrayList<>();
    List<Double> max = new ArrayList<>();
    for (List<ClusterSummary> step : bySteps.values()) {
      double[] values =
          step.stream()
              .filter(s -> s.usage() != null)
              .mapToDouble(s -> value(s, query, one.key()))
              .sorted()
              .toArray();
      min.add(values.length == 0 ? null : (Double) values[0]);
      max.add(values.length == 0 ? null : (Double) values[values.length - 1]);
    }
    return new Series(one.key(), one.values(), min, max);
  }

  private Set<String> keysInOrderOfAppearance(HistoryQuery query) {
    Set<String> keys = new LinkedHashSet<>();
    for (ClusterSummary sample : samples) {
      if (sample.cluster().equals(query.cluster()) && sample.usage() != null) {
        uses(sample.usage(), query)
            .filter(use -> !use.key().isEmpty())
            .forEach(use -> keys.add(use.key()));
      }
    }
    return keys;
  }

  private static List<Double> means(
      Map<Long, List<ClusterSummary>> bySteps,
      Predicate<ClusterSummary> hasData,
      ToDoubleFunction<ClusterSummary> value) {
    List<Double> means = new ArrayList<>();
    for (List<ClusterSummary> step : bySteps.values()) {
      List<ClusterSummary> data = step.stream().filter(hasData).toList();
      means.add(data.isEmpty() ? null : data.stream().mapToDouble(value).sum() / data.size());
    }
    return means;
  }

  private static double area(List<Double> values) {
    double area = 0;
    for (Double value : values) {
      area += value == null ? 0 : value;
    }
    return area;
  }

  private static double value(ClusterSummary sample, HistoryQuery query, String key) {
    return uses(sample.usage(), query)
        .filter(use -> use.key().equals(key))
        .mapToDouble(use -> value(use, query))
        .sum();
  }

  private static Stream<Use> uses(Usage usage, HistoryQuery query) {
    return switch (query.dimension()) {
      case USER -> usage.user().stream();
      case GROUP -> usage.group().stream();
      case ACCOUNT -> usage.account().stream();
      case QUEUE -> usage.queue().stream();
      case LAB -> usage.lab().stream();
    };
  }

  private static double value(Use use, HistoryQuery query) {
    return switch (query.measure()) {
      case RUNNING_SLOTS -> use.runningSlots();
      case RUNNING_JOBS -> use.runningJobs();
      case RUNNING_GPUS -> use.runningGpus();
      case QUEUED_SLOTS -> use.queuedSlots();
      case QUEUED_JOBS -> use.queuedJobs();
    };
  }
}
