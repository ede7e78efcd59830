package org.qstatmesh.mesh.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the text of every conf/*.json: one store of Vert.x Config a file, not yet understood. */
final class ConfFiles {
  private final Vertx vertx;
  private final Path directory;

  ConfFiles(Vertx vertx, Path directory) {
    this.vertx = vertx;
    this.directory = directory;
  }

  /**
   * File name to text, sorted by name; fails with {@link ConfException} when the directory cannot
   * be read.
   */
  Future<Map<String, String>> read() {
    return vertx
        .fileSystem()
        .readDir(directory.toString(), "[^.].*\\.json")
        .recover(cause -> Future.failedFuture(unreadable(cause)))
        .compose(this::retrieve);
  }

  private Future<Map<String, String>> retrieve(List<String> paths) {
    ConfigRetrieverOptions options = new ConfigRetrieverOptions().setScanPeriod(-1);
    paths.stream().sorted().map(ConfFiles::rawStore).forEach(options::addStore);
    ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
    return retriever
        .getConfig()
        .map(ConfFiles::texts)
        .recover(cause -> Future.failedFuture(unreadable(cause)))
        .eventually(retriever::close);
  }

  /** Raw, because the JSON format of Vert.x Config lets a duplicate key win silently. */
  private static ConfigStoreOptions rawStore(String path) {
    return new ConfigStoreOptions()
        .setType("file")
        .setFormat("raw")
        .setConfig(
            new JsonObject()
                .put("path", path)
                .put("raw.key", Path.of(path).getFileName().toString())
                .put("raw.type", "string"));
  }

  private static Map<String, String> texts(JsonObject raw) {
    Map<String, String> texts = new TreeMap<>();
    raw.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
    return texts;
  }

  private ConfException unreadable(Throwable cause) {
    return new ConfException(
        List.of(
            new ConfProblem(directory.toString(), "", "cannot be read: " + cause.getMessage())));
  }
}
