package org.qstatmesh.broadcast.notify;

import java.util.Arrays;
import java.util.Optional;

/** What a receiver can be told. */
public enum HookEvent {
  /** A cluster has not answered for a while. */
  CLUSTER_DOWN("clusterDown"),
  /** A cluster that had not answered for a while answers again. */
  CLUSTER_UP("clusterUp"),
  /** So many cores became free. */
  CORES_FREE("coresFree"),
  /** Nodes went down. */
  NODE_DOWN("nodeDown"),
  /** Jobs of one login started. */
  JOB_STARTED("jobStarted"),
  /** Jobs of one login ended. */
  JOB_FINISHED("jobFinished"),
  /** Nothing happened: the operator tries the hook. */
  TEST("test");

  private final String word;

  HookEvent(String word) {
    this.word = word;
  }

  /** As conf/ and messages write it. */
  public String word() {
    return word;
  }

  /** The event of that word. */
  public static Optional<HookEvent> of(String word) {
    return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
  }
}
