package org.qstatmesh.probe.doctor;

/** So many of something, in words. */
final class Counted {
  private Counted() {}

  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
