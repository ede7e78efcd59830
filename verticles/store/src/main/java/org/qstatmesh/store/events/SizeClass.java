package org.qstatmesh.store.events;

import java.util.List;

/**
 * Jobs of about one size, by the cores of one task.
 *
 * @param minSlots smallest
 * @param maxSlots largest; null: no limit
 */
public record SizeClass(int minSlots, Integer maxSlots) {
  /** Any size, also one that is not known. */
  public static final SizeClass ANY = new SizeClass(0, null);

  /** By size. Their places are stored: what is added stands behind these. */
  public static final List<SizeClass> CLASSES =
      List.of(
          new SizeClass(1, 1),
          new SizeClass(2, 8),
          new SizeClass(9, 32),
          new SizeClass(33, 128),
          new SizeClass(129, 512),
          new SizeClass(513, null));

  /** Stands for a size that is not known. */
  static final int NONE = 6;

  /** The place in {@link #CLASSES} of a job; {@link #NONE} when its size is not known. */
  static int codeOf(int slots) {
    for (int code = 0; code < CLASSES.size(); code++) {
      Integer most = CLASSES.get(code).maxSlots();
      if (slots >= CLASSES.get(code).minSlots() && (most == null || slots <= most)) {
        return code;
      }
    }
    return NONE;
  }
}
