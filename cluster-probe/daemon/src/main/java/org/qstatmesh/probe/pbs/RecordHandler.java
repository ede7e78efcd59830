package org.qstatmesh.probe.pbs;

import java.util.function.Supplier;
import org.qstatmesh.probe.drms.Problems;

/** Takes the records of a listing one after the other. */
@FunctionalInterface
public interface RecordHandler {

  /**
   * Takes one record.
   *
   * @param attributes valid during the call only
   * @throws IllegalArgumentException when it makes no sense; the message names the attribute, never
   *     its value
   */
  void take(Attributes attributes);

  /**
   * Hands a record on; one that makes no sense, when it is read or when it is taken, is counted and
   * left out.
   */
  default void takeOrCount(Supplier<Attributes> record, int number, Problems problems) {
    try {
      take(record.get());
    } catch (IllegalArgumentException e) {
      problems.add("record " + number + ": " + e.getMessage());
    }
  }
}
