package org.qstatmesh.mesh.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.Match;
import io.vertx.micrometer.MatchType;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.qstatmesh.bus.Addresses;

/**
 * The node's registry, and a Vert.x whose event bus is measured by address with a bounded set of
 * labels.
 */
final class Meters {
  private Meters() {}

  static PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  /** Has all but the options. */
  static VertxBuilder builder(PrometheusMeterRegistry registry) {
    return Vertx.builder().withMetrics(new MicrometerMetricsFactory(registry));
  }

  static VertxOptions options() {
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            // By their usual name, all meshes of a JVM would count in the registry of the first.
            .setRegistryName(UUID.randomUUID().toString())
            .setJvmMetricsEnabled(true)
            .setLabels(
                EnumSet.of(
                    Label.EB_ADDRESS,
                    Label.EB_SIDE,
                    Label.EB_FAILURE,
                    Label.POOL_TYPE,
                    Label.POOL_NAME));
    Addresses.NAMED.forEach(address -> metrics.addLabelMatch(family(address)));
    return new VertxOptions()
        .setMetricsOptions(metrics)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  /**
   * Addresses with a cluster's or a node's name would make a series each. An alias is taken
   * literally: it cannot name a group of its pattern.
   */
  private static Match family(String address) {
    return new Match()
        .setDomain(MetricsDomain.EVENT_BUS)
        .setLabel(Label.EB_ADDRESS.toString())
        .setType(MatchType.REGEX)
        .setValue(Pattern.quote(address + ".") + ".*")
        .setAlias(address);
  }
}
