package org.qstatmesh.broadcast.notify;

import java.time.Duration;
import java.util.List;

/**
 * How long a receiver is waited for, and how often it is tried.
 *
 * @param deadline of one try, from the look-up of the name to the status of the answer
 * @param pauses before the second try and those after it; one fewer than there are tries
 */
public record HookTimings(Duration deadline, List<Duration> pauses) {
  /** Three tries within 40 s. */
  public static final HookTimings USUAL =
      new HookTimings(
          Duration.ofSeconds(10), List.of(Duration.ofSeconds(2), Duration.ofSeconds(8)));

  /** One try, for a person who waits. */
  public static final HookTimings ONCE = new HookTimings(USUAL.deadline(), List.of());

  /** Copies the list. */
  public HookTimings {
    pauses = List.copyOf(pauses);
  }
}
