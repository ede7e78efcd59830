package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.summary.Keys;
import org.qstatmesh.wire.summary.UseTally;

/** Tells a row's use by lab. Pure functions; any thread, a worker where there are jobs. */
final class LabUse {
  private static final Comparator<Use> BY_RUNNING_SLOTS =
      Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key);

  private LabUse() {}

  /**
   * Exact: from the jobs themselves, because sums by user, account and group do not say which
   * account a user's jobs have.
   */
  static ClusterSummary counted(ClusterSummary row, Picture picture, LabRules rules) {
    if (row.usage() == null || rules.isEmpty()) {
      return withoutLabs(row);
    }
    UseTally labs = new UseTally(job -> rules.labOf(row.cluster(), job));
    for (Job job : picture.jobs().records()) {
      labs.add(job);
    }
    return row.using(row.usage().byLab(labs.uses().stream().map(Summaries::use).toList()));
  }

  /**
   * From sums, of which there are no jobs any more, where these say it: on a cluster where labs are
   * told by users only, or by accounts or groups only, and every one of them is named. Else it is
   * not known.
   */
  static ClusterSummary ofSums(ClusterSummary row, LabRules rules) {
    Usage usage = row.usage();
    if (usage == null || rules.isEmpty()) {
      return withoutLabs(row);
    }
    boolean byUser = !rules.logins().isEmptyOn(row.cluster());
    boolean byAccount = !rules.accounts().isEmptyOn(row.cluster());
    boolean byGroup = !rules.groups().isEmptyOn(row.cluster());
    if ((byUser && byAccount) || (byUser && byGroup) || (byAccount && byGroup)) {
      return withoutLabs(row);
    }
    LabRules.Names names = byAccount ? rules.accounts() : byGroup ? rules.groups() : rules.logins();
    List<Use> uses = byAccount ? usage.account() : byGroup ? usage.group() : usage.user();
    boolean cut = uses.stream().anyMatch(use -> use.key().equals(Keys.OTHERS));
    return cut ? withoutLabs(row) : row.using(usage.byLab(sums(row.cluster(), uses, names)));
  }

  private static ClusterSummary withoutLabs(ClusterSummary row) {
    return row.usage() == null || row.usage().lab() == null
        ? row
        : row.using(row.usage().byLab(null));
  }

  private static List<Use> sums(String cluster, List<Use> uses, LabRules.Names names) {
    Map<String, Use> sums = new LinkedHashMap<>();
    for (Use use : uses) {
      String known = names.labOf(cluster, use.key());
      String lab = known == null ? LabRules.NO_LAB : known;
      sums.merge(lab, as(lab, use), LabUse::sum);
    }
    List<Use> sorted = new ArrayList<>(sums.values());
    sorted.sort(BY_RUNNING_SLOTS);
    return sorted;
  }

  private static Use as(String lab, Use use) {
    return sum(new Use(lab, 0, 0, 0, 0, 0, 0), use);
  }

  private static Use sum(Use a, Use b) {
    return new Use(
        a.key(),
        sum(a.runningJobs(), b.runningJobs()),
        sum(a.runningSlots(), b.runningSlots()),
        sum(a.runningGpus(), b.runningGpus()),
        sum(a.queuedJobs(), b.queuedJobs()),
        sum(a.queuedSlots(), b.queuedSlots()),
        sum(a.heldJobs(), b.heldJobs()));
  }

  /** Counts that a stranger chose stay at the end of the range. */
  private static int sum(int a, int b) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, (long) a + b));
  }
}
