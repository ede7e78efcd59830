package org.qstatmesh.probe.drms;

import java.util.ArrayList;
import java.util.List;

/** Counts records that a parser left out and keeps the first few notes; one parse, one thread. */
public final class Problems {
  private static final int KEPT = 10;

  private final List<String> notes = new ArrayList<>();
  private int count;

  /**
   * Notes one record left out: where, and what about it was not understood. Never the value of an
   * attribute.
   */
  public void add(String note) {
    count++;
    if (notes.size() < KEPT) {
      notes.add(note);
    }
  }

  /** How many records were left out. */
  public int count() {
    return count;
  }

  /** The first ten notes. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
