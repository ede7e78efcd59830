package org.qstatmesh.store.read;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.store.word.About;

/** What was seen around a moment, told as plainly as can be. */
final class NaiveMoments {
  private final List<ClusterSummary> samples;
  private final List<ClusterSummary> asStored;

  NaiveMoments(List<ClusterSummary> samples) {
    asStored = samples;
    this.samples =
        samples.stream()
            .sorted(
                Comparator.comparing(ClusterSummary::observedAtEpochMillis)
                    .thenComparing(ClusterSummary::snapshotId))
            .toList();
  }

  /** Of each cluster the nearest sample. */
  List<ClusterSummary> nearest(List<String> clusters, long moment) {
    return ordered(
        clusters.stream()
            .map(
                cluster -> {
                  ClusterSummary nearest = null;
                  for (ClusterSummary sample : samples) {
                    if (sample.cluster().equals(cluster)
                        && (nearest == null
                            || distance(sample, moment) < distance(nearest, moment))) {
                      nearest = sample;
                    }
                  }
                  return nearest;
                })
            .toList());
  }

  private static long distance(ClusterSummary sample, long moment) {
    return Math.abs(sample.observedAtEpochMillis() - moment);
  }

  /** The step whose end is nearest, of those that know jobs or nodes: the last of each part. */
  ClusterSummary nearestStep(String cluster, long moment, long stepMillis, long rowsFrom) {
    Long nearest = null;
    for (ClusterSummary sample : samples) {
      long end = (sample.observedAtEpochMillis() / stepMillis + 1) * stepMillis;
      if (sample.cluster().equals(cluster)
          && (sample.jobs() != null || sample.slots() != null)
          && (nearest == null || Math.abs(end - moment) < Math.abs(nearest - moment))) {
        nearest = end;
      }
    }
    long end = nearest;
    List<ClusterSummary> step =
        samples.stream()
            .filter(s -> s.cluster().equals(cluster))
            .filter(s -> s.observedAtEpochMillis() / stepMillis == end / stepMillis - 1)
            .toList();
    About about = about(cluster, rowsFrom);
    return ordered(
        new ClusterSummary(
            cluster,
            about.title(),
            about.drms(),
            about.drmsVersion(),
            about.serverName(),
            about.visibility(),
            ClusterStatus.UP,
            null,
            0,
            "",
            end,
            end,
            about.staleAfterMillis(),
            last(step, ClusterSummary::jobs),
            last(step, ClusterSummary::slots),
            last(step, ClusterSummary::gpus),
            last(step, ClusterSummary::nodes),
            last(step, ClusterSummary::usage),
            last(step, ClusterSummary::waiting),
            null));
  }

  /** That of the oldest row; without rows the last that was new. */
  private About about(String cluster, long rowsFrom) {
    for (ClusterSummary sample : samples) {
      if (sample.cluster().equals(cluster) && sample.observedAtEpochMillis() >= rowsFrom) {
        return About.of(sample);
      }
    }
    return asStored.stream()
        .filter(s -> s.cluster().equals(cluster))
        .map(About::of)
        .distinct()
        .reduce(null, (a, b) -> b);
  }

  private static <T> T last(List<ClusterSummary> step, Function<ClusterSummary, T> part) {
    return step.stream().map(part).filter(Objects::nonNull).reduce(null, (a, b) -> b);
  }

  /** Lists in an order that does not depend on where they were read; without who uses nothing. */
  static List<ClusterSummary> ordered(List<ClusterSummary> summaries) {
    return summaries.stream().map(NaiveMoments::ordered).toList();
  }

  private static ClusterSummary ordered(ClusterSummary s) {
    Usage usage = s.usage();
    return new ClusterSummary(
        s.cluster(),
        s.title(),
        s.drms(),
        s.drmsVersion(),
        s.serverName(),
        s.visibility(),
        s.status(),
        s.failure(),
        s.revision(),
        s.snapshotId(),
        s.observedAtEpochMillis(),
        s.receivedAtEpochMillis(),
        s.staleAfterMillis(),
        s.jobs(),
        s.slots(),
        s.gpus(),
        s.nodes(),
        usage == null
            ? null
            : new Usage(
                uses(usage.user()),
                uses(usage.group()),
                uses(usage.account()),
                uses(usage.queue()),
                usage.lab() == null ? null : uses(usage.lab())),
        s.waiting() == null
            ? null
            : s.waiting().stream()
                .filter(one -> one.jobs() != 0 || one.slots() != 0)
                .sorted(Comparator.comparing(Waiting::reason))
                .toList(),
        s.queues() == null
            ? null
            : s.queues().stream().sorted(Comparator.comparing(QueueCount::queueName)).toList());
  }

  private static List<Use> uses(List<Use> uses) {
    return uses.stream()
        .filter(use -> !use.equals(new Use(use.key(), 0, 0, 0, 0, 0, 0)))
        .sorted(Comparator.comparing(Use::key))
        .toList();
  }
}
