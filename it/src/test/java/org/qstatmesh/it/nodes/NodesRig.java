package org.qstatmesh.it.nodes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
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
  private final String member = "127.0.0.1:" + Checkout.freePort();

  NodesRig(Path directory, int count) throws Exception {
    this.directory = directory;
    probes = ManyProbes.of(directory.resolve("probes"), count);
    for (int number = 0; number < count; number++) {
      clusters.add("c" + number);
    }
  }

  /** Ids of the clusters. */
  List<String> clusters() {
    return clusters;
  }

  /** Makes a node's certificate; {@code authority} names the directory of who signs it. */
  Path certificate(String authority, String node) throws Exception {
    Path conf = directory.resolve(authority);
    RunningProcess.run(
        Checkout.mesh(List.of("keys", node, "127.0.0.1", "--conf", conf.toString()))
            .toArray(String[]::new));
    return conf.resolve("keys");
  }

  /** A node's configuration: every cluster, and how it meets the others. */
  MeshConf conf(String node, Path keys, String... labels) throws Exception {
    MeshConf conf = MeshConf.in(directory.resolve("conf-" + node), 10);
    Path own = Files.createDirectories(conf.directory().resolve("keys"));
    for (String file : List.of(node + ".key", node + ".crt", "mesh-ca.crt")) {
      Files.copy(keys.resolve(file), own.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    String memberPort = nodes.isEmpty() ? member : "127.0.0.1:" + Checkout.freePort();
    int busPort = Checkout.freePort();
    conf.node(
        node,
        settings -> {
          settings.put("memberPort", Integer.parseInt(memberPort.split(":")[1]));
          settings.put("busPort", busPort);
          settings.putArray("members").add(member).add(memberPort);
          ArrayNode all = settings.putArray("labels");
          List.of(labels).forEach(all::add);
          ObjectNode tls = settings.putObject("tls");
          tls.put("keyFile", "keys/" + node + ".key");
          tls.put("certificateFile", "keys/" + node + ".crt");
        });
    for (int number = 0; number < clusters.size(); number++) {
      conf.direct(clusters.get(number), probes.endpoints().get(number));
    }
    return conf;
  }

  /** Starts a node with a certificate of the mesh's authority. */
  MeshProcess start(String node, String roles, String... labels) throws Exception {
    return start(node, conf(node, certificate("authority", node), labels), roles);
  }

  /** Starts a node. */
  MeshProcess start(String node, MeshConf conf, String roles) throws Exception {
    MeshProcess process =
        MeshProcess.node(List.of(), conf, directory.resolve("data-" + node), roles);
    nodes.add(process);
    return process;
  }

  @Override
  public void close() {
    nodes.forEach(MeshProcess::close);
    probes.close();
  }
}
