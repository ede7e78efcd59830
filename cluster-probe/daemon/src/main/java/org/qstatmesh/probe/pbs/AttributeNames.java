package org.qstatmesh.probe.pbs;

import java.util.function.Predicate;

/**
 * Which names of attributes are wanted, remembered by their spelling: a record has fifty names, a
 * listing a hundred thousand records, and they are the same fifty. One thread.
 */
public final class AttributeNames {
  private static final int SLOTS = 1 << 10;

  /** Names of later ones, should a listing have as many, are asked for each time. */
  private static final int MOST_REMEMBERED = SLOTS / 2;

  private final Predicate<String> wanted;
  private final String[] names = new String[SLOTS];
  private final boolean[] isWanted = new boolean[SLOTS];
  private int remembered;

  /** Remembers what {@code wanted} says, which must always say the same. */
  public AttributeNames(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  /** The name between {@code from} and {@code to}; null when it is not wanted. */
  public String wanted(String text, int from, int to) {
    int slot = slot(text, from, to);
    while (names[slot] != null) {
      String name = names[slot];
      if (name.length() == to - from && text.startsWith(name, from)) {
        return isWanted[slot] ? name : null;
      }
      slot = (slot + 1) % SLOTS;
    }
    String name = text.substring(from, to);
    boolean yes = wanted.test(name);
    if (remembered < MOST_REMEMBERED) {
      remembered++;
      names[slot] = name;
      isWanted[slot] = yes;
    }
    return yes ? name : null;
  }

  private static int slot(String text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
