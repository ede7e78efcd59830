package org.qstatmesh.it.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conf directory: an interval of one second, and ports of its own that stay, so that an open page
 * finds a mesh that was started again. Each cluster is a file.
 */
public final class MeshConf {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  private MeshConf(Path directory) {
    this.directory = directory;
  }

  /** Writes mesh.json; probes have {@code deadlineSeconds} to answer. */
  public static MeshConf in(Path directory, int deadlineSeconds) throws IOException {
    Files.createDirectories(directory);
    MeshConf conf = new MeshConf(directory);
    ObjectNode mesh = JSON.createObjectNode();
    mesh.putObject("web").put("port", Checkout.freePort()).put("title", "Integration test");
    mesh.putObject("ops").put("port", 0);
    mesh.putObject("poll").put("intervalSeconds", 1).put("deadlineSeconds", deadlineSeconds);
    conf.writeFile("mesh", mesh);
    return conf;
  }

  /** Polls so often instead of every second. */
  public MeshConf every(int intervalSeconds) throws IOException {
    Path file = directory.resolve("mesh.json");
    ObjectNode mesh = (ObjectNode) JSON.readTree(file.toFile());
    ((ObjectNode) mesh.get("poll")).put("intervalSeconds", intervalSeconds);
    Files.writeString(file, mesh.toPrettyString());
    return this;
  }

  /** More of how the page is served. */
  public MeshConf web(Consumer<ObjectNode> more) throws IOException {
    ObjectNode file = JSON.createObjectNode();
    more.accept(file.putObject("web"));
    writeFile("web", file);
    return this;
  }

  /** Where the history is kept. */
  public MeshConf store(Consumer<ObjectNode> more) throws IOException {
    ObjectNode file = JSON.createObjectNode();
    more.accept(file.putObject("store"));
    writeFile("store", file);
    return this;
  }

  /** What distinguishes this node from the others of its mesh. */
  public MeshConf node(String name, Consumer<ObjectNode> more) throws IOException {
    ObjectNode file = JSON.createObjectNode();
    more.accept(file.putObject("node").put("name", name));
    writeFile("node", file);
    return this;
  }

  /** A cluster that is reached by plain TCP. */
  public MeshConf direct(String id, String probe) throws IOException {
    return cluster(id, probe, null);
  }

  /** The same, kept to the pollers of these labels; without one, to none. */
  public MeshConf direct(String id, String probe, List<String> pollers) throws IOException {
    ObjectNode cluster = JSON.createObjectNode();
    cluster.put("title", "Cluster " + id).put("probe", probe).putNull("ssh");
    if (!pollers.isEmpty()) {
      ArrayNode labels = cluster.putArray("pollers");
      pollers.forEach(labels::add);
    }
    return write(id, cluster);
  }

  /** A cluster that is reached through ssh. */
  public MeshConf throughSsh(String id, String probe, Sshd sshd) throws IOException {
    return throughSsh(id, probe, sshd, sshd.userKey());
  }

  /** A cluster that is reached through ssh with a key of choice. */
  public MeshConf throughSsh(String id, String probe, Sshd sshd, Path key) throws IOException {
    return throughSsh(id, probe, sshd, ssh -> ssh.put("identityFile", key.toString()));
  }

  /** A cluster that is reached through ssh, with more or other keys in its configuration. */
  public MeshConf throughSsh(String id, String probe, Sshd sshd, Consumer<ObjectNode> more)
      throws IOException {
    return cluster(
        id,
        probe,
        ssh -> {
          login(ssh, sshd);
          more.accept(ssh);
        });
  }

  /**
   * A cluster that is reached through ssh with that key, with more or other keys in its
   * configuration.
   */
  public MeshConf throughSsh(String id, Sshd sshd, Path key, Consumer<ObjectNode> more)
      throws IOException {
    ObjectNode cluster = JSON.createObjectNode();
    login(cluster.put("title", "Cluster " + id).putObject("ssh"), sshd);
    ((ObjectNode) cluster.get("ssh")).put("identityFile", key.toString());
    more.accept(cluster);
    return write(id, cluster);
  }

  /** Fills in a login that the sshd accepts. */
  public static void login(ObjectNode ssh, Sshd sshd) {
    ssh.put("host", "127.0.0.1")
        .put("port", sshd.port())
        .put("user", System.getProperty("user.name"))
        .put("identityFile", sshd.userKey().toString())
        .put("knownHostsFile", sshd.knownHosts().toString());
  }

  private MeshConf cluster(String id, String probe, Consumer<ObjectNode> ssh) throws IOException {
    ObjectNode cluster = JSON.createObjectNode();
    cluster.put("title", "Cluster " + id).put("probe", probe);
    if (ssh == null) {
      cluster.putNull("ssh");
    } else {
      ssh.accept(cluster.putObject("ssh"));
    }
    return write(id, cluster);
  }

  private MeshConf write(String id, ObjectNode cluster) throws IOException {
    ObjectNode file = JSON.createObjectNode();
    file.putObject("clusters").set(id, cluster);
    writeFile(id, file);
    return this;
  }

  private void writeFile(String name, ObjectNode content) throws IOException {
    // A mesh that runs reads the directory when it likes: never show it half a file.
    Path fresh = directory.resolve(name + ".new");
    Files.writeString(fresh, content.toPrettyString());
    Files.move(
        fresh,
        directory.resolve(name + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }
}
