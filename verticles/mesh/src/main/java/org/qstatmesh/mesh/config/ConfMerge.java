package org.qstatmesh.mesh.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.SshConfig;

/**
 * Merges what the schema has accepted of the files, and checks what a schema cannot: two files that
 * say the same, key files, the place of the history, who is who.
 */
final class ConfMerge {
  private static final JsonObject NOTHING = new JsonObject();

  private final Path directory;
  private final List<ConfProblem> problems;
  private final boolean whole;

  /** Where each key was said first. */
  private final Map<String, String> saidIn = new HashMap<>();

  /**
   * @param whole whether every file could be read: if not, a cluster that is missing may be in it
   */
  ConfMerge(Path directory, List<ConfProblem> problems, boolean whole) {
    this.directory = directory;
    this.problems = problems;
    this.whole = whole;
  }

  MeshConfig merge(Map<String, JsonObject> files) {
    JsonObject web = new JsonObject();
    JsonObject ops = new JsonObject();
    JsonObject store = new JsonObject();
    JsonObject poll = new JsonObject();
    JsonObject node = new JsonObject();
    files.forEach(
        (file, content) -> {
          take(file, "web", content, web);
          take(file, "ops", content, ops);
          take(file, "store", content, store);
          take(file, "poll", content, poll);
          take(file, "node", content, node);
        });
    List<ClusterConfig> clusters = clusters(files, poll);
    return new MeshConfig(
        new ConfNode(directory, problems, saidIn).understand(node),
        web(web),
        new MeshConfig.Ops(ops.getString("host", "127.0.0.1"), ops.getInteger("port", 7622)),
        new ConfStore(directory, problems, saidIn).understand(store),
        clusters,
        hooks(files, clusters),
        people(files, clusters));
  }

  private void take(String file, String part, JsonObject content, JsonObject into) {
    for (Map.Entry<String, Object> entry : content.getJsonObject(part, NOTHING)) {
      if (isFirst(file, "/" + part + "/" + entry.getKey())) {
        into.put(entry.getKey(), entry.getValue());
      }
    }
  }

  private boolean isFirst(String file, String pointer) {
    String other = saidIn.putIfAbsent(pointer, file);
    if (other != null) {
      problems.add(new ConfProblem(file, pointer, "is already in " + other + "; say it once"));
    }
    return other == null;
  }

  private MeshConfig.Web web(JsonObject web) {
    String host = web.getString("host", "127.0.0.1");
    boolean open = web.getBoolean("public", false);
    if (!open && !Loopback.isLoopback(host)) {
      problems.add(
          new ConfProblem(
              saidIn.get("/web/host"),
              "/web/host",
              host
                  + " is reachable by others, who would see who runs what: set web.public to true if that is meant"));
    }
    return new MeshConfig.Web(
        host,
        web.getInteger("port", 8080),
        open,
        web.getString("title", "Clusters"),
        strings(web, "origins"),
        strings(web, "embedders"));
  }

  private static List<String> strings(JsonObject within, String key) {
    return within.getJsonArray(key, new JsonArray()).stream().map(String.class::cast).toList();
  }

  private List<ClusterConfig> clusters(Map<String, JsonObject> files, JsonObject poll) {
    List<ClusterConfig> clusters = new ArrayList<>();
    forEach(
        files,
        "clusters",
        (file, pointer, id, cluster) ->
            clusters.add(cluster(file, pointer, id, clusters.size(), cluster, poll)));
    return clusters;
  }

  private People people(Map<String, JsonObject> files, List<ClusterConfig> clusters) {
    Set<String> known = new LinkedHashSet<>();
    clusters.forEach(cluster -> known.add(cluster.cluster()));
    ConfPeople people = new ConfPeople(problems, whole ? known : null);
    forEach(files, "people", people::person);
    forEach(files, "labs", people::lab);
    return people.people();
  }

  /** Takes what one file says under one id. */
  private interface Entry {
    void take(String file, String pointer, String id, JsonObject content);
  }

  /** Hands over each entry of a part that is an object keyed by id, if it was not said before. */
  private void forEach(Map<String, JsonObject> files, String part, Entry entries) {
    files.forEach(
        (file, content) -> {
          for (Map.Entry<String, Object> entry : content.getJsonObject(part, NOTHING)) {
            String pointer = "/" + part + "/" + entry.getKey();
            if (isFirst(file, pointer)) {
              entries.take(file, pointer, entry.getKey(), (JsonObject) entry.getValue());
            }
          }
        });
  }

  private List<HookConfig> hooks(Map<String, JsonObject> files, List<ClusterConfig> clusters) {
    Set<String> ids = clusters.stream().map(ClusterConfig::cluster).collect(Collectors.toSet());
    List<HookConfig> hooks = new ArrayList<>();
    files.forEach(
        (file, content) -> {
          JsonObject notify = content.getJsonObject("notify", NOTHING);
          for (Map.Entry<String, Object> entry : notify.getJsonObject("hooks", NOTHING)) {
            String pointer = "/notify/hooks/" + entry.getKey();
            if (isFirst(file, pointer)) {
              new ConfHook(directory, problems, file, pointer, ids)
                  .understand(entry.getKey(), (JsonObject) entry.getValue())
                  .ifPresent(hooks::add);
            }
          }
        });
    return hooks;
  }

  private ClusterConfig cluster(
      String file, String pointer, String id, int order, JsonObject cluster, JsonObject poll) {
    JsonObject asked = poll.copy().mergeIn(cluster.getJsonObject("poll", NOTHING));
    ConfProbe probe = new ConfProbe(directory, problems, file, pointer, cluster);
    return new ClusterConfig(
        id,
        cluster.getString("title", id),
        order,
        probe.access(),
        Duration.ofSeconds(asked.getInteger("intervalSeconds", 30)),
        Duration.ofSeconds(asked.getInteger("deadlineSeconds", 10)),
        asked.getInteger("maxReplyBytes", 64 << 20),
        ssh(file, pointer + "/ssh", id, cluster.getJsonObject("ssh")),
        probe.curve(id),
        pollers(cluster.getJsonArray("pollers")));
  }

  private static Set<String> pollers(JsonArray labels) {
    return labels == null
        ? Set.of()
        : labels.stream().map(String.class::cast).collect(Collectors.toSet());
  }

  private SshConfig ssh(String file, String pointer, String id, JsonObject ssh) {
    if (ssh == null) {
      return null;
    }
    String passphrase = ssh.getString("passphraseFile");
    return new SshConfig(
        ssh.getString("host"),
        ssh.getInteger("port", 22),
        ssh.getString("user"),
        readable(file, pointer + "/identityFile", ssh.getString("identityFile", "keys/" + id)),
        passphrase == null ? null : readable(file, pointer + "/passphraseFile", passphrase),
        directory.resolve(ssh.getString("knownHostsFile", "known_hosts")).normalize(),
        ssh(file, pointer + "/proxyJump", id, ssh.getJsonObject("proxyJump")));
  }

  private Path readable(String file, String pointer, String name) {
    Path path = directory.resolve(name).normalize();
    ReadableFile.problem(path)
        .ifPresent(text -> problems.add(new ConfProblem(file, pointer, text)));
    return path;
  }
}
