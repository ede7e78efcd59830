package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many do something at once, in the order in which they came. Event loop only. */
final class Turns {
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int free;

  Turns(int atOnce) {
    this.free = atOnce;
  }

  /** Completes when it is the caller's turn, who must give it back. */
  Future<Void> take() {
    if (free > 0) {
      free--;
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    waiting.addLast(turn);
    return turn.future();
  }

  void giveBack() {
    Promise<Void> next = waiting.pollFirst();
    if (next == null) {
      free++;
    } else {
      next.complete();
    }
  }
}
