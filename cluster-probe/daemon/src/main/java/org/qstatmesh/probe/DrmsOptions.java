package org.qstatmesh.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import org.qstatmesh.probe.conf.ConfigurationException;
import org.qstatmesh.probe.doctor.ShellWord;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.policy.ProbePolicy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all subcommands share. */
final class DrmsOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  private DrmsChoice drms = DrmsChoice.AUTO;
  private Path commandPath;

  @Option(
      names = "--drms",
      paramLabel = "auto|torque|openpbs|slurm|gridengine",
      description = "The scheduler; auto asks squeue --version, qstat --version and qstat -help.")
  void setDrms(String word) {
    try {
      drms = DrmsChoice.of(word);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(
          command.commandLine(), "--drms: " + unknown.getMessage(), unknown);
    }
  }

  @Option(
      names = "--command-path",
      paramLabel = "DIR",
      description = "The only folder in which the scheduler's commands are looked for.")
  void setCommandPath(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(
          command.commandLine(), "--command-path: " + folder + " is not a folder");
    }
    commandPath = folder;
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What may leave this machine: a JSON file of root's or of this user's with"
              + " minimumIntervalSeconds, hideJobNames, hiddenUsers, attributes.")
  private Path configFile;

  /** The file of {@code --config}; null for none. */
  Path configFile() {
    return configFile;
  }

  /** What that file allows. */
  ProbePolicy policy() throws ConfigurationException {
    return configFile == null ? ProbePolicy.none() : ProbePolicy.read(configFile);
  }

  /** These options again, as a shell would have them, each with a blank in front. */
  String asWords() {
    StringBuilder words = new StringBuilder();
    if (drms != DrmsChoice.AUTO) {
      words.append(" --drms ").append(drms.word());
    }
    if (commandPath != null) {
      words.append(" --command-path ").append(word(commandPath));
    }
    if (configFile != null) {
      words.append(" --config ").append(word(configFile));
    }
    return words.toString();
  }

  private static String word(Path file) {
    return ShellWord.quote(file.toAbsolutePath().normalize().toString());
  }

  DrmsChoice drms() {
    return drms;
  }

  Path commandPath() {
    return commandPath;
  }

  /** One run at once: the interval is for those who ask again and again. */
  ProbeConfig configForOneRun() throws ConfigurationException {
    ProbeConfig defaults = ProbeConfig.defaults();
    return new ProbeConfig(
        defaults.bind(),
        drms,
        commandPath,
        defaults.minimumInterval(),
        defaults.commandDeadline(),
        defaults.hideJobNames(),
        null,
        policy());
  }
}
