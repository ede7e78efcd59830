package org.qstatmesh.it.power;

/** {@link StoreKillIT}, for longer. */
class LongStoreKills extends StoreKillIT {
  @Override
  int rounds() {
    return 200;
  }
}
