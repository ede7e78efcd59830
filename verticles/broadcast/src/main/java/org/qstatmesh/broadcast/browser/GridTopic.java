package org.qstatmesh.broadcast.browser;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An address that browsers register for: its newest frame and who listens. Browsers' event loop.
 */
final class GridTopic {
  /** A newest frame older than this is told anew, with the time of now, to who registers. */
  private static final long FRESH_MILLIS = 1_000;

  private final String address;
  private final Set<GridSocket> listeners = new LinkedHashSet<>();
  private Frame newest;

  GridTopic(String address) {
    this.address = address;
  }

  String address() {
    return address;
  }

  /** Adds a listener and gives it the newest frame. */
  void add(GridSocket socket, long nowEpochMillis) {
    listeners.add(socket);
    if (newest != null) {
      if (nowEpochMillis - newest.madeAtEpochMillis() > FRESH_MILLIS) {
        newest = newest.at(nowEpochMillis);
      }
      socket.push(newest);
    }
  }

  void remove(GridSocket socket) {
    listeners.remove(socket);
  }

  void push(Frame frame) {
    newest = frame;
    // A socket found broken while writing leaves the set.
    List.copyOf(listeners).forEach(socket -> socket.push(frame));
  }
}
