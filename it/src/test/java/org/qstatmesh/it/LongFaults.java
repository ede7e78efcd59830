package org.qstatmesh.it;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FaultsIT}, and the faults of everyday again and again over one mesh. */
class LongFaults extends FaultsIT {

  static Stream<Fault> faults() {
    return IntStream.range(0, LongForm.rounds())
        .boxed()
        .flatMap(number -> Stream.of(Fault.SSHD_STOPPED, Fault.PROBE_KILLED));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyTime(Fault fault) throws Exception {
    aFaultIsNamedAndHeals(fault);
  }
}
