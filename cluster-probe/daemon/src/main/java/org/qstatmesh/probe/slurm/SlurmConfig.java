package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;
import org.qstatmesh.wire.Visibility;

/**
 * {@code scontrol show config}: {@code ClusterName = capt}, in the order of the alphabet.
 *
 * <p>Visibility: with {@code jobs} in PrivateData ordinary users see only their own. Operators see
 * all of them whatever it says; the text does not tell who asks, and a row that warns too often is
 * better than one that shows one user's jobs as the cluster's.
 */
final class SlurmConfig {
  private static final String VERSION = "SLURM_VERSION";
  private static final String NAME = "ClusterName";
  private static final String PRIVATE = "PrivateData";
  private static final Set<String> READ = Set.of(VERSION, NAME, PRIVATE);

  private SlurmConfig() {}

  /**
   * The facts.
   *
   * @throws UnparsableException also when the text ends before all of them can have come
   */
  static ServerFacts parse(Reader in, Problems problems) throws IOException, UnparsableException {
    Map<String, String> values = new HashMap<>();
    Lines lines = new Lines(in);
    StringBuilder line = new StringBuilder();
    while (lines.appendNext(line)) {
      int equals = line.indexOf("=");
      String key = equals < 0 ? "" : line.substring(0, equals).strip();
      if (READ.contains(key)) {
        values.putIfAbsent(key, line.substring(equals + 1).strip());
      }
      line.setLength(0);
    }
    if (!values.containsKey(NAME) || !values.containsKey(VERSION)) {
      throw new UnparsableException("no " + NAME + " or no " + VERSION + " in the text");
    }
    return new ServerFacts(values.get(VERSION), values.get(NAME), visibility(values.get(PRIVATE)));
  }

  private static Visibility visibility(String hidden) {
    if (hidden == null) {
      return Visibility.UNKNOWN;
    }
    return Arrays.stream(hidden.split(",", -1)).map(String::strip).anyMatch("jobs"::equals)
        ? Visibility.OWN
        : Visibility.ALL;
  }
}
