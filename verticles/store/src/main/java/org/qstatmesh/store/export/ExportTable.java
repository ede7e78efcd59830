package org.qstatmesh.store.export;

import java.io.IOException;

/**
 * A table that is written line by line: time, cluster, dimension, key, measure, value, and of steps
 * the least and the most. One thread.
 */
interface ExportTable {
  /** What stands before the first line. */
  void begin() throws IOException;

  /** The texts of the lines that follow, until others are told. */
  void series(String cluster, String dimension, String key, String measure);

  /** A line of a sample. */
  void line(String time, String value) throws IOException;

  /** A line of a step. */
  void line(String time, String mean, long min, long max) throws IOException;

  /** What stands behind the last line. */
  void end() throws IOException;
}
