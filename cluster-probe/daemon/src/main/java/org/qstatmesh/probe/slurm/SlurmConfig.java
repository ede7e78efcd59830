package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
  private static final String RESOURCES = "GresTypes";
  private static final Set<String> READ = Set.of(VERSION, NAME, PRIVATE, RESOURCES);

  /** {@code Configuration data as of TIME}. */
  private static final String HEADING = "Configuration data as of ";

  private final Map<String, String> values = new HashMap<>();
  private boolean marked;

  private SlurmConfig() {}

  /**
   * Reads the text.
   *
   * @throws UnparsableException also when the text ends before all of the facts can have come
   */
  static SlurmConfig parse(Reader in, Mark mark) throws IOException, UnparsableException {
    SlurmConfig config = new SlurmConfig();
    Lines lines = new Lines(in);
    StringBuilder line = new StringBuilder();
    while (lines.appendNext(line)) {
      config.take(line.toString(), mark);
      line.setLength(0);
    }
    if (!config.values.containsKey(NAME) || !config.values.containsKey(VERSION)) {
      throw new UnparsableException("no " + NAME + " or no " + VERSION + " in the text");
    }
    return config;
  }

  private void take(String line, Mark mark) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals).strip();
    if (READ.contains(key)) {
      values.putIfAbsent(key, line.substring(equals + 1).strip());
    } else if (line.startsWith(HEADING)) {
      marked |= mark.ends(line, 0, line.length());
    }
  }

  ServerFacts facts() {
    return new ServerFacts(values.get(VERSION), values.get(NAME), visibility(values.get(PRIVATE)));
  }

  SlurmSite site() {
    String types = values.getOrDefault(RESOURCES, "");
    return new SlurmSite(marked, Arrays.asList(types.split(",")).contains("gpu"));
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
