package org.qstatmesh.mesh.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.qstatmesh.demo.DemoClusters;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import org.qstatmesh.mesh.node.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ordinary node over simulated clusters; everything lies in one folder that goes when it is
 * closed.
 */
public final class Demonstration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);
  private static final String STORE_URL = "jdbc:sqlite:qstat-mesh.db";

  private final Path folder;
  private final DemoClusters clusters;
  private final MeshNode node;

  private Demonstration(Path folder, DemoClusters clusters, MeshNode node) {
    this.folder = folder;
    this.clusters = clusters;
    this.node = node;
  }

  /**
   * Simulates clusters, writes their last week into a history and starts a node over them. Blocks
   * for some seconds.
   *
   * @param port of the page; 0 takes a free one
   * @param seed another seed, other jobs
   */
  public static Demonstration start(int port, long seed)
      throws IOException, InterruptedException, StartException {
    Path folder = Files.createTempDirectory("qstat-mesh-demo-");
    DemoClusters clusters = null;
    MeshNode node = null;
    try {
      clusters = DemoClusters.start(folder, seed, Clock.systemUTC());
      Path conf = Files.createDirectory(folder.resolve("conf"));
      Files.writeString(conf.resolve("mesh.json"), meshJson(port).encodePrettily());
      Files.writeString(conf.resolve("clusters.json"), clusters.clustersJson());
      Files.writeString(conf.resolve("people.json"), clusters.peopleJson());
      Path data = folder.resolve("data");
      new PastWriter(data, STORE_URL).write(clusters.history());
      node = MeshNode.start(NodeOptions.everything(conf, data));
      return new Demonstration(folder, clusters, node);
    } finally {
      if (node == null) {
        if (clusters != null) {
          clusters.close();
        }
        delete(folder);
      }
    }
  }

  /** URL of the page. */
  public String pageUrl() {
    return node.pageUrl();
  }

  /** Folder of configuration and data, for the commands that take {@code --data}. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    node.close();
    clusters.close();
    delete(folder);
  }

  private static JsonObject meshJson(int port) {
    return new JsonObject()
        .put(
            "web",
            new JsonObject().put("port", port).put("title", "Demonstration: simulated clusters"))
        .put("ops", new JsonObject().put("port", 0))
        .put("store", new JsonObject().put("url", STORE_URL));
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", folder, e.toString());
    }
  }
}
