package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
    description =
        "Stops and starts one stage of a running node; the others go on. Of a mesh of several nodes"
            + " any may be asked for a stage of another.",
    mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "STAGE",
      description = "broadcast, store, notify, tunnel or poller.")
  private String stage;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "The node whose stage it is; 'all': every node that has it, one after the other; a URL:"
              + " the one whose operators' port that is (default: the one that is asked).")
  private String node;

  @Option(
      names = "--ops",
      paramLabel = "URL",
      description = "Operators' port that is asked (default: of the node that runs with --data).")
  private URI ops;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where ops.token of the node that is asked lies (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() throws InterruptedException {
    if (Stage.of(stage).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no stage is called " + stage + "; there are: " + Stage.labels());
    }
    boolean nodeIsUrl = node != null && node.contains("://");
    if (nodeIsUrl && ops != null) {
      throw new ParameterException(
          spec.commandLine(), "--node is the URL to ask, and so is --ops: give one of them");
    }
    try {
      OpsClient client = OpsClient.of(data, nodeIsUrl ? url() : ops);
      if (node == null || nodeIsUrl) {
        say(client.restart(stage, null));
      } else if (node.equals(ALL)) {
        restartAll(client);
      } else {
        say(client.restart(stage, node));
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private URI url() {
    try {
      return URI.create(node);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--node: " + e.getMessage(), e);
    }
  }

  /** The next only when the one before serves again; where one does not, the rest is left alone. */
  private void restartAll(OpsClient client) throws IOException, InterruptedException {
    List<String> nodes = client.nodesWith(stage);
    if (nodes.isEmpty()) {
      throw new IOException("no node that answers has the stage " + stage);
    }
    for (int next = 0; next < nodes.size(); next++) {
      try {
        say(client.restart(stage, nodes.get(next)));
      } catch (IOException e) {
        List<String> left = nodes.subList(next + 1, nodes.size());
        String alone = left.isEmpty() ? "" : "; left alone: " + String.join(", ", left);
        throw new IOException(e.getMessage() + alone, e);
      }
    }
  }

  private void say(String words) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(words);
    out.flush();
  }
}
