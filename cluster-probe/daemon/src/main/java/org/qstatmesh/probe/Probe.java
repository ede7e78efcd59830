package org.qstatmesh.probe;

import java.util.Map;
import java.util.Optional;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.collect.TakerOptions;
import org.qstatmesh.probe.command.CommandLimits;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.policy.Redaction;

/** The parts every subcommand needs, made from one configuration. */
final class Probe implements AutoCloseable {
  private final CommandRunner runner;
  private final SnapshotTaker taker;
  private final Redaction redaction;

  Probe(ProbeConfig config) {
    Map<String, String> environment = System.getenv();
    CommandPath path =
        config.commandPath() == null
            ? CommandPath.ofSystem(environment)
            : CommandPath.only(config.commandPath());
    CommandLimits limits = CommandLimits.DEFAULT.withDeadline(config.commandDeadline());
    runner = new CommandRunner(path, environment, limits);
    redaction = config.policy().redaction();
    taker =
        new SnapshotTaker(
            runner,
            config.drms(),
            new TakerOptions(
                config.policy().atLeast(config.minimumInterval()),
                config.hideJobNames() || config.policy().hidesJobNames(),
                version()),
            redaction);
  }

  /** Version of the jar; "unpackaged" when the classes do not come from one. */
  static String version() {
    return Optional.ofNullable(Probe.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  CommandRunner runner() {
    return runner;
  }

  SnapshotTaker taker() {
    return taker;
  }

  Redaction redaction() {
    return redaction;
  }

  /** Kills a command under way; none is started after this. */
  @Override
  public void close() {
    taker.stop();
    runner.close();
  }
}
