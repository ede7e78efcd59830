package org.qstatmesh.bus;

import java.time.Duration;
import java.util.Set;

/**
 * One cluster as configured in conf/.
 *
 * @param cluster id, {@code [a-z0-9][a-z0-9-]{0,39}}
 * @param title what the page calls it
 * @param order place on the page, from 0
 * @param probe where the probe listens, as seen from the login node (or from here without ssh), or
 *     the command that starts it there
 * @param pollInterval time between two polls
 * @param pollDeadline longest wait for a reply
 * @param maxReplyBytes longest reply accepted
 * @param ssh the way there; null is direct TCP
 * @param curve keys for a probe at an address that asks for them; null for none
 * @param pollers labels; a poller that has one of them may poll this cluster. Empty: any may
 */
public record ClusterConfig(
    String cluster,
    String title,
    int order,
    ProbeAccess probe,
    Duration pollInterval,
    Duration pollDeadline,
    int maxReplyBytes,
    SshConfig ssh,
    CurveConfig curve,
    Set<String> pollers) {

  /** Copies the labels. */
  public ClusterConfig {
    pollers = Set.copyOf(pollers);
  }

  /** A cluster that any poller may poll, with a probe that asks for no keys. */
  public ClusterConfig(
      String cluster,
      String title,
      int order,
      ProbeAccess probe,
      Duration pollInterval,
      Duration pollDeadline,
      int maxReplyBytes,
      SshConfig ssh) {
    this(
        cluster,
        title,
        order,
        probe,
        pollInterval,
        pollDeadline,
        maxReplyBytes,
        ssh,
        null,
        Set.of());
  }
}
