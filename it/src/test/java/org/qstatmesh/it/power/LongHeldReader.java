package org.qstatmesh.it.power;

import java.time.Duration;

/** {@link HeldReaderIT}, for longer. */
class LongHeldReader extends HeldReaderIT {
  @Override
  Duration held() {
    return Duration.ofMinutes(10);
  }
}
