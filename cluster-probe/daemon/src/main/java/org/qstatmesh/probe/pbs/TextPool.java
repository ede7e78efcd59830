package org.qstatmesh.probe.pbs;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives equal strings of one listing one instance: a hundred thousand jobs have some hundred
 * owners, groups, queues and comments. Lives as long as one parse; holds nothing that the records
 * do not hold.
 */
public final class TextPool {
  private final Map<String, String> seen = new HashMap<>();

  /** The first string equal to this one; null stays null. */
  public String one(String text) {
    if (text == null) {
      return null;
    }
    String known = seen.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
