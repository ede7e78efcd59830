package org.qstatmesh.it.nodes;

import java.time.Duration;

/** {@link PartitionIT}, for a minute. */
class LongPartition extends PartitionIT {
  @Override
  Duration cut() {
    return Duration.ofSeconds(60);
  }
}
