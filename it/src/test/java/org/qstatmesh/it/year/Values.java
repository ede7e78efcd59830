package org.qstatmesh.it.year;

import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;

/** The single values of a summary: what a table with a row for each of them would hold. */
public final class Values {
  private Values() {}

  /** Takes one value that is not 0. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A value.
     *
     * @param dimension {@code user}, {@code slots} and so on
     * @param key whose; empty for the cluster's own
     * @param measure what is counted
     */
    void value(String dimension, String key, String measure, int value);
  }

  /** How many values are not 0. */
  public static int count(ClusterSummary summary) {
    int[] count = new int[1];
    forEach(summary, (dimension, key, measure, value) -> count[0]++);
    return count[0];
  }

  /** Every value that is not 0: one sample of one series. */
  public static void forEach(ClusterSummary summary, Sink sink) {
    Sink notZero =
        (dimension, key, measure, value) -> {
          if (value != 0) {
            sink.value(dimension, key, measure, value);
          }
        };
    if (summary.usage() != null) {
      uses("user", summary.usage().user(), notZero);
      uses("group", summary.usage().group(), notZero);
      uses("account", summary.usage().account(), notZero);
      uses("queue", summary.usage().queue(), notZero);
    }
    if (summary.waiting() != null) {
      for (Waiting waiting : summary.waiting()) {
        notZero.value("reason", waiting.reason(), "jobs", waiting.jobs());
        notZero.value("reason", waiting.reason(), "slots", waiting.slots());
      }
    }
    counts(summary, notZero);
  }

  private static void uses(String dimension, List<Use> uses, Sink sink) {
    for (Use use : uses) {
      sink.value(dimension, use.key(), "runningJobs", use.runningJobs());
      sink.value(dimension, use.key(), "runningSlots", use.runningSlots());
      sink.value(dimension, use.key(), "runningGpus", use.runningGpus());
      sink.value(dimension, use.key(), "queuedJobs", use.queuedJobs());
      sink.value(dimension, use.key(), "queuedSlots", use.queuedSlots());
      sink.value(dimension, use.key(), "heldJobs", use.heldJobs());
    }
  }

  private static void counts(ClusterSummary summary, Sink sink) {
    Jobs jobs = summary.jobs();
    if (jobs != null) {
      sink.value("jobs", "", "running", jobs.running());
      sink.value("jobs", "", "queued", jobs.queued());
      sink.value("jobs", "", "held", jobs.held());
      sink.value("jobs", "", "suspended", jobs.suspended());
      sink.value("jobs", "", "undetermined", jobs.undetermined());
    }
    Slots slots = summary.slots();
    if (slots != null) {
      sink.value("slots", "", "total", slots.total());
      sink.value("slots", "", "used", slots.used());
      sink.value("slots", "", "free", slots.free());
      sink.value("slots", "", "unavailable", slots.unavailable());
      sink.value("slots", "", "largestFreeOnOneNode", slots.largestFreeOnOneNode());
    }
    Gpus gpus = summary.gpus();
    if (gpus != null) {
      sink.value("gpus", "", "total", gpus.total());
      sink.value("gpus", "", "used", gpus.used());
    }
    Nodes nodes = summary.nodes();
    if (nodes != null) {
      sink.value("nodes", "", "total", nodes.total());
      sink.value("nodes", "", "free", nodes.free());
      sink.value("nodes", "", "partial", nodes.partial());
      sink.value("nodes", "", "full", nodes.full());
      sink.value("nodes", "", "draining", nodes.draining());
      sink.value("nodes", "", "offline", nodes.offline());
      sink.value("nodes", "", "down", nodes.down());
      sink.value("nodes", "", "unknown", nodes.unknown());
    }
  }
}
