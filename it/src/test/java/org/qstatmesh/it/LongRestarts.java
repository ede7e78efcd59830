package org.qstatmesh.it;

import com.microsoft.playwright.BrowserContext;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link RestartIT} again and again over one mesh. */
class LongRestarts extends RestartIT {

  static Stream<String> stages() {
    List<String> round = List.of("broadcast", "store", "tunnel", "poller");
    return IntStream.range(0, LongForm.rounds()).boxed().flatMap(number -> round.stream());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyTime(String stage, BrowserContext browser) throws Exception {
    theOthersGoOnAndTheRowsAreRightAgain(stage, browser);
  }
}
