package org.qstatmesh.mesh.cli;

import java.util.List;
import java.util.function.Supplier;
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
    synopsisSubcommandLabel = "COMMAND")
public final class MeshCommand implements Runnable {
  /** EX_USAGE of sysexits.h. */
  static final int USAGE = 64;

  private static final List<Entry> COMMANDS =
      List.of(
          new Entry("demo", DemoCommand::new),
          new Entry("run", RunCommand::new),
          new Entry("add", AddCommand::new),
          new Entry("check", CheckCommand::new),
          new Entry("keys", KeysCommand::new),
          new Entry("health", HealthCommand::new),
          new Entry("tail", TailCommand::new),
          new Entry("restart", RestartCommand::new),
          new Entry("backup", BackupCommand::new),
          new Entry("export", ExportCommand::new),
          new Entry("forget", ForgetCommand::new),
          new Entry("migrate", MigrateCommand::new),
          new Entry("rehearse", RehearseCommand::new));

  @Spec private CommandSpec spec;

  MeshCommand() {}

  /** Runs one command and returns its exit code. */
  public static int execute(String... args) {
    CommandLine line = new CommandLine(new MeshCommand());
    commands(args).forEach(entry -> line.addSubcommand(entry.name(), entry.make().get()));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(MeshCommand::usage)
        .execute(args);
  }

  /** A command by its name. */
  private record Entry(String name, Supplier<Object> make) {}

  /** The one that is meant, where one is: to understand them all is a tenth of a start. */
  private static List<Entry> commands(String... args) {
    List<Entry> meant =
        COMMANDS.stream().filter(entry -> args.length > 0 && entry.name().equals(args[0])).toList();
    return meant.isEmpty() ? COMMANDS : meant;
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
