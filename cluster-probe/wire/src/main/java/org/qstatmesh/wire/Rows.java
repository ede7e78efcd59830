package org.qstatmesh.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one array that could be read.
 *
 * @param rows the good ones; null when the array is null, or when it has records and none of them
 *     is good
 * @param problems how many were left out
 * @param firstProblem what was wrong with the first of these; null when none was left out
 */
record Rows<T>(List<T> rows, int problems, String firstProblem) {

  /** An array that is not there. */
  static <T> Rows<T> absent() {
    return new Rows<>(null, 0, null);
  }

  static <T> Rows<T> read(FieldReader in, int most, String things, FieldReader.Row<T> row)
      throws IOException, WireException {
    if (in.isNull() || !in.startsArray()) {
      return absent();
    }
    List<T> rows = new ArrayList<>();
    int problems = 0;
    String firstProblem = null;
    while (in.nextElement()) {
      if (rows.size() + problems == most) {
        throw in.tooMany(most, things);
      }
      T record = row.read(in);
      String problem = in.takeProblem();
      if (problem == null) {
        rows.add(record);
      } else {
        problems++;
        firstProblem = firstProblem == null ? problem : firstProblem;
      }
    }
    return new Rows<>(rows.isEmpty() && problems > 0 ? null : rows, problems, firstProblem);
  }

  /** Whether records came and not one was good: an empty list would say that there are none. */
  boolean allBad() {
    return rows == null && problems > 0;
  }
}
