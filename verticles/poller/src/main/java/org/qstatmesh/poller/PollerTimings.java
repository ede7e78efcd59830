package org.qstatmesh.poller;

import java.time.Duration;

/**
 * The poller's own intervals; those of a cluster are in its configuration.
 *
 * @param alive time between two {@code mesh.poller.alive}
 * @param listen in a mesh of several nodes, others are listened for before the first poll
 * @param firstPollSpread first polls are spread over this, so that fifty tunnels do not open at
 *     once
 * @param retry a failing cluster is tried this often, or at its own interval if that is shorter
 * @param resend a summary that nobody has stored is published again after this
 * @param keepUnstored a summary that nobody has stored is given up after this
 * @param drain a poller that stops waits no longer for the store to name its last summaries
 */
record PollerTimings(
    Duration alive,
    Duration listen,
    Duration firstPollSpread,
    Duration retry,
    Duration resend,
    Duration keepUnstored,
    Duration drain) {

  static final PollerTimings STANDARD =
      new PollerTimings(
          Duration.ofSeconds(2),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(15),
          Duration.ofSeconds(2));
}
