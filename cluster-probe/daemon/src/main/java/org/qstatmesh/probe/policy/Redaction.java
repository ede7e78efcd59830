package org.qstatmesh.probe.policy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

/** A job without what must not leave. Pure and immutable; any thread. */
public final class Redaction implements UnaryOperator<Job> {
  /** Owner of every job of a hidden user; no login name can be this. */
  public static final String HIDDEN_OWNER = "(hidden)";

  private static final Set<JobAttribute> ALL = Set.copyOf(EnumSet.allOf(JobAttribute.class));

  /** What would tell who a hidden user is. */
  private static final Set<JobAttribute> TELLING =
      Set.of(
          JobAttribute.JOB_NAME,
          JobAttribute.GROUP_NAME,
          JobAttribute.ACCOUNTING_ID,
          JobAttribute.REASON);

  private final Set<String> hiddenUsers;
  private final Set<JobAttribute> allowed;
  private final boolean listed;
  private final Set<JobAttribute> erased;
  private final Set<JobAttribute> erasedOfHidden;

  /**
   * Keeps back what is not allowed.
   *
   * @param listed whether the administrator listed what may leave: then nothing else does, in a
   *     scheduler's own words neither
   */
  Redaction(Set<String> hiddenUsers, Set<JobAttribute> allowed, boolean listed) {
    this.listed = listed;
    this.hiddenUsers = Set.copyOf(hiddenUsers);
    this.allowed = Set.copyOf(allowed);
    Set<JobAttribute> others = EnumSet.allOf(JobAttribute.class);
    others.removeAll(allowed);
    this.erased = Set.copyOf(others);
    others.addAll(TELLING);
    this.erasedOfHidden = Set.copyOf(others);
  }

  /** Keeps nothing back. */
  public static Redaction none() {
    return new Redaction(Set.of(), ALL, false);
  }

  @Override
  public Job apply(Job job) {
    boolean hidden = isHidden(job);
    Set<JobAttribute> without = hidden ? erasedOfHidden : erased;
    if (without.isEmpty()) {
      return job;
    }
    Job.Builder left = job.toBuilder();
    for (JobAttribute attribute : without) {
      left = attribute.erase(left);
    }
    return (hidden ? left.jobOwner(HIDDEN_OWNER) : left).build();
  }

  /** One job in full, of which the same holds; empty for a hidden user's. */
  public Optional<JobDetail> ofDetail(JobDetail detail) {
    if (isHidden(detail.job())) {
      return Optional.empty();
    }
    String reason = allowed.contains(JobAttribute.REASON) ? detail.reason() : null;
    String text =
        listed && detail.text() != null
            ? SchedulerWords.only(allowed, detail.text())
            : detail.text();
    return Optional.of(new JobDetail(apply(detail.job()), reason, text));
  }

  private boolean isHidden(Job job) {
    return hiddenUsers.contains(job.jobOwner());
  }
}
