package org.qstatmesh.mesh.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import org.qstatmesh.mesh.node.StartException;
import org.qstatmesh.mesh.supervise.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a node until it is told to end. */
@Command(
    name = "run",
    description =
        "Runs the mesh: reads conf/, polls the clusters, keeps the history, serves the page.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfOption conf;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "History and the operators' token (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--roles",
      paramLabel = "STAGE",
      // A comma may not stand in a systemd unit's name, where qstat-mesh@ has them.
      split = "[,-]",
      description = "Stages this node runs (default: tunnel,poller,store,broadcast,notify).")
  private List<String> roles;

  @Option(
      names = "--clustered",
      description = "Joins the nodes that node.members in conf/ names: one mesh of several nodes.")
  private boolean clustered;

  @Override
  public Integer call() throws InterruptedException {
    Set<Stage> stages = stages();
    try {
      MeshNode node = MeshNode.start(new NodeOptions(conf.directory(), data, stages, clustered));
      spec.commandLine().getOut().println("node " + node.name() + " runs " + labels(stages));
      if (node.pageUrl() != null) {
        spec.commandLine().getOut().println("the page is at " + node.pageUrl());
      }
      spec.commandLine().getOut().flush();
      return Foreground.until(node::close);
    } catch (StartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.exitCode();
    }
  }

  private static String labels(Set<Stage> stages) {
    return stages.stream().map(Stage::label).collect(Collectors.joining(", "));
  }

  private Set<Stage> stages() {
    if (roles == null) {
      return EnumSet.allOf(Stage.class);
    }
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (String role : roles) {
      stages.add(
          Stage.of(role.strip())
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "no stage is called " + role + "; there are: " + Stage.labels())));
    }
    return stages;
  }
}
