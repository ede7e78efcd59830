package org.qstatmesh.probe;

import java.io.PrintWriter;
import org.qstatmesh.probe.conf.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command line's root; without a subcommand it says what there is. */
@Command(
    name = "qstat-probe",
    description = "Runs the scheduler's own commands and serves one JSON snapshot of the cluster.",
    subcommands = {ServeCommand.class, SnapshotCommand.class, DoctorCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = ProbeCommand.Version.class,
    synopsisSubcommandLabel = "(serve | snapshot | doctor)")
final class ProbeCommand {

  /** The command line with exit codes of {@link ExitCode}. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new ProbeCommand());
    line.setParameterExceptionHandler(ProbeCommand::refuse);
    line.setExecutionExceptionHandler(
        (defect, command, parsed) -> {
          if (defect instanceof InterruptedException) {
            return ExitCode.TERMINATED;
          }
          if (defect instanceof ConfigurationException refused) {
            refused
                .problems()
                .forEach(problem -> command.getErr().println("qstat-probe: " + problem));
            return ExitCode.CONFIGURATION;
          }
          command.getErr().println("qstat-probe: defect: " + defect);
          return ExitCode.DEFECT;
        });
    line.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand()
              && !parsed.isUsageHelpRequested()
              && !parsed.isVersionHelpRequested()) {
            parsed.commandSpec().commandLine().usage(line.getErr());
            return ExitCode.USAGE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return line;
  }

  private static int refuse(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("qstat-probe: " + wrong.getMessage());
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"qstat-probe " + Probe.version()};
    }
  }
}
