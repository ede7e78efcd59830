package org.qstatmesh.it.nodes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * A mesh of several nodes on this machine, with certificates of an authority of its own, and many
 * recorded clusters.
 */
final class NodesRig implements AutoCloseable {
  private final Path directory;
  private final ManyProbes probes;
  private final List<String> clusters = new ArrayList<>();
  private final List<MeshProcess> nodes = new ArrayList<>();
  private final Map<String, List<String>> pinned = new HashMap<>();
  private final SplitNetwork network;
  private final int memberPort = Checkout.freePort();

  /** All nodes on this machine, with {@code count} clusters. */
  NodesRig(Path directory, int count) throws Exception {
    this(directory, ManyProbes.of(directory.resolve("probes"), count), null);
  }

  /** The first node on one side of a network, the second on the other. */
  NodesRig(Path directory, ManyProbes probes, SplitNetwork network) throws Exception {
    this.directory = directory;
    this.probes = probes;
    this.network = network;
    for (int number = 0; number < probes.endpoints().size(); number++) {
      clusters.add("c" + number);
    }
  }

  private String address(int node) {
    return network == null ? "127.0.0.1" : network.address(node);
  }

  /** Ids of the clusters. */
  List<String> clusters() {
    return clusters;
  }

  /** Nodes that come from now on keep a cluster to the pollers of that label. */
  void pin(String cluster, String label) {
    pinned.put(cluster, List.of(label));
  }

  /** Makes a node's certificate; {@code authority} names the directory of who signs it. */
  Path certificate(String authority, String node) throws Exception {
    Path conf = directory.resolve(authority);
    RunningProcess.run(
        Checkout.mesh(List.of("keys", node, "--conf", conf.toString())).toArray(String[]::new));
    return conf.resolve("keys");
  }

  /** A node's configuration: every cluster, and how it meets the others. */
  MeshConf conf(String node, Path keys, String... labels) throws Exception {
    MeshConf conf = MeshConf.in(directory.resolve("conf-" + node), 10);
    Path own = Files.createDirectories(conf.directory().resolve("keys"));
    for (String file : List.of(node + ".key", node + ".crt", "mesh-ca.crt")) {
      Files.copy(keys.resolve(file), own.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    int index = nodes.size();
    String host = address(index);
    int ownMemberPort = index == 0 || network != null ? memberPort : Checkout.freePort();
    int busPort = Checkout.freePort();
    conf.web(
        web -> {
          web.put("host", host);
          web.put("public", network != null);
        });
    conf.node(
        node,
        settings -> {
          settings.put("host", host);
          settings.put("memberPort", ownMemberPort);
          settings.put("busPort", busPort);
          settings.putArray("members").add(address(0) + ":" + memberPort);
          ArrayNode all = settings.putArray("labels");
          List.of(labels).forEach(all::add);
          ObjectNode tls = settings.putObject("tls");
          tls.put("keyFile", "keys/" + node + ".key");
          tls.put("certificateFile", "keys/" + node + ".crt");
        });
    for (int number = 0; number < clusters.size(); number++) {
      String id = clusters.get(number);
      conf.direct(id, probes.endpoints().get(number), pinned.getOrDefault(id, List.of()));
    }
    return conf;
  }

  /** Starts a node with a certificate of the mesh's authority. */
  MeshProcess start(String node, String roles, String... labels) throws Exception {
    return start(node, conf(node, certificate("authority", node), labels), roles);
  }

  /** Starts a node. */
  MeshProcess start(String node, MeshConf conf, String roles) throws Exception {
    List<String> through = network == null ? List.of() : network.through(nodes.size());
    MeshProcess process = MeshProcess.node(through, conf, directory.resolve("data-" + node), roles);
    nodes.add(process);
    return process;
  }

  @Override
  public void close() {
    nodes.forEach(MeshProcess::close);
    probes.close();
  }
}
