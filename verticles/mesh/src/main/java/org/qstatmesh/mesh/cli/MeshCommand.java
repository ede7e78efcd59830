package org.qstatmesh.mesh.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the mesh. */
@Command(
    name = "qstat-mesh",
    description = "Every batch cluster of a research group as one row of a live web page.",
    mixinStandardHelpOptions = true,
    versionProvider = MeshCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      AddCommand.class,
      CheckCommand.class,
      KeysCommand.class,
      HealthCommand.class,
      TailCommand.class,
      RestartCommand.class,
      BackupCommand.class,
      ExportCommand.class,
      ForgetCommand.class,
      MigrateCommand.class,
      RehearseCommand.class,
    })
public final class MeshCommand implements Runnable {
  /** EX_USAGE of sysexits.h. */
  static final int USAGE = 64;

  @Spec private CommandSpec spec;

  MeshCommand() {}

  /** Runs one command and returns its exit code. */
  public static int execute(String... args) {
    return new CommandLine(new MeshCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(MeshCommand::usage)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(e.getMessage());
    command.usage(command.getErr());
    return USAGE;
  }

  /** Reads the version that the build put into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MeshCommand.class.getPackage().getImplementationVersion();
      return new String[] {"qstat-mesh " + (version == null ? "(built by hand)" : version)};
    }
  }
}
