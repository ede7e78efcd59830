package org.qstatmesh.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is who on the clusters, as configured: persons with their logins, and labs, each of which may
 * be a group on one cluster and an account on another. No login of a cluster is two persons', no
 * group or account two labs'; every cluster that is named is configured.
 *
 * <p>Where a map says names by cluster, its key {@link #ELSEWHERE} stands for every cluster that
 * the same map does not name.
 *
 * @param persons in the order of the files
 * @param labs those that are configured, then those that only a person names
 */
public record People(List<Person> persons, List<Lab> labs) {
  /** Key of what holds on every cluster that is not named beside it. */
  public static final String ELSEWHERE = "*";

  /** Nobody is configured. */
  public static final People NONE = new People(List.of(), List.of());

  /** Copies the lists. */
  public People {
    persons = List.copyOf(persons);
    labs = List.copyOf(labs);
  }

  /** Whether nobody is configured. */
  public boolean isEmpty() {
    return persons.isEmpty() && labs.isEmpty();
  }

  /**
   * A person.
   *
   * @param id unique
   * @param title what the page calls her
   * @param lab id of her lab; null for none
   * @param logins by cluster
   */
  public record Person(String id, String title, String lab, Map<String, List<String>> logins) {
    /** Copies the map, in its order. */
    public Person {
      logins = copy(logins);
    }
  }

  /**
   * A lab.
   *
   * @param id unique
   * @param title what the page calls it
   * @param groups by cluster: whose work is the lab's where neither owner nor account says another
   * @param accounts by cluster: what is charged to them is the lab's where the owner says no other
   */
  public record Lab(
      String id,
      String title,
      Map<String, List<String>> groups,
      Map<String, List<String>> accounts) {
    /** Copies the maps, in their order. */
    public Lab {
      groups = copy(groups);
      accounts = copy(accounts);
    }
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> names) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    names.forEach((cluster, listed) -> copy.put(cluster, List.copyOf(listed)));
    return Collections.unmodifiableMap(copy);
  }
}
