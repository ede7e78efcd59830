package org.qstatmesh.probe.collect;

/**
 * What changes when a picture is tens of megabytes: how many of them are in memory at a time
 * decides how much of the login node the probe takes. Any thread.
 */
public final class LargePicture {
  /** That of some thirty thousand jobs; the collector would find room for less by itself. */
  private static final long LARGE_BYTES = 8L << 20;

  private LargePicture() {}

  /** Whether so many bytes are worth {@link #makeRoom()}. */
  public static boolean isLarge(long bytes) {
    return bytes >= LARGE_BYTES;
  }

  /**
   * Frees what earlier pictures and the replies made of them still hold. Nothing else would before
   * the heap is full, and replies outside the heap do not fill it. It takes some ten milliseconds,
   * since what is kept are a few large arrays.
   */
  public static void makeRoom() {
    System.gc();
  }
}
