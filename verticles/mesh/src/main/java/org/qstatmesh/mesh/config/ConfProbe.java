package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.qstatmesh.bus.CurveConfig;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.poller.CurveKeyFile;

/** How a cluster's probe is reached, by one entry of {@code clusters}; notes what cannot be. */
final class ConfProbe {
  private final Path directory;
  private final List<ConfProblem> problems;
  private final String file;
  private final String pointer;
  private final JsonObject cluster;

  /**
   * @param cluster the entry, as far as the schema has accepted it
   */
  ConfProbe(
      Path directory, List<ConfProblem> problems, String file, String pointer, JsonObject cluster) {
    this.directory = directory;
    this.problems = problems;
    this.file = file;
    this.pointer = pointer;
    this.cluster = cluster;
  }

  private boolean isStdio() {
    return ProbeCommand.CONFIGURED_AS.equals(cluster.getString("probe"));
  }

  ProbeAccess access() {
    String words = cluster.getString("probeCommand");
    if (isStdio()) {
      if (cluster.containsKey("ssh") && cluster.getValue("ssh") == null) {
        problem("/probe", "stdio needs \"ssh\": the probe is started through it");
      }
      return words == null ? ProbeCommand.STANDARD : new ProbeCommand(words);
    }
    if (words != null) {
      problem("/probeCommand", "is only for \"probe\": \"stdio\"");
    }
    return ProbeAddress.parse(cluster.getString("probe", "tcp://127.0.0.1:7621"));
  }

  /** Null for none. */
  CurveConfig curve(String id) {
    JsonObject curve = cluster.getJsonObject("curve");
    if (curve == null) {
      return null;
    }
    if (isStdio()) {
      problem("/curve", "is for a probe that listens; over stdio nobody else can reach it");
      return null;
    }
    String serverKey = curve.getString("serverKey", "");
    if (!serverKey.isEmpty()) {
      CurveKeyFile.problem(serverKey).ifPresent(text -> problem("/curve/serverKey", text));
    }
    Path keyFile =
        directory.resolve(curve.getString("keyFile", "keys/" + id + ".curve")).normalize();
    CurveKeyFile.problem(keyFile).ifPresent(text -> problem("/curve/keyFile", text));
    return new CurveConfig(serverKey, keyFile);
  }

  private void problem(String below, String message) {
    problems.add(new ConfProblem(file, pointer + below, message));
  }
}
