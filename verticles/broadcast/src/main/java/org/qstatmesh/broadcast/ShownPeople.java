package org.qstatmesh.broadcast;

import java.util.List;
import org.qstatmesh.bus.People;

/**
 * Who is who, as the page is told: a lab's groups and accounts are not for it, because the poller
 * has counted by them.
 *
 * @param persons with their logins by cluster
 * @param labs ids as in {@code usage.lab} of a row
 */
record ShownPeople(List<People.Person> persons, List<Lab> labs) {

  /** What a lab is called. */
  record Lab(String id, String title) {}

  /** Null when nobody is configured. */
  static ShownPeople of(People people) {
    return people.isEmpty()
        ? null
        : new ShownPeople(
            people.persons(),
            people.labs().stream().map(lab -> new Lab(lab.id(), lab.title())).toList());
  }
}
