package org.qstatmesh.mesh.membership;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import org.qstatmesh.mesh.config.NodeConfig;

/**
 * Hazelcast as this mesh wants it: members named in conf/ and found nowhere else, one interface,
 * one port, no clients, no REST, no word to its makers, a broken peer noticed within ten seconds.
 */
final class MemberSettings {
  private MemberSettings() {}

  /**
   * @param protocol what this node speaks; nodes of another one are seen and left alone
   */
  static Config of(NodeConfig node, int protocol) {
    Config config = new Config();
    config.setClusterName(node.group());
    config
        .getMemberAttributeConfig()
        .setAttribute(SpokenProtocol.ATTRIBUTE, Integer.toString(protocol));
    properties(config, node);
    network(config.getAdvancedNetworkConfig(), node);
    // The port asks for no password: what arrives there must not be able to make any class.
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(
            new JavaSerializationFilterConfig().setDefaultsDisabled(true));
    config.getJetConfig().setEnabled(false);
    subscriptions(config);
    return config;
  }

  /** The names and kinds that vertx-hazelcast's own default-cluster.xml gives its maps. */
  private static void subscriptions(Config config) {
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
  }

  private static void network(AdvancedNetworkConfig network, NodeConfig node) {
    ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
    members.setPort(node.memberPort()).setPortAutoIncrement(false);
    members.setPublicAddress(node.host() + ":" + node.memberPort());
    members.getInterfaces().setEnabled(true).addInterface(node.host());
    network.setEnabled(true).setMemberEndpointConfig(members);
    // A client needs no certificate and reads every map.
    network.getEndpointConfigs().keySet().removeIf(end -> !end.equals(members.getQualifier()));
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setMembers(node.members())
        .setConnectionTimeoutSeconds(3);
  }

  private static void properties(Config config, NodeConfig node) {
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.local.localAddress", node.host())
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.max.wait.seconds.before.join", "5")
        .setProperty("hazelcast.max.join.seconds", "20")
        // Nobody loses more than a few seconds of news to a cable that was pulled, or put back.
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "8")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
        // A mesh of a few nodes holds a few hundred entries.
        .setProperty("hazelcast.partition.count", "31")
        .setProperty("hazelcast.operation.thread.count", "2")
        .setProperty("hazelcast.operation.generic.thread.count", "2")
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.event.thread.count", "1")
        .setProperty("hazelcast.diagnostics.enabled", "false")
        .setProperty("hazelcast.health.monitoring.level", "OFF");
  }
}
