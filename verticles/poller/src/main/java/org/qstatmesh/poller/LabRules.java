package org.qstatmesh.poller;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.People;
import org.qstatmesh.wire.Job;

/**
 * Whose lab a job belongs to: that of its owner, if a person of that login has one; else that of
 * its account; else that of its group. So whoever works for two labs is configured without one, and
 * the account says which it is. Immutable; any thread.
 */
final class LabRules {
  /** What is no lab's is counted under. */
  static final String NO_LAB = "";

  /** No lab is configured. */
  static final LabRules NONE = of(People.NONE);

  private final boolean empty;
  private final Names logins = new Names();
  private final Names accounts = new Names();
  private final Names groups = new Names();

  private LabRules(boolean empty) {
    this.empty = empty;
  }

  static LabRules of(People people) {
    LabRules rules = new LabRules(people.labs().isEmpty());
    for (People.Person person : people.persons()) {
      if (person.lab() != null) {
        rules.logins.add(person.logins(), person.lab());
      }
    }
    for (People.Lab lab : people.labs()) {
      rules.accounts.add(lab.accounts(), lab.id());
      rules.groups.add(lab.groups(), lab.id());
    }
    return rules;
  }

  /** Whether there is no lab at all. */
  boolean isEmpty() {
    return empty;
  }

  /** Id of the job's lab, or {@link #NO_LAB}. */
  String labOf(String cluster, Job job) {
    String lab = logins.labOf(cluster, job.jobOwner());
    if (lab == null) {
      lab = accounts.labOf(cluster, job.accountingId());
    }
    if (lab == null) {
      lab = groups.labOf(cluster, job.groupName());
    }
    return lab == null ? NO_LAB : lab;
  }

  Names logins() {
    return logins;
  }

  Names accounts() {
    return accounts;
  }

  Names groups() {
    return groups;
  }

  /** Names of one kind and the lab each stands for. */
  static final class Names {
    private final Map<String, Map<String, String>> byCluster = new HashMap<>();
    private final Map<String, Elsewhere> elsewhere = new HashMap<>();

    /** A name on all clusters but those where the same person or lab has others. */
    private record Elsewhere(String lab, Set<String> notOn) {}

    private void add(Map<String, List<String>> names, String lab) {
      names.forEach(
          (cluster, listed) -> {
            for (String name : listed) {
              if (cluster.equals(People.ELSEWHERE)) {
                elsewhere.put(name, new Elsewhere(lab, names.keySet()));
              } else {
                byCluster.computeIfAbsent(cluster, id -> new HashMap<>()).put(name, lab);
              }
            }
          });
    }

    /** Null for a name that stands for none, and for none. */
    String labOf(String cluster, String name) {
      if (name == null) {
        return null;
      }
      String lab = byCluster.getOrDefault(cluster, Map.of()).get(name);
      if (lab != null) {
        return lab;
      }
      Elsewhere other = elsewhere.get(name);
      return other == null || other.notOn.contains(cluster) ? null : other.lab;
    }

    /** Whether none stands for a lab on that cluster. */
    boolean isEmptyOn(String cluster) {
      return !byCluster.containsKey(cluster)
          && elsewhere.values().stream().allMatch(other -> other.notOn.contains(cluster));
    }
  }
}
