package org.qstatmesh.mesh.config;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A conf directory: reads, checks and merges all its *.json. */
public final class ConfDirectory {
  private final Vertx vertx;
  private final Path directory;
  private final ConfFiles files;
  private final ConfSchema schema = new ConfSchema();

  /** The directory need not exist yet. */
  public ConfDirectory(Vertx vertx, Path directory) {
    this.vertx = vertx;
    this.directory = directory;
    this.files = new ConfFiles(vertx, directory);
  }

  /** File name to text, for telling whether anything changed. */
  public Future<Map<String, String>> texts() {
    return files.read();
  }

  /** The configuration; fails with {@link ConfException} that holds every problem of every file. */
  public Future<MeshConfig> load() {
    return texts().compose(this::understand);
  }

  /**
   * Checks and merges texts taken earlier by {@link #texts()}; fails as {@link #load} does. One
   * call at a time; on a worker, because ten thousand persons take half a second of a processor.
   */
  public Future<MeshConfig> understand(Map<String, String> texts) {
    return vertx.executeBlocking(() -> understood(texts), false);
  }

  private MeshConfig understood(Map<String, String> texts) throws ConfException {
    List<ConfProblem> problems = new ArrayList<>();
    Map<String, JsonObject> usable = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          String file = directory.resolve(name).toString();
          try {
            ConfSchema.Checked checked = schema.check(file, StrictJson.parse(file, text));
            problems.addAll(checked.problems());
            usable.put(file, checked.usable());
          } catch (ConfException e) {
            problems.addAll(e.problems());
          }
        });
    MeshConfig config =
        new ConfMerge(directory, problems, usable.size() == texts.size()).merge(usable);
    if (!problems.isEmpty()) {
      throw new ConfException(problems);
    }
    return config;
  }
}
