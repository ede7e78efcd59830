package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.ops.OpsClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running node whether all its stages are up. */
@Command(
    name = "health",
    description =
        "Says whether every stage of a running node is up: ends with 0 if so, else with 1.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DataOption data;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "The node's operators' port (default: the one that runs with --data).")
  private URI node;

  @Override
  public Integer call() throws InterruptedException {
    try {
      spec.commandLine()
          .getOut()
          .println(OpsClient.of(data.directory(), node).call("GET", "/health/ready").strip());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
