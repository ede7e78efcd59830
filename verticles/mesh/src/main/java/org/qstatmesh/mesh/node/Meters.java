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
            .setJvmMetricsEnabled(true)
            .setLabels(
                EnumSet.of(Label.EB_ADDRESS, Label.EB_SIDE, Label.POOL_TYPE, Label.POOL_NAME))
            .addLabelMatch(alias(Addresses.BY_NAME, "$1"))
            .addLabelMatch(alias(Addresses.REPLIES, Addresses.REPLY));
    return new VertxOptions()
        .setMetricsOptions(metrics)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  /** Addresses with a cluster's id or a reply's number would make a series each. */
  private static Match alias(String regex, String name) {
    return new Match()
        .setDomain(MetricsDomain.EVENT_BUS)
        .setLabel(Label.EB_ADDRESS.toString())
        .setType(MatchType.REGEX)
        .setValue(regex)
        .setAlias(name);
  }
}
