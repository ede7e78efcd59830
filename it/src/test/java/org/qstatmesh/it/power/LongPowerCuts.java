package org.qstatmesh.it.power;

/** {@link PowerCutForm}, for longer. */
class LongPowerCuts extends PowerCutForm {
  @Override
  int rounds() {
    return 20;
  }
}
