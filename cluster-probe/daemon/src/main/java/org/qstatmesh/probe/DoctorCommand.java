package org.qstatmesh.probe;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.probe.doctor.Diagnosis;
import org.qstatmesh.probe.doctor.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a probe would find here, and what to do about what it would not. */
@Command(
    name = "doctor",
    description =
        "Runs every command once and reports what was found, what to do, and what to write where.",
    footer =
        "Exit code: 0 all is well, 1 something is not, 69 no scheduler was found, 78 --config"
            + " cannot be used.",
    mixinStandardHelpOptions = true,
    versionProvider = ProbeCommand.Version.class)
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec command;
  @Mixin DrmsOptions options;

  @Override
  public Integer call() throws InterruptedException, ConfigurationException {
    ProbeConfig config = options.configForOneRun();
    try (Probe probe = new Probe(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(probe::close, "shutdown"));
      Taking taking = probe.taker().take();
      PrintWriter out = command.commandLine().getOut();
      Diagnosis.Setting setting =
          new Diagnosis.Setting(
              Probe.version(),
              options.asWords(),
              config.policy().limits(),
              config.policy().atLeast(config.minimumInterval()));
      new Diagnosis(
              Surroundings.look(),
              setting,
              probe.runner().path(),
              probe.taker().detectionSteps(),
              taking,
              out)
          .print();
      return exitCode(taking);
    }
  }

  private static int exitCode(Taking taking) {
    if (taking.drms() == null) {
      return ExitCode.UNAVAILABLE;
    }
    return taking.complete() ? ExitCode.OK : ExitCode.FAILED;
  }
}
