package org.qstatmesh.probe.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qstatmesh.probe.conf.ConfFile;
import org.qstatmesh.probe.conf.ConfObject;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.probe.conf.FileRights;

/**
 * What this machine's administrator allows, from the file of {@code --config}. Immutable.
 *
 * <pre>{@code
 * {"minimumIntervalSeconds": 60, "hideJobNames": true, "hiddenUsers": ["bob"],
 *  "attributes": ["groupName", "accountingId", "nodeNames"]}
 * }</pre>
 */
public final class ProbePolicy {
  /** Longest interval, a day; that of {@code --minimum-interval} too. */
  public static final int MAX_INTERVAL_SECONDS = 86_400;

  private static final ProbePolicy NONE =
      new ProbePolicy(Duration.ZERO, Set.of(), EnumSet.allOf(JobAttribute.class), false);

  private final Duration minimumInterval;
  private final Set<String> hiddenUsers;
  private final Set<JobAttribute> allowed;
  private final boolean listed;

  private ProbePolicy(
      Duration minimumInterval,
      Set<String> hiddenUsers,
      Set<JobAttribute> allowed,
      boolean listed) {
    this.listed = listed;
    this.minimumInterval = minimumInterval;
    this.hiddenUsers = Set.copyOf(hiddenUsers);
    this.allowed = Set.copyOf(allowed);
  }

  /** Allows everything. */
  public static ProbePolicy none() {
    return NONE;
  }

  /**
   * Reads the file.
   *
   * @throws ConfigurationException when somebody else could have written it, or something in it is
   *     not understood: a limit that is spelt wrong must not be taken for none
   */
  public static ProbePolicy read(Path file) throws ConfigurationException {
    ConfFile conf = ConfFile.read(file, FileRights.BINDING);
    ConfObject root = conf.root();
    int seconds = root.integer("minimumIntervalSeconds", 0, MAX_INTERVAL_SECONDS).orElse(0);
    boolean hideJobNames = root.flag("hideJobNames").orElse(false);
    Set<String> hiddenUsers = root.texts("hiddenUsers").orElse(Set.of());
    Optional<Set<String>> names = root.texts("attributes");
    Set<JobAttribute> allowed = allowed(root, names);
    conf.check();
    if (hideJobNames) {
      allowed.remove(JobAttribute.JOB_NAME);
    }
    return new ProbePolicy(Duration.ofSeconds(seconds), hiddenUsers, allowed, names.isPresent());
  }

  private static Set<JobAttribute> allowed(ConfObject root, Optional<Set<String>> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(JobAttribute.class);
    }
    Set<JobAttribute> allowed = EnumSet.noneOf(JobAttribute.class);
    for (String name : names.get()) {
      JobAttribute.of(name)
          .ifPresentOrElse(
              allowed::add,
              () ->
                  root.problem(
                      "attributes",
                      name
                          + " is no field that can be kept back; these are "
                          + JobAttribute.names(EnumSet.allOf(JobAttribute.class))));
    }
    return allowed;
  }

  /** The longer of the two: nobody gets below the file's interval. */
  public Duration atLeast(Duration wanted) {
    return wanted.compareTo(minimumInterval) < 0 ? minimumInterval : wanted;
  }

  /** Whether job names stay here. */
  public boolean hidesJobNames() {
    return !allowed.contains(JobAttribute.JOB_NAME);
  }

  /** What every job passes through. */
  public Redaction redaction() {
    return new Redaction(hiddenUsers, allowed, listed);
  }

  /** What it limits, each as one phrase; empty when nothing. */
  public List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (!minimumInterval.isZero()) {
      limits.add("no command runs more often than every " + minimumInterval.toSeconds() + " s");
    }
    if (!hiddenUsers.isEmpty()) {
      limits.add("jobs of hidden users are shown without their owner: " + hiddenUsers.size());
    }
    Set<JobAttribute> kept = EnumSet.allOf(JobAttribute.class);
    kept.removeAll(allowed);
    if (!kept.isEmpty()) {
      limits.add("kept back of every job: " + JobAttribute.names(kept));
    }
    return limits;
  }
}
