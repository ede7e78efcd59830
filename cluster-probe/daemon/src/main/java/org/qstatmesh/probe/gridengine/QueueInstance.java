package org.qstatmesh.probe.gridengine;

/**
 * A queue on a host, {@code all.q@n001.cluster.example}.
 *
 * @param queue name of the cluster queue
 * @param host name of the host
 */
record QueueInstance(String queue, String host) {

  /**
   * Reads the name of one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static QueueInstance parse(String name) {
    int at = name.indexOf('@');
    if (at < 1 || at == name.length() - 1) {
      throw new IllegalArgumentException("the queue instance has no queue or no host");
    }
    return new QueueInstance(name.substring(0, at), name.substring(at + 1));
  }
}
