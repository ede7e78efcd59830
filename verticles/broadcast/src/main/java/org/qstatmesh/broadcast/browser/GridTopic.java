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
  private long number;

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
      socket.push(newest(nowEpochMillis));
    }
  }

  /** The newest frame, told with about the time of now; null before the first. */
  Frame newest(long nowEpochMillis) {
    if (newest != null && nowEpochMillis - newest.madeAtEpochMillis() > FRESH_MILLIS) {
      newest = newest.at(nowEpochMillis);
    }
    return newest;
  }

  /** Which update the newest frame is. */
  long number() {
    return number;
  }

  void remove(GridSocket socket) {
    listeners.remove(socket);
  }

  /** Takes an update; {@code update} is its number, another one for each. */
  void push(Frame frame, long update) {
    newest = frame;
    number = update;
    // A socket found broken while writing leaves the set.
    List.copyOf(listeners).forEach(socket -> socket.push(frame));
  }
}
