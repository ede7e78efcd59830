package org.qstatmesh.probe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.probe.policy.ProbePolicy;
import org.qstatmesh.probe.serve.CurveKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves until it is stopped; SIGTERM ends it with 143 as it ends any JVM, after cleaning up. */
@Command(
    name = "serve",
    description = "Serves snapshots over ZeroMQ, or with --stdio to whoever started it.",
    footer =
        "Exit code: 0 the peer of --stdio left, 1 it broke the protocol, 69 cannot bind,"
            + " 78 a file cannot be used, 143 after SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = ProbeCommand.Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger(ServeCommand.class.getName());
  private static final int MAX_INTERVAL_SECONDS = ProbePolicy.MAX_INTERVAL_SECONDS;

  @Spec CommandSpec command;
  @Mixin DrmsOptions options;
  @Mixin BackfillChoice backfill;

  @Option(
      names = "--bind",
      paramLabel = "ENDPOINT",
      description =
          "Where to serve, default " + ProbeConfig.DEFAULT_BIND + "; port * takes any free one.")
  String bind;

  @Option(
      names = "--stdio",
      description =
          "Serves one peer over standard input and output, for an ssh key with a forced command: no"
              + " port is opened. Log lines go to standard error.")
  boolean stdio;

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description =
          "Lets only listed clients in: a JSON file with this probe's CURVE keys and its clients'"
              + " public keys. On the server, qstat-mesh add ID USER@HOST --curve makes it.")
  Path curveFile;

  @Option(
      names = "--minimum-interval",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds between two runs of one command, default ${DEFAULT-VALUE}.")
  int minimumIntervalSeconds;

  @Option(names = "--hide-job-names", description = "Leaves job names out of every snapshot.")
  boolean hideJobNames;

  @Override
  public Integer call() throws InterruptedException, ConfigurationException {
    if (minimumIntervalSeconds < 0 || minimumIntervalSeconds > MAX_INTERVAL_SECONDS) {
      throw new ParameterException(
          command.commandLine(), "--minimum-interval: 0 to " + MAX_INTERVAL_SECONDS + " seconds");
    }
    if (bind != null && !bind.startsWith("tcp://")) {
      throw new ParameterException(
          command.commandLine(), "--bind: '" + bind + "' does not begin with tcp://");
    }
    if (stdio && (bind != null || curveFile != null)) {
      throw new ParameterException(
          command.commandLine(),
          "--stdio opens no port: --bind and --curve have no place beside it");
    }
    return stdio ? serveStdio() : serveSocket();
  }

  private int serveStdio() throws InterruptedException, ConfigurationException {
    try (StdioProbe probe = StdioProbe.ofThisProcess(config())) {
      Runtime.getRuntime().addShutdownHook(new Thread(probe::close, "shutdown"));
      return probe.serve();
    }
  }

  private int serveSocket() throws InterruptedException, ConfigurationException {
    ProbeConfig config = config();
    ProbeServer server;
    try {
      server = ProbeServer.start(config);
    } catch (BindException refused) {
      command.commandLine().getErr().println("qstat-probe: " + refused.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (IOException broken) {
      LOG.log(Level.ERROR, "cannot serve", broken);
      return ExitCode.DEFECT;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    command.commandLine().getOut().println("listening on " + server.endpoint());
    command.commandLine().getOut().flush();
    try {
      server.ended().get();
      return ExitCode.OK;
    } catch (ExecutionException died) {
      LOG.log(Level.ERROR, "the probe cannot serve any longer", died.getCause());
      return ExitCode.DEFECT;
    }
  }

  /** Everything that is wrong in both files is said at once. */
  private ProbeConfig config() throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    CurveKeys curve = null;
    ProbePolicy policy = null;
    try {
      curve = curveFile == null ? null : CurveKeys.read(curveFile);
    } catch (ConfigurationException refused) {
      problems.addAll(refused.problems());
    }
    try {
      policy = options.policy();
    } catch (ConfigurationException refused) {
      problems.addAll(refused.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new ProbeConfig(
        bind == null ? ProbeConfig.DEFAULT_BIND : bind,
        options.drms(),
        options.commandPath(),
        interval(policy),
        ProbeConfig.defaults().commandDeadline(),
        hideJobNames,
        curve,
        policy,
        backfill.options());
  }

  private Duration interval(ProbePolicy policy) {
    Duration wanted = Duration.ofSeconds(minimumIntervalSeconds);
    Duration allowed = policy.atLeast(wanted);
    if (!allowed.equals(wanted)) {
      LOG.log(
          Level.INFO,
          "--minimum-interval is raised from {0} to {1} s, as {2} wants it",
          wanted.toSeconds(),
          allowed.toSeconds(),
          options.configFile());
    }
    return allowed;
  }
}
