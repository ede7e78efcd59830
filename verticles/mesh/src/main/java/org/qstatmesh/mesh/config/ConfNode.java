package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who this node is among others, by {@code node}; notes what cannot be. */
final class ConfNode {
  private static final NodeConfig USUAL = NodeConfig.ALONE;

  private final Path directory;
  private final List<ConfProblem> problems;
  private final Map<String, String> saidIn;

  /**
   * @param saidIn the file of each key that was said, by its pointer
   */
  ConfNode(Path directory, List<ConfProblem> problems, Map<String, String> saidIn) {
    this.directory = directory;
    this.problems = problems;
    this.saidIn = saidIn;
  }

  /** What was said, as far as the schema has accepted it, and the defaults for the rest. */
  NodeConfig understand(JsonObject node) {
    return new NodeConfig(
        node.getString("name"),
        words(node.getJsonArray("labels")),
        node.getString("host", USUAL.host()),
        node.getInteger("memberPort", USUAL.memberPort()),
        node.getInteger("busPort", USUAL.busPort()),
        words(node.getJsonArray("members")),
        node.getString("group", USUAL.group()),
        tls(node.getJsonObject("tls")));
  }

  private static List<String> words(JsonArray said) {
    return said == null ? List.of() : said.stream().map(String.class::cast).toList();
  }

  private NodeConfig.Tls tls(JsonObject tls) {
    if (tls == null) {
      return null;
    }
    Path key = directory.resolve(tls.getString("keyFile", "keys/node.key")).normalize();
    SecretFile.problem(key).ifPresent(text -> problem("/keyFile", text));
    return new NodeConfig.Tls(
        key,
        readable("/certificateFile", tls.getString("certificateFile", "keys/node.crt")),
        readable("/authorityFile", tls.getString("authorityFile", "keys/mesh-ca.crt")));
  }

  private Path readable(String key, String name) {
    Path file = directory.resolve(name).normalize();
    ReadableFile.problem(file).ifPresent(text -> problem(key, text));
    return file;
  }

  private void problem(String key, String text) {
    problems.add(new ConfProblem(saidIn.get("/node/tls"), "/node/tls" + key, text));
  }
}
