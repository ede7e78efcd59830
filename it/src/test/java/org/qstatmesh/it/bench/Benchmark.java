package org.qstatmesh.it.bench;

import java.nio.file.Path;

/** Something that is measured. */
interface Benchmark {
  /** One line: what is measured, and how. */
  String explanation();

  /** Measures; whatever it starts has ended when it returns. {@code directory} is its own. */
  void run(Path directory, Figures figures) throws Exception;
}
