package org.qstatmesh.bus;

import java.util.List;

/**
 * How a store stands; repeated every five seconds and at every change.
 *
 * @param node the mesh node it is on
 * @param writing whether what is handed in reaches the disk
 * @param reason why not, for a person: "the disk is full"; null while it does
 * @param sinceEpochMillis since when
 * @param pending summaries that wait for the disk
 * @param alarms what an administrator has to look at, one sentence each; stays until a restart of
 *     the stage, or until it is over
 */
public record StoreState(
    String node,
    boolean writing,
    String reason,
    long sinceEpochMillis,
    int pending,
    List<String> alarms)
    implements MeshMessage {
  /** Copies the list. */
  public StoreState {
    alarms = List.copyOf(alarms);
  }
}
