package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.People;

/**
 * Persons and labs of all files; notes what a schema cannot see: clusters that there are not, and
 * names that two claim.
 */
final class ConfPeople {
  /** Every browser gets all of them. */
  static final int MOST_PERSONS = 10_000;

  private final List<ConfProblem> problems;
  private final Set<String> clusters;
  private final ConfClaims logins;
  private final ConfClaims accounts;
  private final ConfClaims groups;
  private final List<People.Person> persons = new ArrayList<>();
  private final Map<String, People.Lab> labs = new LinkedHashMap<>();

  /**
   * @param clusters ids that may be named; null when it is not known which there are, because a
   *     file could not be read
   */
  ConfPeople(List<ConfProblem> problems, Set<String> clusters) {
    this.problems = problems;
    this.clusters = clusters;
    this.logins = new ConfClaims("login", "person", problems);
    this.accounts = new ConfClaims("account", "lab", problems);
    this.groups = new ConfClaims("group", "lab", problems);
  }

  /** Takes one person. */
  void person(String file, String pointer, String id, JsonObject person) {
    JsonObject said = person.getJsonObject("logins");
    Map<String, List<String>> names =
        said == null
            ? Map.of(People.ELSEWHERE, List.of(id))
            : names(file, pointer + "/logins", said);
    logins.add(
        new ConfClaims.Claimant(file, said == null ? pointer : pointer + "/logins", id), names);
    persons.add(
        new People.Person(id, person.getString("title", id), person.getString("lab"), names));
    if (persons.size() == MOST_PERSONS + 1) {
      problems.add(
          new ConfProblem(
              file, pointer, "is one person too many: at most " + MOST_PERSONS + " in all files"));
    }
  }

  /** Takes one lab. */
  void lab(String file, String pointer, String id, JsonObject lab) {
    Map<String, List<String>> inGroups =
        names(file, pointer + "/groups", lab.getJsonObject("groups"));
    Map<String, List<String>> onAccounts =
        names(file, pointer + "/accounts", lab.getJsonObject("accounts"));
    groups.add(new ConfClaims.Claimant(file, pointer + "/groups", id), inGroups);
    accounts.add(new ConfClaims.Claimant(file, pointer + "/accounts", id), onAccounts);
    labs.put(id, new People.Lab(id, lab.getString("title", id), inGroups, onAccounts));
  }

  /** All that was taken; a lab that only a person names is called by its id. */
  People people() {
    for (People.Person person : persons) {
      if (person.lab() != null) {
        labs.computeIfAbsent(person.lab(), id -> new People.Lab(id, id, Map.of(), Map.of()));
      }
    }
    return new People(persons, List.copyOf(labs.values()));
  }

  private Map<String, List<String>> names(String file, String pointer, JsonObject said) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    if (said == null) {
      return names;
    }
    for (Map.Entry<String, Object> entry : said) {
      String cluster = entry.getKey();
      if (clusters != null && !cluster.equals(People.ELSEWHERE) && !clusters.contains(cluster)) {
        problems.add(
            new ConfProblem(
                file,
                pointer + "/" + cluster,
                clusters.isEmpty()
                    ? "is no cluster; there is none yet"
                    : "is no cluster; there are: " + String.join(", ", clusters)));
      }
      names.put(cluster, list(entry.getValue()));
    }
    return names;
  }

  private static List<String> list(Object value) {
    return value instanceof JsonArray array
        ? array.stream().map(String.class::cast).distinct().toList()
        : List.of((String) value);
  }
}
