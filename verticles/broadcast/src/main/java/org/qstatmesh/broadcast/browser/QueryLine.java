package org.qstatmesh.broadcast.browser;

import java.util.ArrayDeque;

/** One browser's questions. Browsers' event loop. */
final class QueryLine {
  /** A question and where its answer goes. */
  record Asked(String address, String replyAddress, GridQuestion question, long sinceNanos) {}

  private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
  private int atWork;

  int waiting() {
    return waiting.size();
  }

  void add(Asked asked) {
    waiting.add(asked);
  }

  boolean canStart(int mostAtWork) {
    return !waiting.isEmpty() && atWork < mostAtWork;
  }

  Asked start() {
    atWork++;
    return waiting.remove();
  }

  void done() {
    atWork--;
  }

  void clear() {
    waiting.clear();
  }
}
