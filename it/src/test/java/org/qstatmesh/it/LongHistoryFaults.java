package org.qstatmesh.it;

/** {@link HistoryFaultsIT}, each fault for a minute. */
class LongHistoryFaults extends HistoryFaultsIT {
  @Override
  int rows() {
    return 60;
  }
}
