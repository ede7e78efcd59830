package org.qstatmesh.probe.torque;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where an element stands within its record, {@code Resource_List.walltime}, and whether that is
 * wanted. The same few paths come again in every record, so each is made once. One thread.
 */
final class ElementPath {
  /** A server has some dozen resources; what goes beyond this is made anew each time. */
  private static final int MOST_CHILDREN = 1_000;

  private static final int MOST_DEPTH = 8;

  private final String name;
  private final boolean wanted;
  private final int depth;
  private final Predicate<String> wants;
  private final Map<String, ElementPath> children = new HashMap<>();

  private ElementPath(String name, boolean wanted, int depth, Predicate<String> wants) {
    this.name = name;
    this.wanted = wanted;
    this.depth = depth;
    this.wants = wants;
  }

  /** The record itself. */
  static ElementPath root(Predicate<String> wants) {
    return new ElementPath("", false, 0, wants);
  }

  /** An element within this one. */
  ElementPath child(String element) {
    ElementPath known = children.get(element);
    if (known != null) {
      return known;
    }
    String path = name.isEmpty() ? element : name + '.' + element;
    ElementPath made = new ElementPath(path, wants.test(path), depth + 1, wants);
    if (children.size() < MOST_CHILDREN && depth < MOST_DEPTH) {
      children.put(element, made);
    }
    return made;
  }

  String name() {
    return name;
  }

  boolean wanted() {
    return wanted;
  }
}
