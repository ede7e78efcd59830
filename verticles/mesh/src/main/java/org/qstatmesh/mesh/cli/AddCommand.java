package org.qstatmesh.mesh.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.mesh.add.AddRequest;
import org.qstatmesh.mesh.add.ClusterAddition;
import org.qstatmesh.mesh.add.LoginTarget;
import org.qstatmesh.mesh.add.Prompt;
import org.qstatmesh.mesh.check.ClusterCheck;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.tunnel.SshDiagnosis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a cluster in. */
@Command(
    name = "add",
    description = {
      "Brings a cluster in: makes a key, shows the host key's fingerprint to confirm, prints the",
      "authorized_keys line, writes conf/ID.json and checks the way. A mesh that runs takes it up."
    },
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Its id: lower-case letters, digits and hyphens, at most 40.")
  private String id;

  @Parameters(index = "1", paramLabel = "USER@HOST[:PORT]", description = "The login node.")
  private String login;

  @Option(names = "--jump", paramLabel = "USER@HOST[:PORT]", description = "A host to go through.")
  private String jump;

  @Option(
      names = "--probe",
      paramLabel = "tcp://HOST:PORT",
      defaultValue = "tcp://127.0.0.1:7621",
      description =
          "Where its probe listens, as the login node sees it (default: ${DEFAULT-VALUE}).")
  private String probe;

  @Option(
      names = "--stdio",
      description =
          "Its probe listens nowhere: ssh starts it, and it speaks over standard input and output.")
  private boolean stdio;

  @Option(
      names = "--probe-command",
      paramLabel = "COMMAND",
      description = "With --stdio: what starts it there (default: qstat-probe serve --stdio).")
  private String probeCommand;

  @Option(
      names = "--curve",
      description =
          "Makes keys for both ends: a probe that listens where others are lets in this mesh alone.")
  private boolean curve;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Its name on the page (default: the id).")
  private String title;

  @Mixin private ConfOption conf;

  @Override
  public Integer call() {
    AddRequest request = request();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<MeshConfig> config = ConfReading.read(conf.directory(), err);
    if (config.isEmpty()) {
      return ConfReading.CONFIGURATION;
    }
    if (config.get().clusters().stream().map(ClusterConfig::cluster).anyMatch(id::equals)) {
      err.println(conf.directory() + " already has a cluster " + id);
      return 1;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ClusterAddition addition = new ClusterAddition(request, new Prompt(in, out));
    try {
      return switch (addition.run()) {
        case READY -> new ClusterCheck(out).check(List.of(addition.cluster())) ? 0 : 1;
        case WRITTEN -> {
          out.println("Try it when the line is in place: qstat-mesh check " + id);
          yield 0;
        }
        case REFUSED -> 1;
      };
    } catch (SshDiagnosis.StepFailed e) {
      err.println(e.failure().code() + ": " + e.failure().detail());
      err.println("try: " + e.failure().hint());
      return 1;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private AddRequest request() {
    if (!ID.matcher(id).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "ID: lower-case letters, digits and hyphens, at most 40, no hyphen in front");
    }
    try {
      return new AddRequest(
          id,
          title,
          LoginTarget.parse(login),
          jump == null ? null : LoginTarget.parse(jump),
          access(),
          curve,
          conf.directory());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private ProbeAccess access() {
    if (!stdio) {
      if (probeCommand != null) {
        throw new IllegalArgumentException("--probe-command goes with --stdio only");
      }
      return ProbeAddress.parse(probe);
    }
    if (curve || spec.commandLine().getParseResult().hasMatchedOption("--probe")) {
      throw new IllegalArgumentException(
          "with --stdio the probe listens nowhere: no --probe, no --curve");
    }
    return probeCommand == null ? ProbeCommand.STANDARD : new ProbeCommand(probeCommand);
  }
}
