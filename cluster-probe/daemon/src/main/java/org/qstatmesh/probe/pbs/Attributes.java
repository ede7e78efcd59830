package org.qstatmesh.probe.pbs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attributes of one record, in the order listed, resources as {@code Resource_List.walltime}.
 * Reused from record to record; one thread.
 *
 * <p>The readers keep only what they are told to keep, so that environment and paths never get this
 * far.
 */
public final class Attributes {
  /**
   * Longest text handed on; a wait reason or a name is never that long, and the wire caps strings.
   */
  static final int LONGEST_TEXT = 4_096;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Forgets the last record. */
  public void clear() {
    values.clear();
  }

  /**
   * Keeps an attribute; of two with one name the first counts, since the scheduler writes each
   * once.
   */
  public void put(String name, String value) {
    values.putIfAbsent(name, value);
  }

  /** All of them. */
  public Map<String, String> all() {
    return values;
  }

  /** Whether it was listed at all. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The whole value; null when absent. For lists of nodes, which may be long. */
  public String whole(String name) {
    return values.get(name);
  }

  /** The value, cut at 4,096 characters; null when absent or empty. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT);
  }

  /**
   * A count that must be right.
   *
   * @return null when absent
   * @throws IllegalArgumentException when it is no number
   */
  public Integer count(String name) {
    String value = text(name);
    return value == null ? null : Integer.valueOf(Numbers.parseCount(value, name));
  }

  /** Seconds of a duration; null when absent or none. */
  public Long seconds(String name) {
    return Durations.parseSeconds(text(name));
  }

  /** Bytes; null when absent or no size. */
  public Long bytes(String name) {
    return Sizes.parseBytes(text(name));
  }

  /** Seconds since the epoch; null when absent or no time. */
  public Long epochSeconds(String name) {
    return Times.parseEpochSeconds(text(name));
  }

  /** A number that may be negative, such as a priority; null when absent or none. */
  public Long signed(String name) {
    String value = text(name);
    if (value == null || !value.startsWith("-")) {
      return Numbers.parseLong(value);
    }
    Long magnitude = Numbers.parseLong(value.substring(1));
    return magnitude == null ? null : Long.valueOf(-magnitude);
  }

  /** {@code True} or {@code False} as PBS prints them; null when absent or neither. */
  public Boolean flag(String name) {
    String value = text(name);
    if ("True".equalsIgnoreCase(value)) {
      return Boolean.TRUE;
    }
    return "False".equalsIgnoreCase(value) ? Boolean.FALSE : null;
  }
}
