package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.qstatmesh.mesh.demo.Demonstration;
import org.qstatmesh.mesh.node.StartException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the page over simulated clusters. */
@Command(
    name = "demo",
    description = {
      "Shows the page over simulated clusters, through the whole real way: probes, ssh, history.",
      "Needs no network. Its data lie in a temporary folder and go with it."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of the page (default: ${DEFAULT-VALUE}); 0 takes a free one.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Another seed, other jobs (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    try {
      spec.commandLine().getOut().println("simulating a week of some clusters ...");
      spec.commandLine().getOut().flush();
      Demonstration demonstration = Demonstration.start(port, seed);
      spec.commandLine().getOut().println("the page is at " + demonstration.pageUrl());
      spec.commandLine()
          .getOut()
          .println("its data lie in " + demonstration.folder() + "; Ctrl-C ends it");
      spec.commandLine().getOut().flush();
      return Foreground.until(demonstration::close);
    } catch (StartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.exitCode();
    } catch (IOException e) {
      spec.commandLine().getErr().println("the demonstration cannot be set up: " + e);
      return 1;
    }
  }
}
