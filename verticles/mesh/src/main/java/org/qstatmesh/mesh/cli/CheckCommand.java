package org.qstatmesh.mesh.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.mesh.check.ClusterCheck;
import org.qstatmesh.mesh.check.HookCheck;
import org.qstatmesh.mesh.config.MeshConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries clusters step by step. */
@Command(
    name = "check",
    description = {
      "Validates conf/, then tries each cluster step by step and says what to fix.",
      "With --hooks, sends a test message to each receiver of notify.hooks instead.",
      "Ends with 1 if a step failed, 78 if conf/ is not valid."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Clusters to try (default: all).")
  private List<String> ids = List.of();

  @Mixin private ConfOption conf;

  @Option(names = "--hooks", description = "Sends a test message to each receiver.")
  private boolean hooks;

  @Override
  public Integer call() {
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), spec.commandLine().getErr());
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    if (hooks) {
      return new HookCheck(spec.commandLine().getOut()).check(config.get().hooks()) ? 0 : 1;
    }
    if (!config.get().hooks().isEmpty()) {
      spec.commandLine().getOut().println(hooksLine(config.get().hooks().size()));
    }
    List<ClusterConfig> all = config.get().clusters();
    for (String id : ids) {
      if (all.stream().noneMatch(cluster -> cluster.cluster().equals(id))) {
        throw new ParameterException(
            spec.commandLine(), conf.directory() + " has no cluster " + id);
      }
    }
    List<ClusterConfig> chosen =
        all.stream().filter(cluster -> ids.isEmpty() || ids.contains(cluster.cluster())).toList();
    if (chosen.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              conf.directory() + " is valid and has no cluster yet; qstat-mesh add puts one in");
    }
    return new ClusterCheck(spec.commandLine().getOut()).check(chosen) ? 0 : 1;
  }

  /** Which stages a node runs is not said in conf/, so that nobody here can know it. */
  private static String hooksLine(int count) {
    return "notify.hooks: %d %s told by the node that runs the stage notify; check --hooks tries %s"
        .formatted(count, count == 1 ? "receiver is" : "receivers are", count == 1 ? "it" : "them");
  }
}
