package org.qstatmesh.it.power;

/** {@link PowerCutIT}, for longer. */
class LongPowerCuts extends PowerCutIT {
  @Override
  int rounds() {
    return 20;
  }
}
