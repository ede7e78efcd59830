package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.ops.OpsClient;
import org.qstatmesh.mesh.supervise.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts one stage of a running node again. */
@Command(
    name = "restart",
    description = "Stops and starts one stage of a running node; the others go on.",
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "STAGE",
      description = "broadcast, store, notify, tunnel or poller.")
  private String stage;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "The node's operators' port (default: the one that runs with --data).")
  private URI node;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where ops.token lies (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() throws InterruptedException {
    if (Stage.of(stage).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no stage is called " + stage + "; there are: " + Stage.labels());
    }
    try {
      spec.commandLine().getOut().print(OpsClient.of(data, node).call("POST", "/restart/" + stage));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
