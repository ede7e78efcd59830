package org.qstatmesh.poller;

import java.util.List;

/** Which threads there are. */
final class Threads {
  private Threads() {}

  static List<String> named(String start) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(start))
        .toList();
  }
}
