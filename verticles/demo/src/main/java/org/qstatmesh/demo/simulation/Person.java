package org.qstatmesh.demo.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Somebody with a login, the same one on every cluster they are on.
 *
 * @param login name
 * @param group their research group
 * @param account what their jobs are charged to; null when they name none
 */
public record Person(String login, String group, String account) {
  private static final List<Person> EVERYBODY =
      List.of(
          new Person("kmeier", "chem", "chem-2026a"),
          new Person("adubois", "chem", "chem-2026a"),
          new Person("tlindqvist", "chem", "chem-catalysis"),
          new Person("pnowak", "chem", null),
          new Person("schen", "matsci", "matsci-core"),
          new Person("mrossi", "matsci", "matsci-core"),
          new Person("jgarcia", "matsci", "perovskites"),
          new Person("hyamada", "bio", "bio-seq"),
          new Person("okovacs", "bio", "bio-seq"),
          new Person("lfischer", "bio", "protein-design"),
          new Person("ntran", "bio", null),
          new Person("rpatel", "astro", "astro-nbody"),
          new Person("ebrandt", "astro", "astro-nbody"),
          new Person("vpetrov", "astro", "astro-survey"),
          new Person("dokafor", "climate", "climate-ens"),
          new Person("smueller", "climate", "climate-ens"),
          new Person("fhaddad", "climate", "climate-ens"),
          new Person("ajansen", "fluids", "fluids-les"),
          new Person("bkaya", "fluids", "fluids-les"),
          new Person("wzielinska", "fluids", null),
          new Person("iodonnell", "ml", "ml-group"),
          new Person("ctanaka", "ml", "ml-group"),
          new Person("gsilva", "ml", "ml-group"),
          new Person("nlarsen", "geo", "geo-inverse"),
          new Person("yabebe", "geo", "geo-inverse"),
          new Person("zhorvath", "geo", null));

  /** Titles by id; the geologists have none, so that one sees what that is like. */
  private static final Map<String, String> LABS =
      Map.of(
          "chem", "Chemistry",
          "matsci", "Materials",
          "bio", "Biology",
          "astro", "Astronomy",
          "climate", "Climate",
          "fluids", "Fluid dynamics",
          "ml", "Machine learning");

  /** Id of their lab, or null. */
  public String lab() {
    return LABS.containsKey(group) ? group : null;
  }

  /** What the page calls them. */
  public String title() {
    String name = login.substring(0, 1) + ". " + login.substring(1, 2);
    return name.toUpperCase(Locale.ROOT) + login.substring(2);
  }

  /** Titles of all labs by id. */
  public static Map<String, String> labs() {
    return LABS;
  }

  /** All of them. */
  public static List<Person> everybody() {
    return EVERYBODY;
  }
}
