package org.qstatmesh.mesh.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.People;

/**
 * Names of one kind and who claims them on which clusters; notes each that is claimed a second
 * time. What is claimed on every other cluster is claimed on those that may still be added, too.
 */
final class ConfClaims {
  private final String kind;
  private final String owner;
  private final List<ConfProblem> problems;
  private final Map<String, List<Claim>> byName = new HashMap<>();

  /**
   * @param kind what the names are, for a message
   * @param owner what claims them, for a message
   */
  ConfClaims(String kind, String owner, List<ConfProblem> problems) {
    this.kind = kind;
    this.owner = owner;
    this.problems = problems;
  }

  /** Who claims, and where it says so. */
  record Claimant(String file, String pointer, String id) {}

  private record Claim(Claimant who, String cluster, Set<String> named) {
    boolean meets(Claim other) {
      return cluster.equals(other.cluster) || reaches(other) || other.reaches(this);
    }

    private boolean reaches(Claim other) {
      return isElsewhere() && !named.contains(other.cluster);
    }

    boolean isElsewhere() {
      return cluster.equals(People.ELSEWHERE);
    }
  }

  /**
   * Takes all that one claims.
   *
   * @param names by cluster
   */
  void add(Claimant who, Map<String, List<String>> names) {
    names.forEach(
        (cluster, listed) ->
            listed.forEach(name -> add(name, new Claim(who, cluster, names.keySet()))));
  }

  private void add(String name, Claim claim) {
    List<Claim> before = byName.computeIfAbsent(name, key -> new ArrayList<>(1));
    for (Claim other : before) {
      if (!other.who.equals(claim.who) && other.meets(claim)) {
        problems.add(problem(name, claim, other));
        break;
      }
    }
    before.add(claim);
  }

  private ConfProblem problem(String name, Claim claim, Claim other) {
    Claim narrow = claim.isElsewhere() ? other : claim;
    String where =
        narrow.isElsewhere() ? "on every cluster not named beside it" : "on " + narrow.cluster;
    return new ConfProblem(
        claim.who.file,
        claim.who.pointer,
        "the %s %s %s is that of %s, too, by %s#%s; it belongs to one %s"
            .formatted(kind, name, where, other.who.id, other.who.file, other.who.pointer, owner));
  }
}
