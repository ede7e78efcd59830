package org.qstatmesh.it.nodes;

/** {@link RestartNodesIT}, ten times each. */
class LongRestartNodes extends RestartNodesIT {
  @Override
  int rounds() {
    return 10;
  }
}
