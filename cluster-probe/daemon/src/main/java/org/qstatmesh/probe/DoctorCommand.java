package org.qstatmesh.probe;

import java.util.concurrent.Callable;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.conf.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a probe would find here, and what to do about what it would not. */
@Command(
    name = "doctor",
    description = "Runs every command once and reports what was found and what to do.",
    footer = "Exit code: 0 all is well, 1 something is not, 69 no scheduler was found.",
    mixinStandardHelpOptions = true,
    versionProvider = ProbeCommand.Version.class)
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec command;
  @Mixin DrmsOptions options;

  @Override
  public Integer call() throws InterruptedException, ConfigurationException {
    try (Probe probe = new Probe(options.configForOneRun())) {
      Runtime.getRuntime().addShutdownHook(new Thread(probe::close, "shutdown"));
      Taking taking = probe.taker().take();
      return new Diagnosis(probe.runner().path(), taking).print(command.commandLine().getOut());
    }
  }
}
